import { listedControllers } from '#shared/vocabulary.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';

export const profile = trainingProfile({ host: '127.0.0.1', port: 1433, ca: '', serviceConfigPath: '/nowhere' });

/** The server's answer for a site of this many controllers, all bound. */
export function siteStatusOf(total: number): SiteStatus {
  const at = new Date();
  return {
    server: {
      machine: 'ACS-SERVER',
      instance: 'ACS-SERVER',
      version: '16.0.1000.6',
      edition: 'Express',
      time: at,
      database: 'Acs',
      accessMode: 'MULTI_USER',
      sizePages: 8192,
      lastBackup: at,
      login: 'mortise_run',
      encrypted: true,
      transport: 'TCP',
      recoveryFork: null,
    },
    listeners: [{ address: '127.0.0.1', port: 1433, type: 'TSQL', state: 'ONLINE' }],
    sessions: [],
    logins: [],
    prepared: true,
    truncateStop: true,
    own: { schema: true, agent: true },
    rights: { switch: true, alterTable: false, writeState: false, sysadmin: false },
    guards: [],
    objects: [],
    nestedTriggers: true,
    state: undefined,
    registered: total,
    runRights: {
      viewServerState: true,
      viewAnyDefinition: true,
      alterAnyLogin: false,
      alterAnyConnection: false,
      viewDatabaseState: true,
      backup: true,
      selectMortise: true,
      executeMortise: true,
      unreadable: [],
    },
    damaged: 0,
    counts: { total, bound: total, changed: 0, asleep: 2, unsupported: 1, missing: 0 },
    controllers: Array.from({ length: Math.min(total, listedControllers) }, (_, index) => ({
      key: String(index + 1),
      serial: `SN-${index + 1}`,
      name: `Controller ${index + 1}`,
      address: `10.0.${index >> 8}.${index & 255}`,
      model: 'ACU-4',
      lastSeen: at,
      state: 'bound',
    })),
  };
}
