import { beforeAll, describe, expect, it } from 'vitest';
import { registerCatalogue } from '#electron/training/engine/catalogue/catalogue.ts';
import { splitName } from '#electron/training/engine/catalogue/text-names.ts';
import {
  allViews,
  findFunction,
  findProcedure,
  findView,
  type Surroundings,
} from '#electron/training/engine/registry.ts';
import { roundToDatetime } from '#electron/training/engine/values/dates.ts';
import { nvarchar, type Value } from '#electron/training/engine/values/types.ts';
import { askedBy, noon } from './small-server.ts';

beforeAll(registerCatalogue);

type Row = Readonly<Record<string, Value>>;

function rows(name: string, surroundings: Surroundings, database = 'Acs'): readonly Row[] {
  const [schema = '', view = ''] = name.split('.');
  const found = findView(database, schema, view);
  if (found === undefined) throw new Error(`No view ${name}.`);
  return [...found.rows(surroundings)].map((row) =>
    Object.fromEntries(found.columns.map((column, index) => [column.name, row[index] ?? null])),
  );
}

function column(name: string, of: string, surroundings: Surroundings): readonly Value[] {
  return rows(name, surroundings).map((row) => row[of] ?? null);
}

/** Calls a function with constants, as the evaluator would. */
function call(name: string, surroundings: Surroundings, ...args: readonly Value[]): Value {
  const found = findFunction(name);
  if (found === undefined) throw new Error(`No function ${name}.`);
  const facts = args.map((constant) => ({ type: nvarchar(128), constant }));
  return found.nullIn === true && args.includes(null) ? null : found.evaluate(args, surroundings, facts);
}

function typeOf(name: string, ...constants: readonly (Value | undefined)[]): string | undefined {
  const type = findFunction(name)?.type;
  const facts = constants.map((constant) => ({ type: nvarchar(128), constant }));
  return typeof type === 'function' ? type(facts).name : type?.name;
}

