import type { DatabaseModel, LoginModel, ServerModel } from '../model.ts';
import { findPrincipal, principalById } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';

/**
 * In whose name code runs. At the door that is a login; inside a module with EXECUTE AS it is a user of one database,
 * who has no rights on the server or in other databases (learn.microsoft.com/sql/t-sql/statements/execute-as-clause-transact-sql).
 */
export type Identity =
  | { readonly kind: 'login'; readonly login: LoginModel }
  | { readonly kind: 'user'; readonly databaseId: number; readonly principalId: number; readonly name: string };

/** The id of dbo, of guest and of public in every database. */
export const dboId = 1;
export const guestId = 2;
export const publicId = 0;
/** sa, sysadmin and public of the server. */
export const saId = 1;
export const serverPublicId = 2;
export const sysadminId = 3;

export function inServerRole(model: ServerModel, login: LoginModel, role: string): boolean {
  if (sameName(role, 'public')) return true;
  const found = model.serverRoles.find((candidate) => sameName(candidate.name, role));
  return found?.members.includes(login.principalId) ?? false;
}

export function isSysadmin(model: ServerModel, identity: Identity): boolean {
  return (
    identity.kind === 'login' &&
    (identity.login.principalId === saId || inServerRole(model, identity.login, 'sysadmin'))
  );
}

/** The server principals whose grants count: the login itself, its roles, public. */
export function serverTokens(model: ServerModel, identity: Identity): ReadonlySet<number> {
  if (identity.kind === 'user') return new Set([serverPublicId]);
  const id = identity.login.principalId;
  const roles = model.serverRoles.filter((role) => role.members.includes(id)).map((role) => role.principalId);
  return new Set([id, serverPublicId, ...roles]);
}

/** The user that an identity is in a database; undefined where it may not enter. */
export function userIn(model: ServerModel, identity: Identity, database: DatabaseModel): number | undefined {
  if (identity.kind === 'user') {
    if (identity.databaseId === database.databaseId) return identity.principalId;
    return guestEnabled(database) ? guestId : undefined;
  }
  if (isSysadmin(model, identity) || identity.login.sid === database.ownerSid) return dboId;
  const user = database.principals.find((principal) => principal.sid === identity.login.sid);
  if (user) return user.principalId;
  return guestEnabled(database) ? guestId : undefined;
}

function guestEnabled(database: DatabaseModel): boolean {
  return database.permissions.some(
    (one) => one.granteeId === guestId && one.permission === 'CONNECT' && one.state !== 'DENY',
  );
}

/** The user, its roles (through other roles too) and public. */
export function databaseTokens(database: DatabaseModel, userId: number): ReadonlySet<number> {
  const tokens = new Set([userId, publicId]);
  for (;;) {
    const before = tokens.size;
    for (const role of database.principals) {
      if (role.members.some((member) => tokens.has(member))) tokens.add(role.principalId);
    }
    if (tokens.size === before) return tokens;
  }
}

export function inDatabaseRole(database: DatabaseModel, userId: number, role: string): boolean | undefined {
  const found = findPrincipal(database, role);
  if (!found || found.kind !== 'role') return undefined;
  // dbo is a member of db_owner without being listed.
  if (userId === dboId && sameName(role, 'db_owner')) return true;
  return databaseTokens(database, userId).has(found.principalId);
}

export function identityName(identity: Identity): string {
  return identity.kind === 'login' ? identity.login.name : identity.name;
}

export function userName(database: DatabaseModel, userId: number | undefined): string {
  return (userId === undefined ? undefined : principalById(database, userId)?.name) ?? '';
}
