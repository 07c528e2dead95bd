import type { DatabaseModel } from '../model.ts';
import type { ChangeLog } from '../storage/change-log.ts';

/** Grants and denials on an object go with it. */
export function removeRightsOn(database: DatabaseModel, objectId: number, log: ChangeLog): void {
  const gone = database.permissions.filter((one) => one.class === 'OBJECT' && one.majorId === objectId);
  for (const permission of gone) log.remove(database.permissions, permission);
}