describe('the system views of the training server', () => {
  it('have no column twice and a value of the right kind in each, for every view', () => {
    for (const view of allViews()) {
      const names = view.columns.map((one) => one.name.toLowerCase());
      expect(new Set(names).size, view.name).toBe(names.length);
      for (const row of view.rows(askedBy('admin'))) {
        expect(row.length, view.name).toBe(view.columns.length);
        for (const [index, value] of row.entries()) {
          const one = view.columns[index];
          const at = `${view.schema}.${view.name}.${one?.name}`;
          expect(value === null && one?.nullable === false, `${at} is NULL`).toBe(false);
          expect(value === undefined || !fits(value, one?.type.name ?? ''), `${at}: ${String(value)}`).toBe(false);
        }
      }
    }
  });

  it('show tables, triggers with their events, and keys to whoever has rights on them', () => {
    const asked = askedBy('run');
    expect(column('sys.tables', 'name', asked)).toEqual(['Controllers', 'Doors']);
    expect(column('sys.objects', 'type', asked)).toEqual(['U ', 'PK', 'TR', 'U ', 'F ']);
    expect(rows('sys.triggers', asked)).toMatchObject([{ name: 'guard', parent_id: 1001, is_disabled: true }]);
    expect(column('sys.trigger_events', 'type_desc', asked)).toEqual(['INSERT', 'DELETE']);
    expect(rows('sys.foreign_keys', asked)).toMatchObject([{ name: 'FK_Doors', referenced_object_id: 1001 }]);
    expect(column('sys.indexes', 'type_desc', asked)).toEqual(['CLUSTERED', 'HEAP']);
  });

  it('hide an object from a login without any right on it, and show one with a right on a single column', () => {
    expect(column('sys.tables', 'name', askedBy('reader'))).toEqual(['Controllers']);
    expect(column('sys.tables', 'name', askedBy('nobody'))).toEqual(['Doors']);
    expect(column('sys.triggers', 'name', askedBy('nobody'))).toEqual([]);
    expect(column('sys.columns', 'name', askedBy('nobody'))).toEqual(['DoorId', 'ControllerId']);
    expect(column('sys.indexes', 'object_id', askedBy('nobody'))).toEqual([1005]);
  });

  it("keep a module's text from whoever lacks VIEW DEFINITION", () => {
    expect(column('sys.sql_modules', 'definition', askedBy('run'))).toEqual([
      expect.stringContaining('CREATE TRIGGER'),
    ]);
    expect(column('sys.sql_modules', 'definition', askedBy('reader'))).toEqual([null]);
  });

  it('show a login only itself and sa, unless it has VIEW ANY DEFINITION', () => {
    expect(column('sys.sql_logins', 'name', askedBy('reader'))).toEqual(['sa', 'reader']);
    expect(column('sys.sql_logins', 'name', askedBy('run'))).toEqual(['sa', 'admin', 'run', 'reader', 'nobody']);
    expect(column('sys.server_principals', 'name', askedBy('reader'))).toEqual(['sa', 'public', 'sysadmin', 'reader']);
  });

  it('show a session only itself, unless its login has VIEW SERVER STATE', () => {
    expect(column('sys.dm_exec_sessions', 'session_id', askedBy('run'))).toEqual([51, 52]);
    expect(column('sys.dm_exec_sessions', 'session_id', askedBy('nobody'))).toEqual([51]);
    expect(findView('Acs', 'sys', 'dm_exec_connections')?.requires?.permission).toBe('VIEW SERVER STATE');
  });

  it('tell how a connection came in', () => {
    const [own] = rows('sys.dm_exec_connections', askedBy('run'));
    expect(own).toMatchObject({ encrypt_option: 'TRUE', client_net_address: '127.0.0.2', net_transport: 'TCP' });
    expect(rows('sys.dm_tcp_listener_states', askedBy('run'))).toMatchObject([{ port: 14_330, state_desc: 'ONLINE' }]);
    expect(column('sys.dm_exec_requests', 'command', askedBy('run'))).toEqual(['SELECT']);
  });

  it('give lengths in bytes and precisions as SQL Server counts them', () => {
    const [, serial] = rows('sys.columns', askedBy('run'));
    expect(serial).toMatchObject({
      name: 'SerialNumber',
      max_length: 64,
      system_type_id: 231,
      collation_name: 'Latin1_General_CI_AS',
    });
    const types = rows('sys.types', askedBy('run'));
    expect(types.find((one) => one['name'] === 'datetime2')).toMatchObject({ max_length: 8, precision: 27, scale: 7 });
    expect(types.find((one) => one['name'] === 'decimal')).toMatchObject({ max_length: 17, precision: 38 });
    expect(types.find((one) => one['name'] === 'sysname')).toMatchObject({ system_type_id: 231, user_type_id: 256 });
    const [, shown] = rows('INFORMATION_SCHEMA.COLUMNS', askedBy('run'));
    expect(shown).toMatchObject({ DATA_TYPE: 'nvarchar', CHARACTER_MAXIMUM_LENGTH: 32, IS_NULLABLE: 'NO' });
  });

  it('name dbo a member of db_owner', () => {
    expect(rows('sys.database_role_members', askedBy('run'))).toEqual([
      { role_principal_id: 16_384, member_principal_id: 1 },
    ]);
  });

  it('have the history of backups in msdb only', () => {
    expect(findView('Acs', 'dbo', 'backupset')).toBeUndefined();
    expect(rows('dbo.backupset', askedBy('admin'), 'msdb')).toEqual([]);
  });
});

