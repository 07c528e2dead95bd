import { profileFormat } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

/** The embedded training site, described as a real one would be. */
export function trainingProfile(facts: {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly serviceConfigPath: string;
}): SiteProfile {
  return {
    format: profileFormat,
    name: 'Training site',
    endpoint: {
      host: facts.host,
      transport: { kind: 'tcp', port: facts.port },
      trust: { kind: 'ca', certificate: facts.ca },
      database: 'Acs',
    },
    controllerTable: {
      schema: 'dbo',
      table: 'Controllers',
      key: { column: 'ControllerId', type: 'int' },
      identifying: [{ column: 'SerialNumber', type: 'nvarchar(32)' }],
      serial: 'SerialNumber',
      displayName: 'Name',
      address: 'Address',
      model: 'Model',
      lastSeen: { column: 'LastSeenUtc', timeBase: 'utc' },
      heartbeatSeconds: 60,
      unsupportedModels: ['ACU-1 (legacy)'],
      guardUpdates: true,
    },
    runLogin: 'mortise_run',
    serviceLogins: [{ login: 'acs_service', services: ['AcsService'], consumers: ['acs-service-config'] }],
    services: [{ name: 'AcsService' }],
    consumers: [
      {
        id: 'acs-service-config',
        kind: 'xml-config',
        path: facts.serviceConfigPath,
        connectionString: 'Acs',
        login: 'acs_service',
      },
    ],
  };
}
