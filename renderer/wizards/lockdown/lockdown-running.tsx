import { Button, ProgressBar } from '@fluentui/react-components';
import { useState } from 'react';
import type { Lockdown } from '#shared/snapshot.ts';
import { currentStepLine } from '../../components/change/progress-view.tsx';
import { StepList } from '../../components/change/step-list.tsx';
import { LiveLine } from '../../components/live-line.tsx';
import { useSession, useText } from '../../components/session-context.tsx';
import { cancelChange } from '../../store/change-request.ts';
import { answered } from '../../store/session.ts';
import { LockdownSteps } from './lockdown-steps.tsx';
import { useLockdownProgress } from './use-lockdown-progress.ts';

/** A lockdown while it runs: how far it is, every step, and the way to stop it at the next safe point. */
export function LockdownRunning({ lockdown }: { readonly lockdown: Lockdown }) {
  const text = useText();
  const progress = useLockdownProgress();
  const steps = progress?.steps ?? (lockdown.state === 'none' ? [] : lockdown.steps);
  const finished = steps.filter(({ state }) => state === 'done' || state === 'already-so' || state === 'undone').length;
  const undoing = lockdown.state === 'undoing';
  return (
    <>
      <p>
        <strong>{undoing ? text.lockdown.states.undoing : text.lockdown.states.running}.</strong>{' '}
        {undoing ? text.lockdown.meaning.undoing : text.lockdown.meaning.running}
      </p>
      <ProgressBar
        aria-label={text.lockdown.progress}
        {...(steps.length === 0 ? {} : { value: finished, max: steps.length })}
      />
      {steps.length === 0 ? <output>{text.changes.waitingForMain}</output> : null}
      <LiveLine>{currentStepLine(steps, text)}</LiveLine>
      {lockdown.state === 'none' ? (
        <StepList label={text.lockdown.steps} steps={steps} />
      ) : (
        <LockdownSteps lockdown={lockdown} />
      )}
      {progress?.cancellable === true ? <StopLockdown key={progress.operationId} change={progress.change} /> : null}
    </>
  );
}

function StopLockdown({ change }: { readonly change: Parameters<typeof cancelChange>[1] }) {
  const { client } = useSession();
  const { changes } = useText();
  const [asked, setAsked] = useState(false);
  const stop = async () => {
    const answer = cancelChange(client, change);
    if (!answer) return;
    setAsked(true);
    await answered(answer);
  };
  return (
    <div>
      <Button disabledFocusable={asked} onClick={() => void stop()}>
        {asked ? changes.stopAsked : changes.stop}
      </Button>
    </div>
  );
}