describe('the property functions of the training server', () => {
  it.each([
    ['dbo.Controllers', undefined, 1001],
    ['[dbo].[controllers]', 'U', 1001],
    ['Controllers', 'TR', null],
    ['guard', 'TR', 1003],
    ['Acs..Controllers', undefined, 1001],
    ['dbo.FK_Doors', 'F', 1006],
    ['dbo.FK_Doors', 'U', null],
    ['master.dbo.Controllers', undefined, null],
    ['nowhere.Controllers', undefined, null],
    ['', undefined, null],
  ])('OBJECT_ID(%s, %s) is %s', (name, kind, expected) => {
    expect(call('OBJECT_ID', askedBy('run'), ...[name, kind].filter((one) => one !== undefined))).toBe(expected);
  });

  it('OBJECT_ID answers NULL for what the asker may not see', () => {
    expect(call('OBJECT_ID', askedBy('reader'), 'dbo.Doors')).toBeNull();
    expect(call('OBJECT_NAME', askedBy('reader'), 1005)).toBeNull();
    expect(call('OBJECT_NAME', askedBy('run'), 1005)).toBe('Doors');
  });

  it('takes names apart as SQL Server does', () => {
    expect(splitName('a.[b.c]."d""e"')).toEqual(['a', 'b.c', 'd"e']);
    expect(splitName('[x]]y]')).toEqual(['x]y']);
    expect(splitName('a..b')).toEqual(['a', '', 'b']);
    expect(splitName('a.')).toBeUndefined();
    expect(splitName('[a')).toBeUndefined();
    expect(splitName('a.b.c.d.e')).toBeUndefined();
  });

  it("answer a property in the property's own type where its name is a constant, as text otherwise", () => {
    expect(typeOf('LOGINPROPERTY', undefined, 'IsLocked')).toBe('int');
    expect(typeOf('LOGINPROPERTY', undefined, 'passwordlastsettime')).toBe('datetime');
    expect(typeOf('LOGINPROPERTY', undefined, undefined)).toBe('nvarchar');
    expect(typeOf('SERVERPROPERTY', 'Edition')).toBe('nvarchar');
  });

  it('LOGINPROPERTY tells of logins that the asker sees', () => {
    const asked = askedBy('run');
    expect(call('LOGINPROPERTY', asked, 'admin', 'BadPasswordCount')).toBe(3);
    expect(call('LOGINPROPERTY', asked, 'admin', 'IsLocked')).toBe(0);
    expect(call('LOGINPROPERTY', asked, 'admin', 'PasswordLastSetTime')).toBe(
      roundToDatetime(noon - 2n * 864_000_000_000n),
    );
    expect(call('LOGINPROPERTY', asked, 'admin', 'NoSuchProperty')).toBeNull();
    expect(call('LOGINPROPERTY', askedBy('reader'), 'admin', 'IsLocked')).toBeNull();
  });

  it('LOGINPROPERTY calls a login locked for ten minutes, and expired after 42 days', () => {
    const asked = askedBy('run');
    const minute = 600_000_000n;
    const state = (property: string, since: bigint): Value => {
      const login = asked.model.logins.find((one) => one.name === 'admin');
      if (login === undefined) throw new Error('No admin.');
      login.checkExpiration = true;
      login.moving.lockedSince = noon - since;
      login.moving.passwordLastSet = noon - since;
      return call('LOGINPROPERTY', asked, 'admin', property);
    };
    expect([state('IsLocked', 9n * minute), state('IsLocked', 10n * minute)]).toEqual([1, 0]);
    expect([state('IsExpired', 42n * 1440n * minute), state('IsExpired', 43n * 1440n * minute)]).toEqual([0, 1]);
    expect([state('DaysUntilExpiration', 0n), state('DaysUntilExpiration', 50n * 1440n * minute)]).toEqual([42, 0]);
  });

  it('SERVERPROPERTY and @@functions tell of the instance', () => {
    const asked = askedBy('reader');
    expect(call('SERVERPROPERTY', asked, 'ProductMajorVersion')).toBe('16');
    expect(call('SERVERPROPERTY', asked, 'IsIntegratedSecurityOnly')).toBe(0);
    expect(call('SERVERPROPERTY', asked, 'InstanceName')).toBeNull();
    expect(call('@@SERVERNAME', asked)).toBe('SITE-01');
    expect(call('@@SERVICENAME', asked)).toBe('MSSQLSERVER');
    expect(call('@@MICROSOFTVERSION', asked)).toBe(0x10_00_10_45);
    expect(call('CONNECTIONPROPERTY', asked, 'client_net_address')).toBe('127.0.0.2');
  });

  it('tell who one is and in which roles', () => {
    expect(call('ORIGINAL_LOGIN', askedBy('run'))).toBe('run');
    expect(call('USER_NAME', askedBy('admin'))).toBe('dbo');
    expect(call('USER_NAME', askedBy('run'))).toBe('run');
    expect(call('IS_SRVROLEMEMBER', askedBy('admin'), 'sysadmin')).toBe(1);
    expect(call('IS_SRVROLEMEMBER', askedBy('run'), 'sysadmin')).toBe(0);
    expect(call('IS_SRVROLEMEMBER', askedBy('run'), 'sysadmin', 'admin')).toBe(1);
    expect(call('IS_SRVROLEMEMBER', askedBy('run'), 'nosuchrole')).toBeNull();
    expect(call('IS_MEMBER', askedBy('admin'), 'db_owner')).toBe(1);
    expect(call('IS_MEMBER', askedBy('run'), 'db_owner')).toBe(0);
    expect(call('SUSER_SNAME', askedBy('run'), Uint8Array.from(Buffer.from('04'.repeat(16), 'hex')))).toBe('admin');
  });

  it.each([
    ['run', null, null, 'VIEW SERVER STATE', 1],
    ['reader', null, null, 'VIEW SERVER STATE', 0],
    ['reader', 'dbo.Controllers', 'OBJECT', 'SELECT', 1],
    ['reader', 'dbo.Controllers', 'OBJECT', 'DELETE', 0],
    ['reader', 'dbo.Controllers', 'object', 'ANY', 1],
    ['reader', 'dbo.Nothing', 'OBJECT', 'SELECT', null],
    ['admin', 'Acs', 'DATABASE', 'CONTROL', 1],
    ['reader', 'Acs', 'DATABASE', 'CONTROL', 0],
    ['reader', 'dbo', 'SCHEMA', 'SELECT', 0],
    ['reader', 'x', 'NOCLASS', 'SELECT', null],
  ])('HAS_PERMS_BY_NAME for %s on %s (%s) of %s is %s', (who, securable, word, permission, expected) => {
    expect(call('HAS_PERMS_BY_NAME', askedBy(who), securable, word, permission)).toBe(expected);
  });

  it('HAS_PERMS_BY_NAME judges a single column', () => {
    const answers = ['DoorId', 'ControllerId', 'none'].map((one) =>
      call('HAS_PERMS_BY_NAME', askedBy('nobody'), 'dbo.Doors', 'OBJECT', 'SELECT', one, 'COLUMN'),
    );
    expect(answers).toEqual([1, 0, null]);
  });

  it('name databases and their properties', () => {
    const asked = askedBy('reader');
    expect([call('DB_ID', asked), call('DB_ID', asked, 'MASTER'), call('DB_ID', asked, 'x')]).toEqual([5, 1, null]);
    expect([call('DB_NAME', asked), call('DB_NAME', asked, 1)]).toEqual(['Acs', 'master']);
    expect(call('DATABASEPROPERTYEX', asked, 'Acs', 'UserAccess')).toBe('MULTI_USER');
    expect(call('SCHEMA_NAME', asked, 1)).toBe('dbo');
    expect(call('OBJECTPROPERTY', askedBy('run'), 1003, 'ExecIsTriggerDisabled')).toBe(1);
    expect(call('OBJECTPROPERTY', askedBy('run'), 1001, 'TableHasPrimaryKey')).toBe(1);
    expect(call('COL_LENGTH', askedBy('run'), 'dbo.Controllers', 'SerialNumber')).toBe(64);
  });
});

