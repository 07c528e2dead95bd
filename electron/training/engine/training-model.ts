import { acsReports, acsService, mortiseRun, siteAdmin, trainingDatabase } from '../practice-logins.ts';
import type {
  ColumnModel,
  DatabaseModel,
  DatabasePrincipalModel,
  PermissionModel,
  Row,
  ServerModel,
  TableModel,
} from './model.ts';
import { newDatabase } from './new-database.ts';
import { newLogin, newServer, saSid, serverCollation, serverRight } from './new-server.ts';
import { newObjectId } from './storage/names.ts';
import { controllerRows, doorRows, eventRows } from './training-rows.ts';
import { ticksFromUnixMs } from './values/dates.ts';
import { isText } from './values/facts.ts';
import { bigint, datetime2, int, nvarchar, type DataType } from './values/types.ts';

export interface TrainingModelOptions {
  /** How many controllers the site has; 24 if left out. */
  readonly controllers?: number;
  /** Milliseconds since 1970: what "seen a minute ago" counts from. */
  readonly now?: number;
  readonly machineName?: string;
}

/**
 * The training site's server on its first day: an instance with the database of an access-control system, its
 * controllers, and the logins of everybody who takes part.
 */
export function trainingModel(options: TrainingModelOptions = {}): ServerModel {
  const now = ticksFromUnixMs(options.now ?? Date.now());
  const model = newServer({ machineName: options.machineName ?? 'TRAINING', now });
  const database = newDatabase({
    databaseId: 5,
    name: trainingDatabase,
    ownerSid: saSid,
    collation: serverCollation,
    now,
    recoveryModel: 'FULL',
    recoveryForkGuid: '7C1D3C0E-5B1F-4E57-9B1A-2D6C0F5E8A41',
    familyGuid: '7C1D3C0E-5B1F-4E57-9B1A-2D6C0F5E8A41',
  });
  model.databases.push(database);
  model.moving.nextDatabaseId = 6;
  addTables(database, options.controllers ?? 24, now);
  addLogins(model, database, now);
  return model;
}

function addLogins(model: ServerModel, database: DatabaseModel, now: bigint): void {
  const add = (practice: typeof siteAdmin, index: number, checkPolicy: boolean): number => {
    const principalId = 260 + index;
    const sid = `C0DE000000000000000000000000000${index}`;
    const { login: name, password } = practice;
    model.logins.push(
      newLogin({
        principalId,
        sid,
        name,
        password,
        now,
        checkPolicy,
        defaultDatabase: index === 0 ? 'master' : database.name,
      }),
    );
    model.permissions.push(serverRight('CONNECT SQL', principalId));
    if (index > 0) database.principals.push(user(4 + index, name, sid, now));
    return principalId;
  };
  const admin = add(siteAdmin, 0, true);
  const run = add(mortiseRun, 1, true);
  add(acsService, 2, false);
  add(acsReports, 3, true);
  model.moving.nextPrincipalId = 264;
  database.moving.nextPrincipalId = 8;
  model.serverRoles.find((role) => role.name === 'sysadmin')?.members.push(admin);
  // Mortise's user is number 5.
  database.principals.find((role) => role.name === 'db_backupoperator')?.members.push(5);
  model.permissions.push(serverRight('VIEW SERVER STATE', run), serverRight('VIEW ANY DEFINITION', run));
  const controllers = database.objects.find((object) => object.name === 'Controllers')?.objectId ?? 0;
  for (const granteeId of [5, 6, 7]) database.permissions.push(right('DATABASE', 0, 'CONNECT', granteeId));
  database.permissions.push(right('DATABASE', 0, 'VIEW DATABASE STATE', 5), right('OBJECT', controllers, 'SELECT', 5));
  for (const permission of ['SELECT', 'INSERT', 'UPDATE', 'DELETE']) {
    database.permissions.push(right('SCHEMA', 1, permission, 6));
  }
  database.permissions.push(right('SCHEMA', 1, 'SELECT', 7));
}

function user(principalId: number, name: string, sid: string, now: bigint): DatabasePrincipalModel {
  return {
    principalId,
    name,
    kind: 'user',
    sid,
    defaultSchema: 'dbo',
    fixed: false,
    members: [],
    moving: { created: now, modified: now },
  };
}

function right(
  securable: PermissionModel['class'],
  majorId: number,
  permission: string,
  granteeId: number,
): PermissionModel {
  return { class: securable, majorId, columnId: 0, permission, state: 'GRANT', granteeId, grantorId: 1 };
}

function addTables(database: DatabaseModel, count: number, now: bigint): void {
  const controllers = table(database, 'Controllers', now, [
    ['ControllerId', int, false],
    ['SerialNumber', nvarchar(32), false],
    ['Name', nvarchar(100), false],
    ['Address', nvarchar(64), false],
    ['Model', nvarchar(40), false],
    ['Firmware', nvarchar(20), true],
    ['LastSeenUtc', datetime2(3), true],
  ]);
  const doors = table(database, 'Doors', now, [
    ['DoorId', int, false],
    ['ControllerId', int, false],
    ['Name', nvarchar(100), false],
  ]);
  const events = table(database, 'Events', now, [
    ['EventId', bigint, false],
    ['HappenedUtc', datetime2(3), false],
    ['DoorId', int, true],
    ['Kind', nvarchar(40), false],
    ['Details', nvarchar(400), true],
  ]);
  doors.foreignKeys.push({
    objectId: newObjectId(database),
    name: 'FK_Doors_Controllers',
    columnIds: [2],
    referencedObjectId: controllers.objectId,
    referencedColumnIds: [1],
    disabled: false,
    trusted: true,
  });
  fill(controllers, controllerRows(count, now));
  fill(doors, doorRows(count));
  fill(events, eventRows(count, now));
}

function table(
  database: DatabaseModel,
  name: string,
  now: bigint,
  columns: readonly (readonly [string, DataType, boolean])[],
): TableModel {
  const made: TableModel = {
    kind: 'table',
    objectId: newObjectId(database),
    schemaId: 1,
    name,
    columns: columns.map(([columnName, type, nullable], index): ColumnModel => ({
      columnId: index + 1,
      name: columnName,
      type,
      nullable,
      collation: isText(type) ? serverCollation : undefined,
      identity: name === 'Events' && index === 0 ? { seed: 1n, increment: 1n } : undefined,
      default: undefined,
    })),
    keys: [],
    foreignKeys: [],
    checks: [],
    identityLast: undefined,
    rows: new Map(),
    moving: { created: now, modified: now },
  };
  made.keys.push({
    objectId: newObjectId(database),
    name: `PK_${name}`,
    kind: 'primary-key',
    unique: true,
    clustered: true,
    columnIds: [1],
  });
  database.objects.push(made);
  return made;
}

function fill(table: TableModel, rows: readonly Row[]): void {
  for (const [index, row] of rows.entries()) table.rows.set(index + 1, row);
  if (table.columns[0]?.identity) table.identityLast = BigInt(rows.length);
}
