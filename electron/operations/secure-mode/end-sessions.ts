import type { Failure } from '#shared/errors.ts';
import type { AllowedAddress } from '#shared/secure-mode.ts';
import type { SiteDatabase } from '#electron/database/site-database.ts';
import { originOf } from '#electron/site/network-view.ts';
import { isAllowed } from '#electron/site/secure-mode/drift.ts';

/** What became of the sessions that other machines still had. */
export interface EndedSessions {
  readonly ended: number;
  /** Why the others could not be ended; the first cause. */
  readonly left: Failure | undefined;
}

/**
 * Ends every session that another machine holds and is not allowed to: behind the block nobody can use it, but the server keeps it, with its
 * locks, until it notices. Sessions of which it cannot be told are left alone.
 */
export async function endRemoteSessions(
  database: Pick<SiteDatabase, 'openSessions' | 'endSession'>,
  allowed: readonly AllowedAddress[],
): Promise<EndedSessions> {
  const open = await database.openSessions();
  if (!open.ok) return { ended: 0, left: open.error };
  let ended = 0;
  let left: Failure | undefined;
  for (const session of open.value) {
    if (originOf(session) !== 'remote' || isAllowed(allowed, session.address)) continue;
    const done = await database.endSession(session);
    if (done.ok) ended += 1;
    else left ??= done.error;
  }
  return { ended, left };
}