describe('the system procedures of the training server', () => {
  it('sp_who shows who is connected, all of them or one', () => {
    expect(answered('sp_who', askedBy('run')).map(([spid]) => spid)).toEqual([51, 52]);
    expect(answered('sp_who', askedBy('run'), 'reader').map(([spid]) => spid)).toEqual([52]);
    expect(answered('sp_who', askedBy('nobody')).map(([spid]) => spid)).toEqual([51]);
  });

  it('sp_readerrorlog is for administrators, and finds lines by their text', () => {
    const asked = askedBy('admin');
    asked.model.moving.errorLog.push(
      { at: noon, source: 'Logon', text: "Login failed for user 'x'." },
      { at: noon, source: 'Server', text: 'Started.' },
    );
    expect(answered('sp_readerrorlog', asked, 0, 1, 'login FAILED')).toEqual([
      [noon, 'Logon', "Login failed for user 'x'."],
    ]);
    expect(answered('sp_readerrorlog', asked, 0, 2)).toEqual([]);
    expect(() => answered('sp_readerrorlog', askedBy('run'))).toThrow(/permission/u);
  });
});

function answered(name: string, surroundings: Surroundings, ...args: readonly Value[]): readonly (readonly Value[])[] {
  const found = findProcedure(name);
  if (found === undefined) throw new Error(`No procedure ${name}.`);
  const values = found.parameters.map((parameter, index) => args[index] ?? parameter.default ?? null);
  return [...found.execute(values, surroundings).rows];
}

/** Whether the engine holds a value of that type so. */
function fits(value: Value, type: string): boolean {
  if (value === null) return true;
  if (type === 'bit') return typeof value === 'boolean';
  if (['tinyint', 'smallint', 'int', 'float'].includes(type)) return typeof value === 'number';
  if (['bigint', 'decimal', 'datetime'].includes(type)) return typeof value === 'bigint';
  if (['varbinary', 'binary'].includes(type)) return value instanceof Uint8Array;
  return typeof value === 'string';
}
