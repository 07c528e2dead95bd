import { changeNames } from '#shared/change-names.ts';
import type { ChangeName } from '#shared/change-names.ts';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Commissioning, Permission, Right, Snapshot } from '#shared/snapshot.ts';
import { sampleControllers } from './controllers.ts';
import { sampleSecureMode, sampleSurvey } from './secure-mode.ts';
import { sampleLogins } from './logins.ts';
import { daysAgo, hoursAgo, minutesAgo } from './moments.ts';
import { sampleTrail } from './trail.ts';

export const off = 'Commissioning mode is off, so this cannot be changed. Switch it on in the General tab first.';

/** Everything allowed, but what is named with its reason. */
export function permissions(refused: Partial<Record<ChangeName, string>> = {}): Snapshot['permissions'] {
  const permission = (name: ChangeName): Permission => {
    const why = refused[name];
    return why === undefined ? { allowed: true } : { allowed: false, why };
  };
  return Object.fromEntries(changeNames.map((name) => [name, permission(name)])) as Snapshot['permissions'];
}

export const nothingToContinue = 'There is no guided lockdown to continue or take back.';
const noLockdown = {
  'lockdown.resume': nothingToContinue,
  'lockdown.undo': nothingToContinue,
  'lockdown.stop': nothingToContinue,
} as const;

const notHere = {
  'secureMode.atStart': 'The rules outlast a start of this machine by themselves.',
  'secureMode.bindInstance': 'The settings of this SQL Server cannot be written here.',
} as const;

export const whileOn = permissions({
  'site.prepare': 'The objects are there already.',
  'commissioning.on': 'Commissioning mode is on already.',
  'secureMode.off': 'Secure mode is not in force.',
  'secureMode.allow': 'Switch secure mode on first.',
  ...notHere,
  ...noLockdown,
});

export const whileOff = permissions({
  'site.prepare': off,
  'site.remove': off,
  'site.createRunLogin': off,
  'site.beginUpgrade': off,
  'commissioning.off': 'Commissioning mode is off already.',
  'secureMode.on': 'Secure mode is in force already.',
  ...notHere,
  ...noLockdown,
});

export function commissioned(
  state: Extract<Commissioning, { since: string }>['state'],
  different: Partial<Extract<Commissioning, { since: string }>> = {},
): Reading<Commissioning> {
  return known(
    {
      state,
      since: hoursAgo(3),
      by: 'SITE\\ines (mortise_run)',
      reason: 'Two readers added on the second floor',
      until: null,
      unreviewed: 0,
      registered: state === 'on' ? 0 : 24,
      drift: [],
      ...different,
    },
    new Date(),
  );
}

export const unreachable = unknown(failure('server-unreachable', { endpoint: '127.0.0.1:49172' }), new Date());

/** A training site on an ordinary day: prepared, commissioning on, nothing locked down yet. */
export function sampleSnapshot(different: Partial<Snapshot> = {}): Snapshot {
  const now = new Date();
  return {
    sequence: 1,
    takenAt: minutesAgo(0),
    site: {
      id: null,
      name: 'Harbour Office',
      kind: 'training',
      endpoint: '127.0.0.1,49172',
      database: 'Acs',
      controllerTable: 'dbo.Controllers',
    },
    actor: { account: 'SITE\\ines', elevated: true },
    secretStore: { kind: 'training', sentence: 'Training keychain: practice secrets only' },
    server: known(
      {
        machine: 'ACS-SRV-01',
        instance: 'ACSEXPRESS',
        version: 'SQL Server 2019 (15.0.4382.1)',
        edition: 'Express Edition (64-bit)',
        serverTime: minutesAgo(0),
        database: 'Acs',
        sizeMegabytes: 412,
        lastBackup: daysAgo(2),
        accessMode: 'MULTI_USER',
        connection: { login: 'mortise_run', encrypted: true, certificate: 'verified', transport: 'TCP, TLS 1.2' },
      },
      now,
    ),
    commissioning: commissioned('on'),
    controllers: known(sampleControllers(), now),
    rights: known([], now),
    openRotation: known(null, now),
    listeners: sampleSurvey(),
    sessions: known(
      [
        {
          login: 'acs_service',
          program: 'AcsService',
          host: 'ACS-SRV-01',
          address: '127.0.0.1',
          transport: 'TCP',
          sessions: 3,
          origin: 'local',
        },
        {
          login: 'acs_reports',
          program: 'Report Designer',
          host: 'OFFICE-PC-7',
          address: '10.20.4.17',
          transport: 'TCP',
          sessions: 1,
          origin: 'remote',
        },
        {
          login: 'acs_backup',
          program: 'sqlcmd',
          host: 'ACS-SRV-01',
          address: '<named pipe>',
          transport: 'Named pipe',
          sessions: 1,
          origin: 'cannot-tell',
        },
      ],
      now,
    ),
    secureMode: sampleSecureMode(),
    logins: known(sampleLogins(), now),
    services: [{ name: 'AcsService', state: known('running', now) }],
    lockdown: { state: 'none' },
    operation: null,
    permissions: whileOn,
    trail: known(sampleTrail(), now),
    notices: [],
    faults: [],
    ...different,
  };
}

