import type { SiteStatus } from '#electron/database/site-status.ts';
import { originOf } from '#electron/site/network-view.ts';

/** The sessions that other machines hold, as far as it can be told. */
export function remoteSessions({ sessions }: Pick<SiteStatus, 'sessions'>): SiteStatus['sessions'] {
  return sessions.filter((session) => originOf(session) === 'remote');
}

/** Who holds a session, as a plan names them. */
export const holderOf = ({
  program,
  host,
  address,
  login,
}: Pick<SiteStatus['sessions'][number], 'program' | 'host' | 'address' | 'login'>): string =>
  `${program || 'A program'} on ${host || address} (${address}), login ${login}`;
