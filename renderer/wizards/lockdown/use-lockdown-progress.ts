import type { Progress } from '#shared/snapshot.ts';
import { useScreen } from '../../components/session-context.tsx';

const live = (progress: Progress | null): Progress | null =>
  progress?.change.startsWith('lockdown.') === true && progress.ended.how === 'not-yet' ? progress : null;

/** The progress of the lockdown that runs or is taken back now; null when none is. */
export function useLockdownProgress(): Progress | null {
  const pushed = useScreen((state) => state.progress);
  const held = useScreen((state) => (state.view.state === 'shown' ? state.view.snapshot.operation : null));
  return live(pushed) ?? live(held);
}
