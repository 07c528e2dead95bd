import { Button } from '@fluentui/react-components';
import { ApplyOrRenew, PlanAgain } from '../../components/change/change-actions.tsx';
import { PlanView } from '../../components/change/plan-view.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { chooseAgain } from '../../store/rotating.ts';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { loginsOf } from './rotation-part.ts';

/** Part 2: the plan, word for word. Only from here can anything be rotated. */
export function PlanPart() {
  const styles = useTabStyles();
  const session = useSession();
  const { changes, words, rotation } = useText();
  const flow = useScreen((state) => state.change);
  if (!flow) return null;
  const { phase } = flow;
  const back = <Button onClick={() => chooseAgain(session)}>{words.back}</Button>;
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
        <ApplyOrRenew expiresAt={phase.plan.expiresAt} label={rotation.wizard.rotate(loginsOf(flow).length)} />
      </div>
    </Section>
  );
}
