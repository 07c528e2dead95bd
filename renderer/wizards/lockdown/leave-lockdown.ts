import type { Session } from '../../store/session.ts';

/** Goes back to the tabs. A plan that was only looked at is forgotten; a lockdown that runs goes on. */
export function leaveLockdown({ store }: Session): void {
  store.setState((now) => ({
    place: 'tabs',
    tab: 'general',
    asksLockdown: false,
    change: now.change?.place === 'lockdown' && now.change.phase.name !== 'applying' ? null : now.change,
  }));
}
