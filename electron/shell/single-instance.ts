import type { App } from 'electron';

/**
 * True for the first window of this profile. For a second one false: the first was told and comes to the front by
 * `onSecond`. (Two people on one machine have two profiles; what keeps them apart is the machine's lock.)
 */
export function claimSingleInstance(app: App, onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
}
