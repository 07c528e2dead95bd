import { assertNever } from '#shared/assert-never.ts';
import type { Progress } from '#shared/snapshot.ts';
import type { ChangeFlow } from '../../store/change-flow.ts';
import type { Text } from '../../text/text.ts';
import { currentStepLine } from './progress-view.tsx';

/** What screen readers say of a change when it comes into this phase, or goes on to its next step. */
export function announcement({ phase }: ChangeFlow, progress: Progress | null, text: Text): string {
  const { changes } = text;
  switch (phase.name) {
    case 'asking':
      return '';
    case 'planning':
      return changes.planning;
    case 'planned':
      return changes.planReady;
    case 'applying':
      return progress ? currentStepLine(progress.steps, text) : changes.applying;
    case 'ended':
      return `${phase.outcome.title}. ${phase.outcome.summary}`;
    case 'refused':
    case 'failed':
      // The failure is an alert, which says itself.
      return '';
    default:
      return assertNever(phase);
  }
}
