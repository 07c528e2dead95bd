import { makeStyles, tokens } from '@fluentui/react-components';
import type { Outcome } from '#shared/plan.ts';
import { Callout } from '../callout.tsx';
import { Moment } from '../moment.tsx';
import { useText } from '../session-context.tsx';
import type { Tone } from '../tone.tsx';
import { Claims } from './claims.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '12px' },
  heading: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Never better than its weakest claim. */
function toneOf({ claims }: Outcome): Tone {
  if (claims.some((claim) => claim.verdict === 'refuted')) return 'danger';
  return claims.some((claim) => claim.verdict === 'unknown') ? 'attention' : 'good';
}

/** What came of a change, with what was proved of it. */
export function OutcomeView({ outcome }: { readonly outcome: Outcome }) {
  const styles = useStyles();
  const { changes } = useText();
  return (
    <div className={styles.view}>
      <OutcomeHead outcome={outcome} />
      <h3 className={styles.heading}>{changes.claims}</h3>
      <Claims claims={outcome.claims} />
    </div>
  );
}

/** What came of it in two sentences, and when. */
export function OutcomeHead({ outcome }: { readonly outcome: Outcome }) {
  const styles = useStyles();
  const { changes } = useText();
  return (
    <>
      <Callout tone={toneOf(outcome)} title={outcome.title}>
        {outcome.summary}
      </Callout>
      <p className={styles.quiet}>
        {changes.endedAt} <Moment at={outcome.endedAt} />
      </p>
    </>
  );
}
