import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { siteProfileSchema } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type {
  Survey,
  SurveyedConnections,
  SurveyedControllers,
  SurveyedDatabase,
  SurveyedKind,
  SurveyedModules,
  SurveyedPrincipals,
  SurveyedServer,
  SurveyedTable,
} from '#electron/database/assessment/survey.ts';
import type { AssessmentGround } from '#electron/site/assessment/ground.ts';

/** A site on which everything is as it should be, as a first visit reads it; each test spoils one thing. */
export const now = new Date('2026-11-21T12:00:00.000Z');

export const profile: SiteProfile = siteProfileSchema.parse({
  format: 1,
  name: 'Town hall',
  endpoint: {
    host: 'sql.example',
    transport: { kind: 'tcp', port: 1433 },
    trust: { kind: 'ca', certificate: null },
    database: 'Acs',
  },
  controllerTable: {
    schema: 'dbo',
    table: 'Controllers',
    key: { column: 'ControllerId', type: 'int' },
    identifying: [{ column: 'SerialNumber', type: 'nvarchar(32)' }],
    serial: 'SerialNumber',
    displayName: 'Name',
    address: null,
    model: 'Model',
    lastSeen: { column: 'LastSeenUtc', timeBase: 'utc' },
    heartbeatSeconds: 60,
    unsupportedModels: ['ACU-1'],
    guardUpdates: true,
  },
  runLogin: 'mortise_run',
  serviceLogins: [{ login: 'acs_service', services: ['AcsService'], consumers: ['config'] }],
  services: [{ name: 'AcsService' }],
  consumers: [
    { id: 'config', kind: 'xml-config', path: '/srv/acs.config', connectionString: 'Acs', login: 'acs_service' },
  ],
});

export const server: SurveyedServer = {
  machine: 'SITE-01',
  instance: 'SITE-01',
  version: '15.0.4430.1',
  productLevel: 'RTM',
  edition: 'Express Edition (64-bit)',
  engineEdition: 4,
  windowsOnly: false,
  availabilityGroups: false,
  clustered: false,
  login: 'mortise_run',
  user: 'mortise_run',
  rights: {
    sysadmin: false,
    viewServerState: true,
    viewAnyDefinition: true,
    viewDefinition: true,
    viewDatabaseState: true,
    selectControllers: true,
  },
  nestedTriggers: true,
};

export const database: SurveyedDatabase = {
  name: 'Acs',
  compatibilityLevel: 150,
  state: 'ONLINE',
  access: 'MULTI_USER',
  readOnly: false,
  readCommittedSnapshot: false,
  snapshotIsolation: 'OFF',
  containment: 'NONE',
  recursiveTriggers: false,
  trustworthy: false,
  published: false,
  changeDataCapture: false,
  collation: 'Latin1_General_CI_AS',
  isSnapshot: false,
  isReplica: false,
};

export const session = {
  login: 'acs_service',
  program: 'AcsService',
  host: 'SITE-01',
  address: '127.0.0.1',
  localAddress: '127.0.0.1',
  transport: 'TCP',
  encrypted: true,
  inDatabase: true,
  sessions: 2,
};

export const connections: SurveyedConnections = {
  sessions: [session],
  own: { encrypted: true, transport: 'TCP', port: 1433 },
  listeners: [{ address: '127.0.0.1', port: 1433, type: 'TSQL', state: 'ONLINE' }],
  registry: [{ key: 'Tcp\\IPAll', name: 'TcpDynamicPorts', data: '' }],
};

const column = (name: string, type: string, nullable = false) => ({
  name,
  type,
  nullable,
  identity: false,
  computed: false,
});

export const table: SurveyedTable = {
  object: { type: 'U', description: 'USER_TABLE', published: false, owner: 'dbo', rows: 24, partitions: 1 },
  columns: [
    column('ControllerId', 'int'),
    column('SerialNumber', 'nvarchar(32)'),
    column('Name', 'nvarchar(100)', true),
    column('Model', 'nvarchar(40)', true),
    column('LastSeenUtc', 'datetime2(3)', true),
  ],
  keys: [{ name: 'PK_Controllers', primary: true, whole: true, columns: ['ControllerId'] }],
  triggers: [],
  foreignKeys: [],
  own: [],
  ownSchema: false,
};

export const kind: SurveyedKind = {
  memoryOptimised: false,
  temporal: 'NON_TEMPORAL_TABLE',
  changeDataCapture: false,
  replicated: false,
  external: false,
  fileTable: false,
};

