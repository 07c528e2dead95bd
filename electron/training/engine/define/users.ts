import type { SecurityStatement } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { DatabaseModel, DatabasePrincipalModel } from '../model.ts';
import { isAllowed } from '../security/permissions.ts';
import { sqlError } from '../sql-error.ts';
import { findLogin, findPrincipal } from '../storage/names.ts';
import type { DefinitionChange } from './definition.ts';
import { objectMoment } from './places.ts';

/** CREATE, ALTER and DROP USER (learn.microsoft.com/sql/t-sql/statements/create-user-transact-sql). */

export function mayChangePrincipals(binding: Binding, permission: string): boolean {
  const { database } = binding;
  return isAllowed(binding.run.server.model, binding.frame.identity, permission, { class: 'DATABASE', database });
}

export function createUser(
  statement: Extract<SecurityStatement, { kind: 'create-user' }>,
  binding: Binding,
): DefinitionChange {
  const { database } = binding;
  const { model } = binding.run.server;
  if (!mayChangePrincipals(binding, 'ALTER ANY USER')) throw sqlError(15_247);
  if (findPrincipal(database, statement.name)) throw sqlError(15_023, statement.name);
  const login = statement.login === undefined ? undefined : findLogin(model, statement.login);
  if (statement.login !== undefined && !login) throw sqlError(15_007, statement.login);
  if (login && database.principals.some((one) => one.sid === login.sid)) throw sqlError(15_063);
  const user = newPrincipal(database, statement.name, 'user', binding);
  user.sid = login?.sid;
  user.defaultSchema = statement.defaultSchema ?? 'dbo';
  return (log) => {
    log.add(database.principals, user);
    if (!login) return;
    log.add(database.permissions, {
      class: 'DATABASE',
      majorId: 0,
      columnId: 0,
      permission: 'CONNECT',
      state: 'GRANT',
      granteeId: user.principalId,
      grantorId: 1,
    });
  };
}

export function newPrincipal(
  database: DatabaseModel,
  name: string,
  kind: 'user' | 'role',
  binding: Binding,
): DatabasePrincipalModel {
  return {
    principalId: database.moving.nextPrincipalId++,
    name,
    kind,
    sid: undefined,
    defaultSchema: undefined,
    fixed: false,
    members: [],
    moving: objectMoment(binding),
  };
}

export function alterUser(
  statement: Extract<SecurityStatement, { kind: 'alter-user' }>,
  binding: Binding,
): DefinitionChange {
  const { database } = binding;
  const user = findPrincipal(database, statement.name);
  if (user?.kind !== 'user' || !mayChangePrincipals(binding, 'ALTER ANY USER')) {
    throw sqlError(15_151, 'alter', 'user', statement.name);
  }
  const { newName, login: loginName, defaultSchema } = statement;
  if (newName !== undefined && findPrincipal(database, newName)) throw sqlError(15_023, newName);
  const login = loginName === undefined ? undefined : findLogin(binding.run.server.model, loginName);
  if (loginName !== undefined && !login) throw sqlError(15_007, loginName);
  return (log) => {
    if (newName !== undefined) log.set(user, 'name', newName);
    if (login) log.set(user, 'sid', login.sid);
    if (defaultSchema !== undefined) log.set(user, 'defaultSchema', defaultSchema);
    log.set(user.moving, 'modified', binding.run.now);
  };
}

export function dropUser(
  statement: Extract<SecurityStatement, { kind: 'drop-user' }>,
  binding: Binding,
): DefinitionChange {
  const user = findPrincipal(binding.database, statement.name);
  if (user?.kind !== 'user') {
    if (statement.ifExists) return () => {};
    throw sqlError(15_151, 'drop', 'user', statement.name);
  }
  if (!mayChangePrincipals(binding, 'ALTER ANY USER')) throw sqlError(15_151, 'drop', 'user', statement.name);
  if (user.fixed) throw sqlError(15_150, 'drop', 'user', user.name);
  return removePrincipal(user, binding);
}

/** 15138 for a principal that owns a schema or is what a module runs as. Its rights and memberships go with it. */
export function removePrincipal(principal: DatabasePrincipalModel, binding: Binding): DefinitionChange {
  const { database } = binding;
  const { principalId } = principal;
  if (database.schemas.some((schema) => schema.ownerId === principalId)) throw sqlError(15_138, 'schema');
  if (database.objects.some((object) => object.kind === 'procedure' && object.executeAs === principalId)) {
    throw sqlError(15_136);
  }
  const rights = database.permissions.filter((one) => one.granteeId === principalId);
  return (log) => {
    for (const permission of rights) log.remove(database.permissions, permission);
    for (const role of database.principals) {
      if (role.members.includes(principalId)) log.remove(role.members, principalId);
    }
    log.remove(database.principals, principal);
  };
}
