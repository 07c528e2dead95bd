import { z } from 'zod';
import { profileFormat } from '#shared/site-profile.ts';
import type { SiteTemplate } from '#shared/sites.ts';

type Draft = SiteTemplate['draft'];
type Part = Readonly<Record<string, unknown>>;

// A hole is an empty text: the profile is refused while it stands there, with the sentence that says what belongs there.
const hole = '';

const emptyTable = {
  schema: 'dbo',
  table: hole,
  key: { column: hole, type: hole },
  identifying: [{ column: hole, type: hole }],
  serial: hole,
  displayName: null,
  address: null,
  model: null,
  lastSeen: null,
  heartbeatSeconds: 60,
  unsupportedModels: [],
  guardUpdates: true,
};
const tableHoles = [
  'controllerTable.table',
  'controllerTable.key.column',
  'controllerTable.key.type',
  'controllerTable.identifying.0.column',
  'controllerTable.identifying.0.type',
  'controllerTable.serial',
];
/** Besides the holes, what a template can only guess. */
const tableGuesses = ['controllerTable.schema', 'controllerTable.heartbeatSeconds', 'controllerTable.guardUpdates'];

/** JSON and nothing else, so that nobody can change the template that everybody gets. */
const draftOf = (parts: Part): Draft => z.json().parse(JSON.parse(JSON.stringify({ format: profileFormat, ...parts })));

/** Where a profile can begin. */
export function siteTemplates(): SiteTemplate[] {
  return [
    {
      id: 'training',
      title: 'Training site',
      about:
        'The training site as if it were a real one, to practise a first visit. Its port, its certificate and the place of its configuration file are to be confirmed.',
      draft: draftOf({
        name: 'Training site as a real one',
        endpoint: {
          host: '127.0.0.1',
          transport: { kind: 'tcp', port: hole },
          trust: { kind: 'ca', certificate: hole },
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
            path: hole,
            connectionString: 'Acs',
            login: 'acs_service',
          },
        ],
      }),
      confirm: ['endpoint.transport.port', 'endpoint.trust.certificate', 'consumers.0.path'],
    },
    {
      id: 'net2',
      title: 'Net2',
      about:
        'Knows the instance NET2, the database Net2 and the services on this machine. The controller table and the login of the services are to be confirmed.',
      draft: draftOf({
        name: 'Net2',
        endpoint: {
          host: 'localhost',
          transport: { kind: 'instance', instance: 'NET2' },
          trust: { kind: hole },
          database: 'Net2',
        },
        controllerTable: emptyTable,
        runLogin: 'mortise_run',
        serviceLogins: [],
        // Clients of the database stop before the database does.
        services: [{ name: 'Net2ClientSvc' }, { name: 'Net2 Service' }, { name: 'MSSQL$NET2' }],
        consumers: [],
      }),
      confirm: ['endpoint.trust.kind', ...tableHoles, ...tableGuesses, 'serviceLogins', 'services', 'consumers'],
    },
    {
      id: 'generic',
      title: 'Any software',
      about: 'Knows the shape of a profile and nothing else: the server, or a person, says what belongs there.',
      draft: draftOf({
        name: hole,
        endpoint: {
          host: 'localhost',
          transport: { kind: 'tcp', port: 1433 },
          trust: { kind: hole },
          database: hole,
        },
        controllerTable: emptyTable,
        runLogin: 'mortise_run',
        serviceLogins: [],
        services: [],
        consumers: [],
      }),
      confirm: [
        'name',
        'endpoint.host',
        'endpoint.transport.port',
        'endpoint.trust.kind',
        'endpoint.database',
        ...tableHoles,
        ...tableGuesses,
        'serviceLogins',
        'services',
        'consumers',
      ],
    },
  ];
}
