import type { SiteProfile } from '#shared/site-profile.ts';

export const certificate = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';

const first: SiteProfile = {
  format: 1,
  name: 'Sample',
  endpoint: {
    host: 'localhost',
    transport: { kind: 'tcp', port: 1433 },
    trust: { kind: 'ca', certificate: null },
    database: 'Acs',
  },
  controllerTable: {
    schema: 'dbo',
    table: 'Controllers',
    key: { column: 'Id', type: 'int' },
    identifying: [{ column: 'Serial', type: 'nvarchar(32)' }],
    serial: 'Serial',
    displayName: 'Name',
    address: null,
    model: 'Model',
    lastSeen: { column: 'Seen', timeBase: 'utc' },
    heartbeatSeconds: 60,
    unsupportedModels: ['Old'],
    guardUpdates: true,
  },
  runLogin: 'mortise_run',
  serviceLogins: [{ login: 'acs_service', services: ['Acs'], consumers: ['config'] }],
  services: [{ name: 'Acs' }],
  consumers: [
    { id: 'config', kind: 'xml-config', path: '/srv/acs.config', connectionString: 'Acs', login: 'acs_service' },
  ],
};

/** Profiles that pass through every branch of the profile's schema. */
export const profileSamples: readonly SiteProfile[] = [
  first,
  {
    ...first,
    endpoint: {
      host: 'server',
      transport: { kind: 'instance', instance: 'NET2' },
      trust: { kind: 'pinned', certificate },
      database: 'Net2',
    },
    controllerTable: {
      ...first.controllerTable,
      displayName: null,
      model: null,
      lastSeen: null,
      unsupportedModels: [],
    },
    serviceLogins: [],
    services: [],
    consumers: [],
  },
  {
    ...first,
    endpoint: {
      host: 'localhost',
      transport: { kind: 'pipe', pipe: String.raw`\\.\pipe\sql\query` },
      trust: { kind: 'loopback-unverified' },
      database: 'Acs',
    },
  },
];
