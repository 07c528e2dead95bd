import { Button } from '@fluentui/react-components';
import { ApplyOrRenew, PlanAgain } from '../../components/change/change-actions.tsx';
import { PlanView } from '../../components/change/plan-view.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';

/** Part 2: the plan of all steps. Only from here can the site be locked down. */
export function PlanStage() {
  const styles = useTabStyles();
  const { store } = useSession();
  const { lockdown: words, changes, words: common } = useText();
  const flow = useScreen((state) => state.change);
  if (!flow) return null;
  const { phase } = flow;
  const back = <Button onClick={() => store.setState({ change: null, asksLockdown: true })}>{common.back}</Button>;
  if (phase.name === 'refused') {
    return (
      <FailureMessage
        failure={phase.failure}
        title={changes.refused}
        actions={
          <>
            {back}
            <PlanAgain flow={flow} failure={phase.failure} />
          </>
        }
      />
    );
  }
  if (phase.name !== 'planned') return <Waiting>{changes.planning}</Waiting>;
  return (
    <Section title={phase.plan.title}>
      <PlanView plan={phase.plan} />
      <div className={styles.buttons}>
        {back}
        <ApplyOrRenew expiresAt={phase.plan.expiresAt} label={words.lock} />
      </div>
    </Section>
  );
}
