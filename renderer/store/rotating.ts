import type { Login } from '#shared/snapshot.ts';
import { beginChange } from './change-steps.ts';
import type { Session } from './session.ts';

/** From here on a password is called old: 365 days in milliseconds. */
const year = 365 * 24 * 60 * 60 * 1000;

/** Whether its password was set more than a year ago. */
export const isOld = ({ passwordSetAt }: Login, now: Date): boolean =>
  passwordSetAt !== null && now.getTime() - Date.parse(passwordSetAt) > year;

export const hasPublishedDefault = ({ publishedDefault }: Login): boolean =>
  publishedDefault.state === 'known' && publishedDefault.value;

/** What the screen proposes: what can be rotated and has a published default, or a password older than a year. */
export function proposedLogins(logins: readonly Login[], now: Date): readonly string[] {
  return logins
    .filter((login) => login.rotatable.possible && (hasPublishedDefault(login) || isOld(login, now)))
    .map(({ name }) => name);
}

/** Goes to the rotation's own screen. One that runs there, or whose end was not seen yet, is shown again. */
export function openRotation({ store }: Session): void {
  store.setState(({ change }) => ({
    place: 'rotation',
    rotationChoice: null,
    change: change?.place === 'rotation' ? { ...change, hidden: false } : change,
  }));
}

/** Back to the tabs. A plan that was only looked at is forgotten; a rotation that runs goes on and stays in sight. */
export function leaveRotation({ store }: Session): void {
  store.setState(({ change }) => ({
    place: 'tabs',
    tab: 'security',
    rotationChoice: null,
    change:
      change?.place !== 'rotation' ? change : change.phase.name === 'applying' ? { ...change, hidden: true } : null,
  }));
}

/** Back to the choice of logins, with the ticks as they were. */
export function chooseAgain({ store }: Session): void {
  store.setState({ change: null });
}

/** After one that has ended: back to the choice, with what the screen proposes now. */
export function rotateOthers({ store }: Session): void {
  store.setState({ change: null, rotationChoice: null });
}

/** Has main make the plan for these logins: one is a rotation, several are one rotation each, one after the other. */
export async function planRotation(session: Session, logins: readonly string[]): Promise<void> {
  const [login, ...others] = logins;
  if (login === undefined) return;
  const request =
    others.length === 0
      ? ({ change: 'rotation.rotate', login } as const)
      : ({ change: 'rotation.rotateMany', logins } as const);
  await beginChange(session, request, 'rotation');
}