/** The same site after the lockdown. */
export function lockedSnapshot(different: Partial<Snapshot> = {}): Snapshot {
  return sampleSnapshot({
    commissioning: commissioned('off', { reason: 'Handover to the customer' }),
    secureMode: sampleSecureMode({
      verdict: 'in-force',
      reasons: [],
      rules: known(
        ['Mortise v1: drop tcp dport 49172 from other machines', 'Mortise v1: drop udp dport 1434 from other machines'],
        new Date(),
      ),
      meant: known({ since: hoursAgo(3), by: 'SITE\\ines' }, new Date()),
      probe: {
        state: 'probed',
        by: 'mortise',
        from: '127.0.0.2',
        at: minutesAgo(4),
        seen: [
          { protocol: 'tcp', port: 49172, saw: 'filtered', version: null },
          { protocol: 'udp', port: 1434, saw: 'filtered', version: null },
        ],
        untried: [],
      },
    }),
    controllers: known(sampleControllers({ registered: true }), new Date()),
    permissions: whileOff,
    ...different,
  });
}

/** A real site at the first visit: Mortise has no login there and nothing was prepared. */
export function firstVisit(different: Partial<Snapshot> = {}): Snapshot {
  return sampleSnapshot({
    site: {
      id: 'harbour-office',
      name: 'Harbour Office',
      kind: 'real',
      endpoint: 'ACS-SRV-01\\NET2',
      database: 'Net2',
      controllerTable: 'dbo.ACU',
    },
    secretStore: { kind: 'keychain', sentence: 'Windows Credential Manager of SITE\\ines' },
    commissioning: known({ state: 'not-prepared' }, new Date()),
    permissions: permissions({
      'commissioning.on': 'The site is not prepared.',
      'commissioning.off': 'The site is not prepared.',
      'site.remove': 'The site is not prepared.',
      ...noLockdown,
    }),
    ...different,
  });
}

/** Rights of Mortise's login: two it needs are missing, one that only a wish needs was never given. */
export const someRights: readonly Right[] = [
  {
    name: 'VIEW SERVER STATE',
    why: 'To see sessions and listeners.',
    held: true,
    required: true,
    grant: 'GRANT VIEW SERVER STATE TO [mortise_run];',
  },
  {
    name: 'EXECUTE on schema mortise',
    why: 'To switch commissioning mode by its procedures.',
    held: false,
    required: true,
    grant: 'USE [Net2];\nGRANT EXECUTE ON SCHEMA::[mortise] TO [mortise_run];',
  },
  {
    name: 'ALTER ANY LOGIN',
    why: 'To set passwords of logins that cannot change their own. Only on request.',
    held: false,
    required: false,
    grant: 'GRANT ALTER ANY LOGIN TO [mortise_run];',
  },
  {
    name: 'VIEW ANY DEFINITION',
    why: 'To compare the guard with what was created.',
    held: false,
    required: true,
    grant: 'GRANT VIEW ANY DEFINITION TO [mortise_run];',
  },
];
