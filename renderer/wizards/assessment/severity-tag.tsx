import type { Severity } from '#shared/assessment.ts';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { useText } from '../../components/session-context.tsx';

export const severityTones: { readonly [S in Severity]: Tone } = {
  blocking: 'danger',
  attention: 'attention',
  unknown: 'unknown',
  note: 'neutral',
  good: 'good',
};

/** How much a finding stands in the way, in words; or how many of them there are. */
export function SeverityTag({ severity, count }: { readonly severity: Severity; readonly count?: number }) {
  const { assessment } = useText();
  const words = count === undefined ? assessment.severities[severity] : assessment.counts[severity](count);
  return <Tag tone={severityTones[severity]}>{words}</Tag>;
}