export const controllers: SurveyedControllers = {
  total: 24,
  asleep: 0,
  withoutSerial: 0,
  models: [{ model: 'ACU-4', controllers: 24 }],
};

export const modules: SurveyedModules = { mentioning: [], unreadable: [] };

export const principals: SurveyedPrincipals = {
  logins: [
    { id: 1, name: 'sa', type: 'SQL_LOGIN', disabled: true, userId: 1, ownsDatabase: true },
    { id: 260, name: 'mortise_run', type: 'SQL_LOGIN', disabled: false, userId: 5, ownsDatabase: false },
    { id: 261, name: 'acs_service', type: 'SQL_LOGIN', disabled: false, userId: 6, ownsDatabase: false },
  ],
  serverRoles: [{ member: 1, role: 'sysadmin' }],
  serverRights: [],
  databaseRoles: [{ member: 6, roleId: 16_391, role: 'db_datawriter' }],
  databaseRights: [],
  sqlLogins: [{ name: 'acs_service', disabled: false, policyChecked: false, locked: false }],
};

export const sound: Survey = {
  server: succeed(server),
  database: succeed<SurveyedDatabase | undefined>(database),
  connections: succeed(connections),
  table: succeed(table),
  kind: succeed<SurveyedKind | undefined>(kind),
  modules: succeed(modules),
  plans: succeed([]),
  principals: succeed(principals),
  controllers: succeed(controllers),
};

export const withSurvey = (survey: Partial<Survey>): AssessmentGround => ({
  ...soundGround,
  survey: { ...sound, ...survey },
});
export const withServer = (changed: Partial<SurveyedServer>) =>
  withSurvey({ server: succeed({ ...server, ...changed }) });
export const withRights = (changed: Partial<SurveyedServer['rights']>, survey: Partial<Survey> = {}) =>
  withSurvey({ ...survey, server: succeed({ ...server, rights: { ...server.rights, ...changed } }) });
export const withDatabase = (changed: Partial<SurveyedDatabase>) =>
  withSurvey({ database: succeed<SurveyedDatabase | undefined>({ ...database, ...changed }) });
export const withTable = (changed: Partial<SurveyedTable>) => withSurvey({ table: succeed({ ...table, ...changed }) });
export const withObject = (changed: Partial<NonNullable<SurveyedTable['object']>>) =>
  withTable({ object: table.object === undefined ? undefined : { ...table.object, ...changed } });
export const withColumn = (name: string, changed: Partial<SurveyedTable['columns'][number]>) =>
  withTable({ columns: table.columns.map((each) => (each.name === name ? { ...each, ...changed } : each)) });
export const withKind = (changed: Partial<SurveyedKind>) =>
  withSurvey({ kind: succeed<SurveyedKind | undefined>({ ...kind, ...changed }) });
export const withConnections = (changed: Partial<SurveyedConnections>) =>
  withSurvey({ connections: succeed({ ...connections, ...changed }) });
export const withPrincipals = (changed: Partial<SurveyedPrincipals>) =>
  withSurvey({ principals: succeed({ ...principals, ...changed }) });
export const withControllers = (changed: Partial<SurveyedControllers>) =>
  withSurvey({ controllers: succeed({ ...controllers, ...changed }) });
export const withProfile = (changed: Partial<SiteProfile>): AssessmentGround => ({
  ...soundGround,
  profile: { ...profile, ...changed },
});
export const withProfileTable = (changed: Partial<SiteProfile['controllerTable']>, ground = soundGround) => ({
  ...ground,
  profile: { ...profile, controllerTable: { ...profile.controllerTable, ...changed } },
});
/** A procedure with this body, that mentions the table. */
export const withModule = (text: string, name = 'add_controller', schema = 'dbo') =>
  withSurvey({
    modules: succeed({ ...modules, mentioning: [{ schema, name, type: 'SQL_STORED_PROCEDURE', text }] }),
  });
export const withPlan = (text: string) => withSurvey({ plans: succeed([{ text, lastRun: now, executions: 3 }]) });

export const noRight: Result<never> = failed(failure('no-right', { login: 'mortise_run', right: 'VIEW SERVER STATE' }));
export const lost: Result<never> = failed(failure('connection-lost'));

const soundGround: AssessmentGround = {
  profile,
  as: 'mortise_run',
  survey: sound,
  consumers: [{ id: 'config', place: '/srv/acs.config', login: 'acs_service', failure: undefined }],
  firewall: known([], now),
  now,
};
export { soundGround };
