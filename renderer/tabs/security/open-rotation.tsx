import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { OpenRotation } from '#shared/snapshot.ts';
import { Callout } from '../../components/callout.tsx';
import { Moment } from '../../components/moment.tsx';
import { PermittedButton, useWhyNot } from '../../components/permitted-button.tsx';
import { useSession, useSnapshot, useText } from '../../components/session-context.tsx';

const useStyles = makeStyles({
  more: { display: 'block', color: tokens.colorNeutralForeground2 },
});

/** A rotation that did not come to its end, while nobody works on it: what was found, and the two ways on. */
export function UnfinishedRotation() {
  const { rotation } = useText();
  const { openRotation, operation } = useSnapshot();
  const runs = operation?.ended.how === 'not-yet';
  if (runs || openRotation.state === 'unknown' || openRotation.value === null) return null;
  return (
    <section aria-label={rotation.open.label}>
      <OpenCallout open={openRotation.value} />
    </section>
  );
}

function OpenCallout({ open }: { readonly open: OpenRotation }) {
  const styles = useStyles();
  const { open: words } = useText().rotation;
  const why = useWhyNot('rotation.rotate');
  return (
    <Callout
      tone="attention"
      title={words.title(open.login)}
      {...(why === null ? {} : { next: why })}
      actions={why === null ? <Ways open={open} /> : <ToGeneral />}
    >
      {open.sentence}
      <span className={styles.more}>
        {words.started} <Moment at={open.startedAt} />
      </span>
      {why === null && open.direction === 'forward' ? (
        <>
          <span className={styles.more}>{words.carryOnMeans}</span>
          <span className={styles.more}>{words.takeBackMeans}</span>
        </>
      ) : null}
    </Callout>
  );
}

/** Carrying on keeps the direction that it has, whichever that is; the other way is offered beside it. */
function Ways({ open: { login, direction } }: { readonly open: OpenRotation }) {
  const { open: words } = useText().rotation;
  const forward = direction === 'forward';
  return (
    <>
      <PermittedButton request={{ change: 'rotation.reconcile', login }} appearance="primary">
        {forward ? words.carryOn : words.carryOnBack}
      </PermittedButton>
      <PermittedButton request={{ change: forward ? 'rotation.restore' : 'rotation.rotate', login }}>
        {forward ? words.takeBack : words.forwardAfterAll}
      </PermittedButton>
    </>
  );
}

function ToGeneral() {
  const { store } = useSession();
  const { open: words } = useText().rotation;
  return <Button onClick={() => store.setState({ place: 'tabs', tab: 'general' })}>{words.toGeneral}</Button>;
}
