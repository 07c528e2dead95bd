import { Claims } from '../../components/change/claims.tsx';
import { OutcomeHead } from '../../components/change/outcome-view.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSnapshot, useText } from '../../components/session-context.tsx';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { LockdownFacts } from './lockdown-facts.tsx';
import { LockdownSteps } from './lockdown-steps.tsx';
import { SummarySave } from './summary-save.tsx';
import { TakeBack } from './take-back.tsx';

/** Part 4: what came of it, what was proved, the summary for the customer, and the way back. */
export function OutcomeStage() {
  const styles = useTabStyles();
  const { lockdown: words } = useText();
  const { lockdown } = useSnapshot();
  const flow = useScreen((state) => state.change);
  const outcome = flow?.place === 'lockdown' && flow.phase.name === 'ended' ? flow.phase.outcome : null;
  const ofSteps = lockdown.state === 'none' ? [] : lockdown.steps.flatMap((step) => step.claims);
  const claims = outcome?.claims ?? ofSteps;
  return (
    <>
      <Section title={words.stages.outcome} leads>
        {outcome ? <OutcomeHead outcome={outcome} /> : null}
        {!outcome && lockdown.state !== 'none' ? <LockdownFacts lockdown={lockdown} news /> : null}
        <h3 className={styles.heading}>{words.summary}</h3>
        <SummarySave />
        <div className={styles.buttons}>
          <TakeBack />
        </div>
        {claims.length > 0 ? (
          <>
            <h3 className={styles.heading}>{words.proved}</h3>
            <Claims claims={claims} />
          </>
        ) : null}
      </Section>
      {lockdown.state === 'none' ? null : (
        <Section title={words.steps}>
          <LockdownSteps lockdown={lockdown} claims={false} />
        </Section>
      )}
    </>
  );
}
