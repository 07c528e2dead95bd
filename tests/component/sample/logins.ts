import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Login } from '#shared/snapshot.ts';
import { daysAgo } from './moments.ts';

/** The logins of a site: one with a published default, one of which that is not known, one that cannot be rotated. */
export function sampleLogins(): Login[] {
  const now = new Date();
  return [
    {
      name: 'mortise_run',
      role: 'run',
      enabled: true,
      locked: false,
      policyChecked: true,
      passwordSetAt: daysAgo(12),
      badPasswords: 0,
      consumers: [],
      services: [],
      publishedDefault: known(false, now),
      passwordKnown: known('kept', now),
      rotatable: { possible: true },
      previousKept: false,
    },
    {
      name: 'acs_service',
      role: 'service',
      enabled: true,
      locked: false,
      policyChecked: false,
      passwordSetAt: daysAgo(1460),
      badPasswords: 0,
      consumers: ['/var/lib/acs/AcsService.exe.config'],
      services: ['AcsService'],
      publishedDefault: known(true, now),
      passwordKnown: known('kept', now),
      rotatable: { possible: true },
      previousKept: true,
    },
    {
      name: 'acs_reports',
      role: 'other',
      enabled: true,
      locked: true,
      policyChecked: true,
      passwordSetAt: daysAgo(200),
      badPasswords: 4,
      consumers: [],
      services: [],
      publishedDefault: unknown(failure('secret-unknown', { login: 'acs_reports' }), now),
      passwordKnown: known('no', now),
      rotatable: { possible: false, why: 'it is locked out' },
      previousKept: false,
    },
  ];
}
