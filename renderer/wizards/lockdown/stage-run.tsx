import { Button } from '@fluentui/react-components';
import type { Failure } from '#shared/errors.ts';
import type { Lockdown } from '#shared/snapshot.ts';
import { PlanAgain } from '../../components/change/change-actions.tsx';
import { FailureMessage } from '../../components/failure-message.tsx';
import { Section } from '../../components/section.tsx';
import { useScreen, useSession, useSnapshot, useText } from '../../components/session-context.tsx';
import type { ChangeFlow } from '../../store/change-flow.ts';
import { LockdownDecision } from './lockdown-decision.tsx';
import { LockdownRunning } from './lockdown-running.tsx';
import { LockdownSteps } from './lockdown-steps.tsx';

const isUndecided = (lockdown: Lockdown) => lockdown.state === 'failed' || lockdown.state === 'interrupted';

const saysItself = (lockdown: Lockdown, { sentence }: Failure) =>
  lockdown.state !== 'none' && lockdown.steps.some((step) => step.failure?.sentence === sentence);

/** Part 3: the steps while they run; where one failed, what that means and the three ways on. */
export function RunStage() {
  const { lockdown: words, changes } = useText();
  const { lockdown } = useSnapshot();
  const flow = useScreen((state) => state.change);
  const mine = flow?.place === 'lockdown' ? flow : null;
  if (mine?.phase.name === 'failed' && !isUndecided(lockdown)) return <NotBegun flow={mine} />;
  const failure = mine?.phase.name === 'failed' ? mine.phase.failure : null;
  // A step that failed says so itself, in its place.
  const untold = failure && !saysItself(lockdown, failure) ? failure : null;
  const runs = mine?.phase.name === 'applying' || !isUndecided(lockdown);
  return (
    <Section title={words.progress}>
      {untold ? <FailureMessage failure={untold} title={changes.failed} /> : null}
      {runs || lockdown.state === 'none' ? (
        <LockdownRunning lockdown={mine?.phase.name === 'applying' ? begunOrNone(lockdown) : lockdown} />
      ) : (
        <>
          <LockdownDecision lockdown={lockdown} />
          <LockdownSteps lockdown={lockdown} />
        </>
      )}
    </Section>
  );
}

/** Until main tells of the lockdown that was just begun, an earlier one's steps must not stand in its place. */
function begunOrNone(lockdown: Lockdown): Lockdown {
  return lockdown.state === 'running' || lockdown.state === 'undoing' ? lockdown : { state: 'none' };
}

function NotBegun({ flow }: { readonly flow: ChangeFlow }) {
  const { store } = useSession();
  const { words, changes } = useText();
  if (flow.phase.name !== 'failed') return null;
  const { failure } = flow.phase;
  return (
    <FailureMessage
      failure={failure}
      title={changes.failed}
      actions={
        <>
          <Button onClick={() => store.setState({ change: null, asksLockdown: true })}>{words.back}</Button>
          <PlanAgain flow={flow} failure={failure} />
        </>
      }
    />
  );
}
