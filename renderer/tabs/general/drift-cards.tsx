import { makeStyles } from '@fluentui/react-components';
import type { Drift } from '#shared/snapshot.ts';
import { Callout } from '../../components/callout.tsx';
import { PermittedButton } from '../../components/permitted-button.tsx';
import { useText } from '../../components/session-context.tsx';
import { plainRequest } from '../../store/plain-request.ts';

const useStyles = makeStyles({ drift: { display: 'flex', flexDirection: 'column', gap: '6px' } });

/** What differs from what was locked: its name, what it means, and the way out of it as a button where Mortise has one. */
export function DriftCards({ drift }: { readonly drift: readonly Drift[] }) {
  const styles = useStyles();
  const words = useText().general.commissioning;
  if (drift.length === 0) return null;
  return (
    <ul className={styles.drift} aria-label={words.drift}>
      {drift.map((each) => (
        <li key={each.name}>
          <DriftCard drift={each} />
        </li>
      ))}
    </ul>
  );
}

function DriftCard({ drift }: { readonly drift: Drift }) {
  const { changes } = useText();
  const request = drift.wayOut === null ? null : plainRequest(drift.wayOut);
  return (
    <Callout
      tone="danger"
      title={drift.name}
      next={drift.next}
      {...(request === null
        ? {}
        : {
            actions: (
              <PermittedButton request={request} size="small">
                {changes.titles[request.change]}
              </PermittedButton>
            ),
          })}
    >
      {drift.meaning}{' '}
    </Callout>
  );
}
