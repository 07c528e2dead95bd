import type { SiteStatus } from '#electron/database/site-status.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';

export const now = new Date('2026-11-21T20:00:00.000Z');

export const profile: SiteProfile = trainingProfile({
  host: '127.0.0.1',
  port: 1433,
  ca: 'PEM',
  serviceConfigPath: '/acs/service.config',
});

type Parts<T> = { readonly [K in keyof T]?: T[K] extends readonly unknown[] | Date ? T[K] : Partial<T[K]> };

type State = NonNullable<SiteStatus['state']>;

/** What the state row says while commissioning mode is off, with what is different in this case. */
export function stateRow(different: Partial<State> = {}): State {
  return {
    state: 'off',
    changedAt: new Date('2026-11-21T18:00:00.000Z'),
    changedBy: 'SITE\\ines',
    reason: 'Handover',
    openUntil: null,
    lockedUntil: null,
    serverName: 'ACS-SRV-01\\ACS',
    recoveryFork: 'f0f0',
    otherTriggers: '',
    version: Uint8Array.from([0, 0, 0, 0, 0, 0, 7, 209]),
    asDecided: true,
    ...different,
  };
}

/** Every right that Mortise needs, and none of the others. */
export const allRights: SiteStatus['runRights'] = {
  viewServerState: true,
  viewAnyDefinition: true,
  alterAnyLogin: false,
  alterAnyConnection: false,
  viewDatabaseState: true,
  backup: true,
  selectMortise: true,
  executeMortise: true,
  unreadable: [],
};

export type Session = SiteStatus['sessions'][number];

export function session(different: Partial<Session> = {}): Session {
  return {
    login: 'acs_service',
    program: 'AcsService',
    host: 'ACS-SRV-01',
    address: '127.0.0.1',
    localAddress: '127.0.0.1',
    transport: 'TCP',
    sessions: 1,
    ...different,
  };
}

export type LoginRow = SiteStatus['logins'][number];

export function loginRow(different: Partial<LoginRow> = {}): LoginRow {
  return {
    name: 'acs_service',
    disabled: false,
    policyChecked: true,
    locked: false,
    badPasswords: 0,
    passwordSetAt: new Date('2026-01-01T00:00:00.000Z'),
    ...different,
  };
}

export function listenerRow(port: number, different: Partial<SiteStatus['listeners'][number]> = {}) {
  return { address: '0.0.0.0', port, type: 'TSQL', state: 'ONLINE', ...different };
}

export type ControllerRow = SiteStatus['controllers'][number];

export function controllerRow(different: Partial<ControllerRow> = {}): ControllerRow {
  return {
    key: '1',
    serial: 'SN-1',
    name: 'North door',
    address: '10.0.0.1',
    model: 'ACU-2',
    lastSeen: now,
    state: 'bound',
    ...different,
  };
}

/** What the guards and the other modules hash to in these tests. */
export const guardHashes = new Map([
  ['mortise_guard_membership', 'aa'],
  ['mortise_guard_identity', 'bb'],
  ['mortise.effective_state', 'cc'],
]);

export const soundGuards: SiteStatus['guards'] = [...guardHashes]
  .filter(([name]) => name.startsWith('mortise_guard_'))
  .map(([name, definitionHash]) => ({ name, disabled: false, insteadOf: false, definitionHash, first: true }));

/** What is in the schema `mortise` of a prepared site. */
export const soundObjects: SiteStatus['objects'] = [
  { name: 'site_state', type: 'U', definitionHash: '', disabled: false },
  { name: 'effective_state', type: 'IF', definitionHash: 'cc', disabled: false },
];

/** A prepared site with commissioning mode off, three registered controllers and nothing amiss. */
export function siteStatus(different: Parts<Omit<SiteStatus, 'state'>> & Partial<Pick<SiteStatus, 'state'>> = {}) {
  const sound: SiteStatus = {
    server: {
      machine: 'ACS-SRV-01',
      instance: 'ACS-SRV-01\\ACS',
      version: '16.0.4135.4',
      edition: 'Express Edition (64-bit)',
      time: now,
      database: 'Acs',
      accessMode: 'MULTI_USER',
      sizePages: 1280,
      lastBackup: null,
      login: 'mortise_run',
      encrypted: true,
      transport: 'TCP',
      recoveryFork: 'f0f0',
    },
    listeners: [listenerRow(1433)],
    sessions: [session()],
    logins: [loginRow()],
    prepared: true,
    truncateStop: true,
    own: { schema: true, agent: true },
    rights: { switch: true, alterTable: false, writeState: false, sysadmin: false },
    guards: soundGuards,
    objects: soundObjects,
    nestedTriggers: true,
    state: stateRow(),
    registered: 3,
    runRights: allRights,
    damaged: 0,
    counts: { total: 3, bound: 3, changed: 0, asleep: 0, unsupported: 0, missing: 0 },
    controllers: [controllerRow()],
  };
  const { server, counts, own, rights, runRights, ...rest } = different;
  return {
    ...sound,
    ...rest,
    server: { ...sound.server, ...server },
    counts: { ...sound.counts, ...counts },
    own: { ...sound.own, ...own },
    rights: { ...sound.rights, ...rights },
    runRights: { ...sound.runRights, ...runRights },
  } satisfies SiteStatus;
}

/** The same before "Prepare this site". */
export const notPrepared: SiteStatus = {
  ...siteStatus({ registered: 0, counts: { bound: 0 } }),
  prepared: false,
  truncateStop: false,
  own: { schema: false, agent: false },
  guards: [],
  objects: [],
  state: undefined,
};
