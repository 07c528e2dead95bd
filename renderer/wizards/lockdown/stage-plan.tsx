import { useScreen, useSession, useText } from '../../components/session-context.tsx';
import { PlanOnScreen } from '../plan-on-screen.tsx';

/** Part 2: the plan of all steps. Only from here can the site be locked down. */
export function PlanStage() {
  const { store } = useSession();
  const { lockdown: words } = useText();
  const flow = useScreen((state) => state.change);
  if (!flow) return null;
  return (
    <PlanOnScreen flow={flow} back={() => store.setState({ change: null, asksLockdown: true })} label={words.lock} />
  );
}
