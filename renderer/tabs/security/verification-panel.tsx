import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef } from 'react';
import type { Verification } from '#shared/verification.ts';
import { Callout } from '../../components/callout.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Moment } from '../../components/moment.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { Waiting } from '../../components/waiting.tsx';
import type { Asked } from '../../store/asked.ts';
import { forgetVerification, verifyLogin } from '../../store/verifying.ts';
import { useTabStyles } from '../use-tab-styles.ts';
import type { Text } from '../../text/text.ts';
import { secretPlaces } from './secret-places.ts';
import type { SecretPlace } from './secret-places.ts';

const tones: { readonly [V in Verification['verdict']]: Tone } = {
  agrees: 'good',
  differs: 'danger',
  unknown: 'unknown',
};

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: '10px',
    padding: '12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
});

interface VerificationPanelProps {
  readonly login: string;
  readonly asked: Asked<Verification>;
}

/** What was found out of one login: which secret is where, the verdict, and what to do next. */
export function VerificationPanel({ login, asked }: VerificationPanelProps) {
  const styles = useStyles();
  const tab = useTabStyles();
  const session = useSession();
  const { verification: words } = useText().rotation;
  const id = useId();
  if (asked.state === 'not-asked') return null;
  return (
    <section aria-labelledby={id} className={styles.panel}>
      <IntoSight key={asked.state} />
      <h3 id={id} className={tab.heading}>
        {words.title(login)}
      </h3>
      {asked.state === 'asking' ? <Waiting>{words.verifying}</Waiting> : null}
      {asked.state === 'failed' ? <FailureMessage failure={asked.failure} title={words.failed} /> : null}
      {asked.state === 'answered' ? <Found verification={asked.value} /> : null}
      {asked.state === 'asking' ? null : (
        <div className={tab.buttons}>
          {asked.state === 'answered' ? <NextActions verification={asked.value} /> : null}
          <Button onClick={() => void verifyLogin(session, login)}>{words.again}</Button>
          <Button
            appearance="subtle"
            aria-label={words.closeOf(login)}
            onClick={() => forgetVerification(session, login)}
          >
            {words.close}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The panel stands below the table, maybe out of sight of the button that asked for it: it scrolls there once. */
function IntoSight() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    mark.current?.parentElement?.scrollIntoView({ block: 'nearest' });
  }, []);
  return <span ref={mark} hidden />;
}

const placeColumns = ({ rotation: { verification } }: Text): readonly Column<SecretPlace>[] => [
  { id: 'place', title: verification.columns.place, cell: ({ place }) => place },
  {
    id: 'holds',
    title: verification.columns.holds,
    cell: ({ holds, tone }) => (tone === null ? holds : <Tag tone={tone}>{holds}</Tag>),
  },
];

function Found({ verification }: { readonly verification: Verification }) {
  const tab = useTabStyles();
  const text = useText();
  const { verification: words } = text.rotation;
  const { login, verdict, sentence, next, at } = verification;
  return (
    <>
      <Callout
        tone={tones[verdict]}
        title={words.verdicts[verdict]}
        live={verdict === 'agrees' ? 'status' : 'alert'}
        {...(next === '' ? {} : { next })}
      >
        {sentence}
      </Callout>
      <DataTable
        label={words.table(login)}
        columns={placeColumns(text)}
        rows={secretPlaces(verification, text)}
        rowKey={({ place }) => place}
      />
      <p className={tab.quiet}>
        {words.at} <Moment at={at} />
      </p>
    </>
  );
}

/** The way on that fits what was found; none where everything agrees. */
function NextActions({ verification: { login, verdict, works } }: { readonly verification: Verification }) {
  const { actions } = useText().rotation;
  if (verdict !== 'differs') return null;
  const nothingWorks = works.state === 'known' && works.value === 'none';
  return nothingWorks ? (
    <>
      <PermittedButton appearance="primary" request={{ change: 'rotation.adopt', login }}>
        {actions.adopt.title}
      </PermittedButton>
      <PermittedButton request={{ change: 'rotation.reset', login }}>{actions.reset.title}</PermittedButton>
    </>
  ) : (
    <PermittedButton appearance="primary" request={{ change: 'rotation.reconcile', login }}>
      {actions.reconcile.title}
    </PermittedButton>
  );
}
