import { Button } from '@fluentui/react-components';
import { ApplyOrRenew, PlanAgain } from '../components/change/change-actions.tsx';
import { PlanView } from '../components/change/plan-view.tsx';
import { FailureMessage } from '../components/failure-message.tsx';
import { Section } from '../components/section.tsx';
import { useText } from '../components/session-context.tsx';
import { Waiting } from '../components/waiting.tsx';
import type { ChangeFlow } from '../store/change-flow.ts';
import { useTabStyles } from '../tabs/use-tab-styles.ts';

interface PlanOnScreenProps {
  readonly flow: ChangeFlow;
  readonly back: () => void;
  /** What the button says that applies the plan. */
  readonly label: string;
}

/** The plan of a guided sequence, word for word, on the screen itself: awaited, shown, or why there is none. */
export function PlanOnScreen({ flow, back, label }: PlanOnScreenProps) {
  const styles = useTabStyles();
  const { changes, words } = useText();
  const { phase } = flow;
  const backButton = <Button onClick={back}>{words.back}</Button>;
  if (phase.name === 'refused') {
    return (
      <FailureMessage
        failure={phase.failure}
        title={changes.refused}
        actions={
          <>
            {backButton}
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
        {backButton}
        <ApplyOrRenew expiresAt={phase.plan.expiresAt} label={label} />
      </div>
    </Section>
  );
}
