import { assertNever } from '#shared/assert-never.ts';
import type { Failure } from '#shared/errors.ts';
import type { ProgressStep } from '#shared/snapshot.ts';
import type { ChangeFlow } from '../../store/change-flow.ts';
import { FailureMessage } from '../failure-message.tsx';
import { useText } from '../session-context.tsx';
import { Waiting } from '../waiting.tsx';
import { AskingForm } from './asking-form.tsx';
import { OutcomeView } from './outcome-view.tsx';
import { PlanView } from './plan-view.tsx';
import { ProgressView } from './progress-view.tsx';
import { StepList } from './step-list.tsx';
import { useProgress } from './use-progress.ts';

/** The steps without the failure that stands above them already. */
const saidOnce = (steps: readonly ProgressStep[], { sentence }: Failure): readonly ProgressStep[] =>
  steps.map((step) => (step.failure?.sentence === sentence ? { ...step, failure: null } : step));

/** What a change shows in the phase it is in. */
export function ChangeBody({ flow, formId }: { readonly flow: ChangeFlow; readonly formId: string }) {
  const { changes } = useText();
  const progress = useProgress(flow.request.change);
  const { phase } = flow;
  switch (phase.name) {
    case 'asking':
      return <AskingForm flow={flow} formId={formId} />;
    case 'planning':
      return <Waiting>{changes.planning}</Waiting>;
    case 'refused':
      return <FailureMessage failure={phase.failure} title={changes.refused} />;
    case 'planned':
      return <PlanView plan={phase.plan} />;
    case 'applying':
      return <ProgressView progress={progress} />;
    case 'ended':
      return <OutcomeView outcome={phase.outcome} />;
    case 'failed':
      return (
        <>
          <FailureMessage failure={phase.failure} title={changes.failed} />
          {progress ? <StepList label={progress.title} steps={saidOnce(progress.steps, phase.failure)} /> : null}
        </>
      );
    default:
      return assertNever(phase);
  }
}
