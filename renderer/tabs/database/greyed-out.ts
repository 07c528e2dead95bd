import type { ChangeName } from '#shared/change-names.ts';
import type { Snapshot } from '#shared/snapshot.ts';

/** The changes that the Database tab offers. Ending an upgrade is none: it never weakens, and stays where it is needed. */
export const databaseChanges = [
  'site.remove',
  'site.prepare',
  'site.createRunLogin',
  'site.beginUpgrade',
] as const satisfies readonly ChangeName[];

/** Why the tab is greyed out, in main's words: it is when main allows nothing of what it offers. Empty when it is not. */
export function greyedOut({ permissions }: Pick<Snapshot, 'permissions'>): readonly string[] {
  const reasons = databaseChanges.map((change) => permissions[change]);
  const whys = reasons.flatMap((permission) => (permission.allowed ? [] : [permission.why]));
  return whys.length < databaseChanges.length ? [] : [...new Set(whys)];
}
