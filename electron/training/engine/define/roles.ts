import type { SecurityStatement } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { isAllowed } from '../security/permissions.ts';
import { isSysadmin, publicId } from '../security/identity.ts';
import { sqlError } from '../sql-error.ts';
import { findLogin, findPrincipal } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import type { DefinitionChange } from './definition.ts';
import { mayChangePrincipals, newPrincipal, removePrincipal } from './users.ts';

/** CREATE, ALTER and DROP ROLE, ALTER SERVER ROLE (learn.microsoft.com/sql/t-sql/statements/alter-role-transact-sql). */
export function createRole(
  statement: Extract<SecurityStatement, { kind: 'create-role' }>,
  binding: Binding,
): DefinitionChange {
  const { database } = binding;
  if (!mayChangePrincipals(binding, 'CREATE ROLE')) throw sqlError(15_247);
  if (findPrincipal(database, statement.name)) throw sqlError(15_023, statement.name);
  const role = newPrincipal(database, statement.name, 'role', binding);
  return (log) => log.add(database.principals, role);
}

export function dropRole(
  statement: Extract<SecurityStatement, { kind: 'drop-role' }>,
  binding: Binding,
): DefinitionChange {
  const role = findPrincipal(binding.database, statement.name);
  if (role?.kind !== 'role') {
    if (statement.ifExists) return () => {};
    throw sqlError(15_151, 'drop', 'role', statement.name);
  }
  if (!mayChangePrincipals(binding, 'ALTER ANY ROLE')) throw sqlError(15_151, 'drop', 'role', statement.name);
  if (role.fixed) throw sqlError(15_150, 'drop', 'role', role.name);
  if (role.members.length > 0) throw sqlError(15_144);
  return removePrincipal(role, binding);
}

export function alterRole(
  statement: Extract<SecurityStatement, { kind: 'alter-role' }>,
  binding: Binding,
): DefinitionChange {
  return statement.scope === 'server' ? alterServerRole(statement, binding) : alterDatabaseRole(statement, binding);
}

type AlterRole = Extract<SecurityStatement, { kind: 'alter-role' }>;

function alterDatabaseRole(statement: AlterRole, binding: Binding): DefinitionChange {
  const { database } = binding;
  const role = findPrincipal(database, statement.name);
  // Only db_owner changes who is in a fixed role.
  const needed = role?.fixed === true ? 'CONTROL' : 'ALTER ANY ROLE';
  if (role?.kind !== 'role' || !mayChangePrincipals(binding, needed)) {
    throw sqlError(15_151, 'alter', 'role', statement.name);
  }
  const { action } = statement;
  if (action.kind === 'rename') {
    if (role.fixed) throw sqlError(15_150, 'alter', 'role', role.name);
    return (log) => log.set(role, 'name', action.newName);
  }
  if (role.principalId === publicId) throw sqlError(15_081);
  const member = findPrincipal(database, action.member);
  if (!member) throw sqlError(15_151, action.kind === 'add-member' ? 'add' : 'drop', 'principal', action.member);
  const { principalId } = member;
  return (log) => {
    if (action.kind === 'drop-member') log.remove(role.members, principalId);
    else if (!role.members.includes(principalId)) log.add(role.members, principalId);
  };
}

function alterServerRole(statement: AlterRole, binding: Binding): DefinitionChange {
  const { model } = binding.run.server;
  const { identity } = binding.frame;
  const role = model.serverRoles.find((one) => sameName(one.name, statement.name));
  const hidden = sqlError(15_151, 'alter', 'server role', statement.name);
  if (!role) throw hidden;
  const { action } = statement;
  if (action.kind === 'rename') throw sqlError(15_150, 'alter', 'server role', role.name);
  const login = findLogin(model, action.member);
  const isMember =
    isSysadmin(model, identity) ||
    (role.name !== 'sysadmin' && isAllowed(model, identity, 'ALTER ANY SERVER ROLE', { class: 'SERVER' }));
  if (!isMember) throw hidden;
  if (!login) throw sqlError(15_151, action.kind === 'add-member' ? 'add' : 'drop', 'principal', action.member);
  return (log) => {
    if (action.kind === 'drop-member') log.remove(role.members, login.principalId);
    else if (!role.members.includes(login.principalId)) log.add(role.members, login.principalId);
  };
}
