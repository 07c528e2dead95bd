import type {
  DatabaseModel,
  LoginModel,
  ObjectModel,
  PermissionModel,
  ServerModel,
} from '#electron/training/engine/model.ts';
import type { SessionFacts, Surroundings } from '#electron/training/engine/registry.ts';
import { rightsOf } from '#electron/training/engine/security/rights.ts';
import { ticksFromUnixMs } from '#electron/training/engine/values/dates.ts';
import { bit, int, nvarchar, type DataType } from '#electron/training/engine/values/types.ts';

/** A server of two databases and four logins, for tests of the catalogue: no statement is executed on it. */

export const noon = ticksFromUnixMs(Date.UTC(2026, 10, 21, 12));
const day = 864_000_000_000n;

function login(principalId: number, name: string, changed: Partial<LoginModel> = {}): LoginModel {
  return {
    principalId,
    sid: `0${principalId}`.repeat(16),
    name,
    kind: 'sql',
    verifier: 'AB',
    checkPolicy: true,
    checkExpiration: false,
    mustChange: false,
    disabled: false,
    defaultDatabase: 'Acs',
    defaultLanguage: 'us_english',
    moving: {
      created: noon - 30n * day,
      modified: noon - 2n * day,
      passwordLastSet: noon - 2n * day,
      passwordHistory: ['CD'],
      badPasswordCount: 3,
      badPasswordTime: noon - day,
      lockedSince: null,
    },
    ...changed,
  };
}

function permission(
  securable: Pick<PermissionModel, 'class' | 'majorId'>,
  granteeId: number,
  name: string,
  columnId = 0,
): PermissionModel {
  return { ...securable, columnId, permission: name, state: 'GRANT', granteeId, grantorId: 1 };
}

const server = { class: 'SERVER', majorId: 0 } as const;
const moving = { created: noon - 20n * day, modified: noon - 10n * day };
const tableId = 1001;
const keyId = 1002;
const triggerId = 1003;
const doorsId = 1005;

function column(columnId: number, name: string, type: DataType, nullable = false) {
  const collation = type.name === 'nvarchar' ? 'Latin1_General_CI_AS' : undefined;
  return { columnId, name, type, nullable, collation, identity: undefined, default: undefined };
}

const objects: readonly ObjectModel[] = [
  {
    kind: 'table',
    objectId: tableId,
    schemaId: 1,
    name: 'Controllers',
    moving,
    columns: [column(1, 'ControllerId', int), column(2, 'SerialNumber', nvarchar(32)), column(3, 'Asleep', bit, true)],
    keys: [
      { objectId: keyId, name: 'PK_Controllers', kind: 'primary-key', unique: true, clustered: true, columnIds: [1] },
    ],
    foreignKeys: [],
    checks: [],
    identityLast: undefined,
    rows: new Map([
      [1, [1, 'A', null]],
      [2, [2, 'B', true]],
    ]),
  },
  {
    kind: 'trigger',
    objectId: triggerId,
    schemaId: 1,
    name: 'guard',
    moving,
    definition: 'CREATE TRIGGER guard ON Controllers AFTER INSERT, DELETE AS RETURN',
    usesQuotedIdentifier: true,
    usesAnsiNulls: true,
    tableId,
    events: ['INSERT', 'DELETE'],
    insteadOf: false,
    disabled: true,
  },
  {
    kind: 'table',
    objectId: doorsId,
    schemaId: 1,
    name: 'Doors',
    moving,
    columns: [column(1, 'DoorId', int), column(2, 'ControllerId', int)],
    keys: [],
    foreignKeys: [
      {
        objectId: 1006,
        name: 'FK_Doors',
        columnIds: [2],
        referencedObjectId: tableId,
        referencedColumnIds: [1],
        disabled: false,
        trusted: true,
      },
    ],
    checks: [],
    identityLast: undefined,
    rows: new Map(),
  },
];

const principal = (
  principalId: number,
  principalName: string,
  kind: 'user' | 'role',
  fixed: boolean,
  sid?: string,
) => ({
  principalId,
  name: principalName,
  kind,
  sid,
  defaultSchema: kind === 'user' ? 'dbo' : undefined,
  fixed,
  members: [],
  moving,
});

