import type { DatabaseModel, LoginModel, ServerModel } from '../model.ts';
import type { SessionFacts, SystemView } from '../registry.ts';
import { int, nvarchar, smallint, sysname, varbinary } from '../values/types.ts';
import { visibleDatabases } from './databases.ts';
import { type CatalogueObject, visibleObjects } from './objects.ts';
import { command, visibleSessions } from './sessions.ts';
import { loginSid, sidBytes } from './sids.ts';
import {
  codeColumn,
  column,
  dateColumn,
  nameColumn,
  numberColumn,
  required,
  view,
  type ViewDefinition,
} from './view.ts';

/**
 * The views of SQL Server 2000 that engineers still type: sysobjects, sysdatabases, sysprocesses, syslogins.
 * https://learn.microsoft.com/sql/relational-databases/system-compatibility-views/system-compatibility-views-transact-sql
 */

/** As sys.name and, for those who leave the schema out, as dbo.name. */
function both<Item>(definition: ViewDefinition<Item>): readonly SystemView[] {
  return [view({ ...definition, schema: 'sys' }), view({ ...definition, schema: 'dbo' })];
}

function isIn(model: ServerModel, role: string, login: LoginModel): number {
  const found = model.serverRoles.find((one) => one.name.toLowerCase() === role);
  return Number(found?.members.includes(login.principalId) ?? false);
}

export const compatibilityViews: readonly SystemView[] = [
  ...both<CatalogueObject>({
    name: 'sysobjects',
    columns: [
      nameColumn('name', (one) => one.name),
      numberColumn('id', (one) => one.objectId),
      codeColumn('xtype', 2, (one) => one.code),
      column('uid', smallint, (one) => one.schemaId),
      numberColumn('parent_obj', (one) => one.parentId),
      dateColumn('crdate', (one) => one.moving.created),
      // Keys were one kind then.
      codeColumn('type', 2, (one) => (one.code === 'PK' || one.code === 'UQ' ? 'K' : one.code)),
    ],
    items: visibleObjects,
  }),
  ...both<DatabaseModel>({
    name: 'sysdatabases',
    columns: [
      nameColumn('name', (one) => one.name),
      required('dbid', smallint, (one) => one.databaseId),
      column('sid', varbinary(85), (one) => sidBytes(one.ownerSid)),
      numberColumn('status', () => 65_536),
      dateColumn('crdate', (one) => one.moving.created),
      required('cmptlevel', smallint, (one) => one.compatibilityLevel),
    ],
    items: visibleDatabases,
  }),
  ...both<SessionFacts>({
    name: 'sysprocesses',
    columns: [
      required('spid', smallint, (one) => one.id),
      required('blocked', smallint, (one) => one.blockedBy),
      required('dbid', smallint, (one) => one.database.databaseId),
      required('open_tran', smallint, (one) => one.openTransactions),
      required('status', nvarchar(30), (one) => one.status),
      required('hostname', nvarchar(128), (one) => one.hostName),
      required('program_name', nvarchar(128), (one) => one.programName),
      required('hostprocess', nvarchar(10), (one) => String(one.clientProcessId)),
      required('cmd', nvarchar(26), (one) => command(one).slice(0, 26)),
      required('loginame', nvarchar(128), (one) => one.login.name),
      dateColumn('login_time', (one) => one.loginTime),
      dateColumn('last_batch', (one) => one.lastRequestStart),
    ],
    items: visibleSessions,
  }),
  ...both<LoginModel>({
    name: 'syslogins',
    columns: [
      required('sid', varbinary(85), loginSid),
      dateColumn('createdate', (one) => one.moving.created),
      dateColumn('updatedate', (one) => one.moving.modified),
      nameColumn('name', (one) => one.name),
      column('dbname', sysname, (one) => one.defaultDatabase),
      column('language', sysname, (one) => one.defaultLanguage),
      column('denylogin', int, () => 0),
      column('hasaccess', int, () => 1),
      column('isntname', int, (one) => Number(one.kind !== 'sql')),
      nameColumn('loginname', (one) => one.name),
      column('sysadmin', int, (one, { model }) => isIn(model, 'sysadmin', one)),
      column('securityadmin', int, (one, { model }) => isIn(model, 'securityadmin', one)),
    ],
    items: ({ model, rights }) => model.logins.filter((login) => rights.seesLogin(login)),
  }),
];
