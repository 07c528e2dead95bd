import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { chooseAgain } from '../../store/rotating.ts';
import { PlanOnScreen } from '../plan-on-screen.tsx';
import { loginsOf } from './rotation-part.ts';

/** Part 2: the plan, word for word. Only from here can anything be rotated. */
export function PlanPart() {
  const session = useSession();
  const { wizard: words } = useText().rotation;
  const flow = useScreen((state) => state.change);
  if (!flow) return null;
  return <PlanOnScreen flow={flow} back={() => chooseAgain(session)} label={words.rotate(loginsOf(flow).length)} />;
}
