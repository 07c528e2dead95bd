import { known } from '#shared/reading.ts';
import type { Verification } from '#shared/verification.ts';
import { minutesAgo } from './moments.ts';

/** A login of which everything agrees. */
export function sampleVerification(login: string, different: Partial<Verification> = {}): Verification {
  const now = new Date();
  return {
    login,
    at: minutesAgo(0),
    works: known('current', now),
    kept: ['current', 'previous'],
    consumers: [{ place: '/var/lib/acs/AcsService.exe.config', holds: known('current', now) }],
    services: [{ name: 'AcsService', loggedIn: known(true, now), how: 'Session 57 belongs to its process 4711' }],
    verdict: 'agrees',
    sentence: `The password that is kept for ${login} logs in, every copy that can be read is the same.`,
    next: '',
    ...different,
  };
}
