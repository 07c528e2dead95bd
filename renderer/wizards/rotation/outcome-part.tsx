import { Button } from '@fluentui/react-components';
import type { Failure } from '#shared/errors.ts';
import { PlanAgain } from '../../components/change/change-actions.tsx';
import { Claims } from '../../components/change/claims.tsx';
import { OutcomeHead } from '../../components/change/outcome-view.tsx';
import { useProgress } from '../../components/change/use-progress.ts';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import type { ChangeFlow } from '../../store/change-flow.ts';
import { chooseAgain, leaveRotation, rotateOthers } from '../../store/rotating.ts';
import { UnfinishedRotation } from '../../tabs/security/open-rotation.tsx';
import { useTabStyles } from '../../tabs/use-tab-styles.ts';
import { LoginProgress } from './login-progress.tsx';
import { loginsOf } from './rotation-part.ts';

/** Part 4: what was proved, claim by claim; or what failed, how far each login came, and what to do. */
export function OutcomePart() {
  const styles = useTabStyles();
  const session = useSession();
  const { wizard: words } = useText().rotation;
  const flow = useScreen((state) => state.change);
  if (!flow) return null;
  if (flow.phase.name === 'failed') return <NotAll flow={flow} failure={flow.phase.failure} />;
  if (flow.phase.name !== 'ended') return null;
  const { outcome } = flow.phase;
  return (
    <Section title={words.parts.outcome} leads>
      <OutcomeHead outcome={outcome} />
      <h3 className={styles.heading}>{words.proved}</h3>
      <Claims claims={outcome.claims} />
      <div className={styles.buttons}>
        <Button appearance="primary" onClick={() => leaveRotation(session)}>
          {words.leave}
        </Button>
        <Button onClick={() => rotateOthers(session)}>{words.again}</Button>
      </div>
    </Section>
  );
}

function NotAll({ flow, failure }: { readonly flow: ChangeFlow; readonly failure: Failure }) {
  const session = useSession();
  const { rotation } = useText();
  const { wizard: words } = rotation;
  const { openRotation } = useSnapshot();
  const progress = useProgress(flow.request.change);
  const isOpen = openRotation.state === 'known' && openRotation.value !== null;
  return (
    <>
      <FailureMessage
        failure={failure}
        title={words.failed}
        actions={
          <>
            <Button onClick={() => chooseAgain(session)}>{words.chooseAgain}</Button>
            {isOpen ? null : <PlanAgain flow={flow} failure={failure} />}
          </>
        }
      />
      <UnfinishedRotation />
      {progress === null || progress.steps.length === 0 ? null : (
        <Section title={words.progress}>
          <LoginProgress steps={progress.steps} logins={loginsOf(flow)} />
        </Section>
      )}
    </>
  );
}
