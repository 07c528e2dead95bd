import { Button } from '@fluentui/react-components';
import { assertNever } from '#shared/assert-never.ts';
import type { Failure } from '#shared/errors.ts';
import type { ChangeFlow } from '../../store/change-flow.ts';
import {
  applyShownPlan,
  asksForNewPlan,
  canPlanAgain,
  openQuestions,
  planAgain,
  putAway,
  stopAtSafePoint,
} from '../../store/change-steps.ts';
import { useSession, useText } from '../session-context.tsx';
import { useNow } from '../use-now.ts';
import { useProgress } from './use-progress.ts';
import { quiet } from './use-quiet-focus.ts';

/** The buttons of a change in the phase it is in; the one that changes nothing comes first and has the focus. */
export function ChangeActions({ flow, formId }: { readonly flow: ChangeFlow; readonly formId: string }) {
  const { words, changes } = useText();
  const { phase } = flow;
  switch (phase.name) {
    case 'asking':
      return (
        <>
          <PutAway>{words.cancel}</PutAway>
          <Button appearance="primary" type="submit" form={formId}>
            {changes.toPlan}
          </Button>
        </>
      );
    case 'planning':
      return <PutAway>{words.cancel}</PutAway>;
    case 'planned':
      return (
        <>
          <PutAway>{words.cancel}</PutAway>
          <ApplyOrRenew expiresAt={phase.plan.expiresAt} />
        </>
      );
    case 'applying':
      return (
        <>
          <PutAway>{changes.hide}</PutAway>
          <StopButton flow={flow} asked={phase.stopAsked} />
        </>
      );
    case 'ended':
      return <PutAway>{words.close}</PutAway>;
    case 'refused':
    case 'failed':
      return (
        <>
          <PutAway>{words.close}</PutAway>
          <PlanAgain flow={flow} failure={phase.failure} />
        </>
      );
    default:
      return assertNever(phase);
  }
}

function PutAway({ children }: { readonly children: string }) {
  const session = useSession();
  return (
    <Button {...quiet} onClick={() => putAway(session)}>
      {children}
    </Button>
  );
}

/** Applies the plan that is shown; one that is too old is made anew first. */
export function ApplyOrRenew({ expiresAt, label }: { readonly expiresAt: string; readonly label?: string }) {
  const session = useSession();
  const { changes } = useText();
  const expired = new Date(expiresAt) <= useNow();
  return expired ? (
    <Button appearance="primary" onClick={() => void planAgain(session)}>
      {changes.newPlan}
    </Button>
  ) : (
    <Button appearance="primary" onClick={() => void applyShownPlan(session)}>
      {label ?? changes.apply}
    </Button>
  );
}

export function StopButton({ flow, asked }: { readonly flow: ChangeFlow; readonly asked: boolean }) {
  const session = useSession();
  const { changes } = useText();
  const progress = useProgress(flow.request.change);
  if (progress?.cancellable !== true) return null;
  return (
    <Button disabledFocusable={asked} onClick={() => void stopAtSafePoint(session, flow.request.change)}>
      {asked ? changes.stopAsked : changes.stop}
    </Button>
  );
}

export function PlanAgain({ flow, failure }: { readonly flow: ChangeFlow; readonly failure: Failure }) {
  const session = useSession();
  const { words, changes } = useText();
  const asked = openQuestions(session, flow.request);
  const label = !canPlanAgain(session, flow.request)
    ? asked.includes('setup')
      ? changes.enterAgain
      : changes.enterSecretAgain
    : asksForNewPlan(failure)
      ? changes.newPlan
      : words.retry;
  return (
    <Button appearance="primary" onClick={() => void planAgain(session)}>
      {label}
    </Button>
  );
}
