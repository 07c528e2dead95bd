import type { NamedPermission, Securable, SecurityStatement } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { findNamed } from '../evaluate/resolve.ts';
import type { DatabaseModel, PermissionModel, SecurableClass } from '../model.ts';
import { isAllowed } from '../security/permissions.ts';
import { isSysadmin, serverPublicId, userIn } from '../security/identity.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import type { ChangeLog } from '../storage/change-log.ts';
import { findDatabase, findLogin, findPrincipal, findSchema } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import type { DefinitionChange } from './definition.ts';

/** GRANT, DENY, REVOKE (learn.microsoft.com/sql/t-sql/statements/grant-transact-sql). */

type PermissionStatement = Extract<SecurityStatement, { kind: 'permission' }>;

/** What permissions are about: where they are kept, and who may give them. */
interface Subject {
  readonly class: SecurableClass;
  readonly majorId: number;
  readonly list: PermissionModel[];
  readonly database: DatabaseModel | undefined;
  columnId(name: string): number;
  readonly mayControl: boolean;
  readonly missing: () => Error;
}

/** Server permissions that are written without ON. */
const onServer = new Set([
  'ADMINISTER BULK OPERATIONS',
  'ALTER ANY CONNECTION',
  'ALTER ANY DATABASE',
  'ALTER ANY LOGIN',
  'ALTER ANY SERVER ROLE',
  'ALTER RESOURCES',
  'ALTER SERVER STATE',
  'ALTER SETTINGS',
  'ALTER TRACE',
  'CONNECT ANY DATABASE',
  'CONNECT SQL',
  'CONTROL SERVER',
  'CREATE ANY DATABASE',
  'SELECT ALL USER SECURABLES',
  'SHUTDOWN',
  'VIEW ANY DATABASE',
  'VIEW ANY DEFINITION',
  'VIEW ANY ERROR LOG',
  'VIEW SERVER PERFORMANCE STATE',
  'VIEW SERVER SECURITY STATE',
  'VIEW SERVER STATE',
]);

const onDatabase = new Set([
  'ALTER',
  'ALTER ANY ROLE',
  'ALTER ANY SCHEMA',
  'ALTER ANY USER',
  'BACKUP DATABASE',
  'BACKUP LOG',
  'CHECKPOINT',
  'CONNECT',
  'CONTROL',
  'CREATE FUNCTION',
  'CREATE PROCEDURE',
  'CREATE ROLE',
  'CREATE SCHEMA',
  'CREATE TABLE',
  'CREATE VIEW',
  'DELETE',
  'EXECUTE',
  'INSERT',
  'REFERENCES',
  'SELECT',
  'SHOWPLAN',
  'UPDATE',
  'VIEW DATABASE PERFORMANCE STATE',
  'VIEW DATABASE SECURITY STATE',
  'VIEW DATABASE STATE',
  'VIEW DEFINITION',
]);

const onContents = new Set([
  'ALTER',
  'CONTROL',
  'DELETE',
  'EXECUTE',
  'IMPERSONATE',
  'INSERT',
  'REFERENCES',
  'SELECT',
  'TAKE OWNERSHIP',
  'UPDATE',
  'VIEW CHANGE TRACKING',
  'VIEW DEFINITION',
]);

export function changePermissions(statement: PermissionStatement, binding: Binding): DefinitionChange {
  const changes = statement.permissions.flatMap((permission) => {
    const subject = subjectOf(statement.securable, permission, binding);
    if (!subject.mayControl) throw subject.missing();
    const columns = permission.columns.length > 0 ? permission.columns : objectColumns(statement.securable);
    const columnIds = columns.length > 0 ? columns.map((name) => subject.columnId(name)) : [0];
    const name = permission.name === 'EXEC' ? 'EXECUTE' : permission.name;
    return statement.principals.flatMap((principal) => {
      const granteeId = granteeOf(principal, subject, statement.action, binding);
      return columnIds.map((columnId) => ({ subject, name, columnId, granteeId }));
    });
  });
  const grantorId = grantor(binding);
  return (log) => {
    for (const { subject, name, columnId, granteeId } of changes) {
      revoke(subject, name, columnId, granteeId, log);
      if (statement.action === 'revoke') continue;
      const state =
        statement.action === 'deny' ? 'DENY' : statement.withGrantOption ? 'GRANT_WITH_GRANT_OPTION' : 'GRANT';
      const { class: securableClass, majorId, list } = subject;
      log.add(list, { class: securableClass, majorId, columnId, permission: name, state, granteeId, grantorId });
    }
  };
}

function grantor(binding: Binding): number {
  const { model } = binding.run.server;
  return userIn(model, binding.frame.identity, binding.database) ?? 1;
}

function revoke(subject: Subject, name: string, columnId: number, granteeId: number, log: ChangeLog): void {
  const { class: securableClass, majorId, list } = subject;
  const old = list.filter(
    (one) =>
      one.class === securableClass &&
      one.majorId === majorId &&
      one.permission === name &&
      one.granteeId === granteeId &&
      // What is granted or revoked for the whole table takes the place of single columns.
      (one.columnId === columnId || columnId === 0),
  );
  for (const permission of old) log.remove(list, permission);
}

