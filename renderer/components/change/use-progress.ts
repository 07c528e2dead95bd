import type { ChangeName } from '#shared/change-names.ts';
import type { Progress } from '#shared/snapshot.ts';
import { useScreen } from '../session-context.tsx';

/** The newest progress of this change: what main pushed, or what the snapshot holds of it. */
export function useProgress(change: ChangeName): Progress | null {
  const pushed = useScreen((state) => state.progress);
  const held = useScreen((state) => (state.view.state === 'shown' ? state.view.snapshot.operation : null));
  if (pushed?.change === change) return pushed;
  return held?.change === change && held.ended.how === 'not-yet' ? held : null;
}
