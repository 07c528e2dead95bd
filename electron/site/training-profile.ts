import type { SiteProfile } from './site-profile.ts';

/** The embedded training site, described as a real one would be. */
export function trainingProfile(facts: {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly serviceConfigPath: string;
}): SiteProfile {
  return {
    name: 'Training site',
    endpoint: { host: facts.host, port: facts.port, database: 'Acs', ca: facts.ca },
    controllerTable: {
      schema: 'dbo',
      table: 'Controllers',
      key: { column: 'ControllerId', type: 'int' },
      identifying: [{ column: 'SerialNumber', type: 'nvarchar(32)' }],
      serial: 'SerialNumber',
      displayName: 'Name',
      address: 'Address',
      model: 'Model',
      lastSeenUtc: 'LastSeenUtc',
      heartbeatSeconds: 60,
      unsupportedModels: ['ACU-1 (legacy)'],
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
