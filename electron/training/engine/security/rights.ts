import type { DatabaseModel, LoginModel, ServerModel } from '../model.ts';
import type { Rights } from '../registry.ts';
import { findLogin, objectById } from '../storage/names.ts';
import {
  databaseTokens,
  identityName,
  inDatabaseRole,
  inServerRole,
  isSysadmin,
  userIn,
  userName,
  type Identity,
} from './identity.ts';
import { isAllowed } from './permissions.ts';

/** The permission questions of one identity, with the session's database where none is named. */
export function rightsOf(model: ServerModel, identity: Identity, current: DatabaseModel): Rights {
  const user = (database: DatabaseModel = current): number | undefined => userIn(model, identity, database);
  const may = (permission: string, securable: Parameters<typeof isAllowed>[3]): boolean =>
    isAllowed(model, identity, permission, securable);
  return {
    loginName: identityName(identity),
    userName: (database = current) => userName(database, user(database)),
    userId: user,
    isSysadmin: () => isSysadmin(model, identity),
    inServerRole: (role, login) => serverRoleAnswer(model, identity, role, login),
    inDatabaseRole: (role, database = current) => {
      const id = user(database);
      return id === undefined ? undefined : inDatabaseRole(database, id, role);
    },
    onServer: (permission) => may(permission, { class: 'SERVER' }),
    onDatabase: (permission, database = current) => may(permission, { class: 'DATABASE', database }),
    onSchema: (permission, schemaId, database = current) => may(permission, { class: 'SCHEMA', database, schemaId }),
    onObject: (permission, objectId, database = current) => may(permission, { class: 'OBJECT', database, objectId }),
    onColumn: (permission, objectId, columnId, database = current) =>
      may(permission, { class: 'OBJECT', database, objectId, columnId }),
    seesObject: (objectId, database = current) => seesObject(model, identity, objectId, database),
    seesLogin: (login) => seesLogin(model, identity, login),
    mayEnter: (database) => user(database) !== undefined,
  };
}

function serverRoleAnswer(
  model: ServerModel,
  identity: Identity,
  role: string,
  loginName: string | undefined,
): boolean | undefined {
  const login =
    loginName === undefined ? (identity.kind === 'login' ? identity.login : undefined) : findLogin(model, loginName);
  if (!login) return undefined;
  const known =
    role.toLowerCase() === 'public' || model.serverRoles.some((one) => one.name.toLowerCase() === role.toLowerCase());
  return known ? inServerRole(model, login, role) : undefined;
}

const anyRight = ['VIEW DEFINITION', 'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'REFERENCES', 'ALTER'];

/** Metadata visibility: an object is seen by whoever has some right on it, on a column of it or through its container. */
function seesObject(model: ServerModel, identity: Identity, objectId: number, database: DatabaseModel): boolean {
  const object = objectById(database, objectId);
  const target = object?.kind === 'trigger' ? object.tableId : objectId;
  const securable = { class: 'OBJECT' as const, database, objectId: target };
  if (anyRight.some((permission) => isAllowed(model, identity, permission, securable))) return true;
  const userId = userIn(model, identity, database);
  if (userId === undefined) return false;
  const tokens = databaseTokens(database, userId);
  return database.permissions.some(
    (one) => one.class === 'OBJECT' && one.majorId === target && one.state !== 'DENY' && tokens.has(one.granteeId),
  );
}

/** Without VIEW ANY DEFINITION or ALTER ANY LOGIN one sees oneself and sa. */
function seesLogin(model: ServerModel, identity: Identity, login: LoginModel): boolean {
  if (login.principalId === 1) return true;
  if (identity.kind === 'login' && identity.login === login) return true;
  return (
    isAllowed(model, identity, 'VIEW ANY DEFINITION', { class: 'SERVER' }) ||
    isAllowed(model, identity, 'ALTER ANY LOGIN', { class: 'SERVER' })
  );
}