function objectColumns(securable: Securable | undefined): readonly string[] {
  return securable?.class === 'object' ? securable.columns : [];
}

function subjectOf(securable: Securable | undefined, permission: NamedPermission, binding: Binding): Subject {
  if (permission.name === 'ALL') throw unknownToTrainingSite('GRANT ALL');
  if (!securable)
    return onServer.has(permission.name) ? serverSubject(binding) : databaseSubject(undefined, permission, binding);
  switch (securable.class) {
    case 'database':
      return databaseSubject(securable.name, permission, binding);
    case 'schema':
      refuseUnknown(permission, onContents);
      return schemaSubject(securable.name, binding);
    case 'object':
      refuseUnknown(permission, onContents);
      return objectSubject(securable, binding);
    case 'login':
    case 'user':
    case 'role':
      throw unknownToTrainingSite(`permissions on a ${securable.class}`);
  }
}

function refuseUnknown(permission: NamedPermission, known: ReadonlySet<string>): void {
  const name = permission.name === 'EXEC' ? 'EXECUTE' : permission.name;
  if (!known.has(name)) throw unknownToTrainingSite(`the permission ${permission.name} there`);
}

function serverSubject(binding: Binding): Subject {
  const { model } = binding.run.server;
  if (!sameName(binding.database.name, 'master')) throw sqlError(4621);
  return {
    class: 'SERVER',
    majorId: 0,
    list: model.permissions,
    database: undefined,
    columnId: () => 0,
    mayControl: isAllowed(model, binding.frame.identity, 'CONTROL SERVER', { class: 'SERVER' }),
    missing: () => sqlError(4613),
  };
}

function databaseSubject(name: string | undefined, permission: NamedPermission, binding: Binding): Subject {
  const { model } = binding.run.server;
  const database = name === undefined ? binding.database : findDatabase(model, name);
  if (!onDatabase.has(permission.name) && permission.name !== 'EXEC') {
    throw unknownToTrainingSite(`the permission ${permission.name}`);
  }
  if (!database || database !== binding.database) throw sqlError(15_151, 'find', 'database', name ?? '');
  return {
    class: 'DATABASE',
    majorId: 0,
    list: database.permissions,
    database,
    columnId: () => 0,
    mayControl: isAllowed(model, binding.frame.identity, 'CONTROL', { class: 'DATABASE', database }),
    missing: () => sqlError(4613),
  };
}

function schemaSubject(name: string, binding: Binding): Subject {
  const { database } = binding;
  const { model } = binding.run.server;
  const schema = findSchema(database, name);
  const hidden = (): Error => sqlError(15_151, 'find', 'schema', name);
  if (!schema) throw hidden();
  const { schemaId } = schema;
  return {
    class: 'SCHEMA',
    majorId: schemaId,
    list: database.permissions,
    database,
    columnId: () => 0,
    mayControl: isAllowed(model, binding.frame.identity, 'CONTROL', { class: 'SCHEMA', database, schemaId }),
    missing: hidden,
  };
}

function objectSubject(securable: Extract<Securable, { class: 'object' }>, binding: Binding): Subject {
  const { model } = binding.run.server;
  const hidden = (): Error => sqlError(15_151, 'find', 'object', securable.name.parts.at(-1) ?? '');
  const found = findNamed(securable.name, binding);
  if (found?.kind !== 'object' || found.object.kind === 'trigger') throw hidden();
  const { database, object } = found;
  const { objectId } = object;
  return {
    class: 'OBJECT',
    majorId: objectId,
    list: database.permissions,
    database,
    columnId: (name) => {
      const column = object.kind === 'table' ? object.columns.find((one) => sameName(one.name, name)) : undefined;
      if (!column) throw sqlError(1911, name);
      return column.columnId;
    },
    mayControl: isAllowed(model, binding.frame.identity, 'CONTROL', { class: 'OBJECT', database, objectId }),
    missing: hidden,
  };
}

function granteeOf(name: string, subject: Subject, action: PermissionStatement['action'], binding: Binding): number {
  const { model } = binding.run.server;
  const { database } = subject;
  if (!database) {
    if (sameName(name, 'public')) return serverPublicId;
    const login = findLogin(model, name);
    const role = model.serverRoles.find((one) => sameName(one.name, name));
    const id = login?.principalId ?? role?.principalId;
    if (id === undefined) throw sqlError(15_151, 'find', 'login', name);
    return id;
  }
  const principal = findPrincipal(database, name);
  if (!principal) throw sqlError(15_151, 'find', 'user', name);
  const isSelf = principal.principalId === userIn(model, binding.frame.identity, database);
  const untouchable = principal.name === 'dbo' || principal.name === 'sys' || principal.name === 'INFORMATION_SCHEMA';
  if (untouchable || (isSelf && !isSysadmin(model, binding.frame.identity))) throw sqlError(4604, action.toUpperCase());
  return principal.principalId;
}