function database(databaseId: number, name: string, changed: Partial<DatabaseModel> = {}): DatabaseModel {
  return {
    databaseId,
    name,
    ownerSid: '01'.repeat(16),
    collation: 'Latin1_General_CI_AS',
    compatibilityLevel: 160,
    recoveryModel: 'FULL',
    access: 'MULTI_USER',
    readOnly: false,
    readCommittedSnapshot: false,
    trustworthy: false,
    recoveryForkGuid: '11111111-1111-1111-1111-111111111111',
    familyGuid: '22222222-2222-2222-2222-222222222222',
    schemas: [{ schemaId: 1, name: 'dbo', ownerId: 1 }],
    objects: [],
    principals: [
      principal(0, 'public', 'role', true),
      principal(1, 'dbo', 'user', true, '01'.repeat(16)),
      principal(2, 'guest', 'user', true),
      principal(16_384, 'db_owner', 'role', true),
      principal(5, 'run', 'user', false, '05'.repeat(16)),
      principal(6, 'reader', 'user', false, '06'.repeat(16)),
      principal(7, 'nobody', 'user', false, '07'.repeat(16)),
    ],
    permissions: [],
    moving: { created: noon - 30n * day, nextObjectId: 2000, nextSchemaId: 5, nextPrincipalId: 8, rowversion: 258n },
    ...changed,
  };
}

export function smallServer(): ServerModel {
  return {
    formatVersion: 1,
    instance: {
      machineName: 'SITE-01',
      instanceName: undefined,
      productVersion: '16.0.4165.4',
      productLevel: 'RTM',
      productUpdateLevel: 'CU16',
      edition: 'Developer Edition (64-bit)',
      engineEdition: 3,
      versionText: 'Training site 16.0.4165.4',
      collation: 'Latin1_General_CI_AS',
      windowsAuthenticationOnly: false,
      forceEncryption: true,
      hostPlatform: 'Linux',
      hostDistribution: 'Simulated',
      configurations: [],
    },
    logins: [
      login(1, 'sa', { disabled: true }),
      login(4, 'admin'),
      login(5, 'run'),
      login(6, 'reader', { checkPolicy: false }),
      login(7, 'nobody'),
    ],
    serverRoles: [
      { principalId: 2, name: 'public', fixed: true, members: [] },
      { principalId: 3, name: 'sysadmin', fixed: true, members: [1, 4] },
    ],
    permissions: [
      permission(server, 2, 'VIEW ANY DATABASE'),
      permission(server, 5, 'VIEW SERVER STATE'),
      permission(server, 5, 'VIEW ANY DEFINITION'),
    ],
    databases: [
      database(1, 'master'),
      database(5, 'Acs', {
        objects: [...objects],
        permissions: [
          permission({ class: 'OBJECT', majorId: tableId }, 6, 'SELECT'),
          permission({ class: 'OBJECT', majorId: doorsId }, 7, 'SELECT', 1),
        ],
      }),
    ],
    backups: [],
    moving: { nextPrincipalId: 8, nextDatabaseId: 6, clockOffsetMs: 0, errorLog: [] },
  };
}

function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw new Error(`The small server has no ${what}.`);
  return thing;
}

function session(model: ServerModel, id: number, name: string): SessionFacts {
  return {
    id,
    login: found(
      model.logins.find((one) => one.name === name),
      name,
    ),
    database: found(model.databases[1], 'second database'),
    hostName: 'PC',
    programName: 'test',
    clientProcessId: 42,
    remoteAddress: '127.0.0.2',
    localAddress: '127.0.0.1',
    localPort: 1433,
    encrypted: true,
    connectTime: noon - 6_000_000_000n,
    loginTime: noon - 600_000_000n,
    lastRequestStart: noon,
    lastRequestEnd: noon,
    connectionId: '33333333-3333-3333-3333-333333333333',
    isolationLevel: 2,
    openTransactions: 0,
    lockTimeoutMs: -1,
    status: id === 51 ? 'running' : 'sleeping',
    blockedBy: 0,
    currentText: 'select 1',
    lastRowCount: 0,
  };
}

/** What the catalogue is told when `name` asks in the database Acs; another session, of reader, is connected. */
export function askedBy(name: string, model = smallServer()): Surroundings {
  const own = session(model, 51, name);
  return {
    model,
    session: own,
    database: own.database,
    sessions: () => [own, session(model, 52, 'reader')],
    listeners: () => [{ address: '127.0.0.1', port: 14_330 }],
    locks: () => [],
    plans: () => [
      {
        handle: 'AB12',
        text: 'SELECT 1',
        databaseId: null,
        objectId: null,
        executions: 3,
        created: noon - day,
        lastExecuted: noon,
      },
    ],
    serverStarted: noon - day,
    now: () => noon,
    rights: rightsOf(model, { kind: 'login', login: own.login }, own.database),
    execution: {
      originalLogin: name,
      caught: undefined,
      rowCount: 0,
      lastError: 0,
      openTransactions: 0,
      transactionState: 0,
      scopeIdentity: null,
      lastIdentity: null,
      nestLevel: 0,
      triggerLevel: 0,
      moduleId: 0,
      noCount: false,
      quotedIdentifier: true,
      ansiNulls: true,
      xactAbort: false,
      textSize: 4096,
    },
  };
}
