import { useText } from '../../components/session-context.tsx';
import { PartTrack } from '../part-track.tsx';
import { stages } from './lockdown-stage.ts';
import type { Stage } from './lockdown-stage.ts';

/** How far the person is in the four parts of the guided lockdown. */
export function StageTrack({ stage, label }: { readonly stage: Stage; readonly label: string }) {
  const { lockdown } = useText();
  return (
    <PartTrack
      label={lockdown.stagesLabel}
      parts={stages.map((part) => lockdown.stages[part])}
      now={lockdown.stages[stage]}
      said={label}
    />
  );
}
