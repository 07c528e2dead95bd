import type { DatabaseModel, PermissionModel, ServerModel } from '../model.ts';
import { objectById, ownerOf, principalById } from '../storage/names.ts';
import { databaseTokens, dboId, isSysadmin, serverTokens, userIn, type Identity } from './identity.ts';

/**
 * Effective permissions (learn.microsoft.com/sql/relational-databases/security/permissions-database-engine): what is
 * asked on a securable is also given by the permissions that cover it there and on what contains it; a DENY on any of
 * them wins over every GRANT, except for sysadmin, dbo and the owner.
 */
export type Securable =
  | { readonly class: 'SERVER' }
  | { readonly class: 'DATABASE'; readonly database: DatabaseModel }
  | { readonly class: 'SCHEMA'; readonly database: DatabaseModel; readonly schemaId: number }
  | {
      readonly class: 'OBJECT';
      readonly database: DatabaseModel;
      readonly objectId: number;
      readonly columnId?: number;
    };

/** Server permissions that give others (CONTROL SERVER gives all). */
const serverCovering: Readonly<Record<string, readonly string[]>> = {
  'VIEW SERVER STATE': ['ALTER SERVER STATE'],
  'VIEW ANY DATABASE': ['CREATE ANY DATABASE', 'ALTER ANY DATABASE'],
  'CREATE ANY DATABASE': ['ALTER ANY DATABASE'],
};

/** What on the server gives a permission in every database. */
const fromServer: Readonly<Record<string, string>> = {
  'VIEW DEFINITION': 'VIEW ANY DEFINITION',
  'VIEW DATABASE STATE': 'VIEW SERVER STATE',
  CONNECT: 'CONNECT ANY DATABASE',
  SELECT: 'SELECT ALL USER SECURABLES',
  ALTER: 'ALTER ANY DATABASE',
};

/** What in the database gives a permission there; CONTROL gives all. */
const databaseCovering: Readonly<Record<string, readonly string[]>> = {
  'CREATE TABLE': ['ALTER'],
  'CREATE VIEW': ['ALTER'],
  'CREATE PROCEDURE': ['ALTER'],
  'CREATE FUNCTION': ['ALTER'],
  'CREATE SCHEMA': ['ALTER ANY SCHEMA', 'ALTER'],
  'CREATE ROLE': ['ALTER ANY ROLE', 'ALTER'],
  'ALTER ANY SCHEMA': ['ALTER'],
  'ALTER ANY USER': ['ALTER'],
  'ALTER ANY ROLE': ['ALTER'],
  CONNECT: ['CONNECT REPLICATION'],
};

/** What the fixed database roles may do, as the page of database-level roles lists it. */
const fixedRoles: Readonly<Record<string, readonly string[]>> = {
  db_owner: ['CONTROL'],
  db_datareader: ['SELECT'],
  db_datawriter: ['INSERT', 'UPDATE', 'DELETE'],
  db_ddladmin: [
    'ALTER ANY SCHEMA',
    'CREATE TABLE',
    'CREATE VIEW',
    'CREATE PROCEDURE',
    'CREATE FUNCTION',
    'CREATE SCHEMA',
    'REFERENCES',
  ],
  db_securityadmin: ['ALTER ANY ROLE', 'CREATE SCHEMA', 'VIEW DEFINITION'],
  db_accessadmin: ['ALTER ANY USER', 'CREATE SCHEMA', 'CONNECT'],
  db_backupoperator: ['BACKUP DATABASE', 'BACKUP LOG', 'CHECKPOINT'],
};
const denyingRoles: Readonly<Record<string, readonly string[]>> = {
  db_denydatareader: ['SELECT'],
  db_denydatawriter: ['INSERT', 'UPDATE', 'DELETE'],
};
const fixedServerRoles: Readonly<Record<string, readonly string[]>> = {
  securityadmin: ['ALTER ANY LOGIN'],
  processadmin: ['ALTER ANY CONNECTION', 'ALTER SERVER STATE'],
  serveradmin: ['ALTER SERVER STATE', 'ALTER SETTINGS', 'SHUTDOWN'],
  dbcreator: ['ALTER ANY DATABASE', 'CREATE ANY DATABASE'],
  diskadmin: ['ALTER RESOURCES'],
  bulkadmin: ['ADMINISTER BULK OPERATIONS'],
};

type Verdict = 'granted' | 'denied' | 'silent';

export function isAllowed(model: ServerModel, identity: Identity, permission: string, securable: Securable): boolean {
  if (isSysadmin(model, identity)) return true;
  if (securable.class === 'SERVER') return serverVerdict(model, identity, permission) === 'granted';
  const { database } = securable;
  const userId = userIn(model, identity, database);
  if (userId === undefined) return false;
  if (userId === dboId) return true;
  const tokens = databaseTokens(database, userId);
  if (ownsSchema(securable, tokens)) return true;
  const verdicts = [
    ...databaseVerdicts(database, tokens, permission, securable),
    serverGift(model, identity, permission),
  ];
  return verdicts.includes('granted') && !verdicts.includes('denied');
}

function serverVerdict(model: ServerModel, identity: Identity, permission: string): Verdict {
  const tokens = serverTokens(model, identity);
  const asked = [permission, 'CONTROL SERVER', ...(serverCovering[permission] ?? [])];
  const mine = model.permissions.filter((one) => tokens.has(one.granteeId) && one.class === 'SERVER');
  if (mine.some((one) => one.state === 'DENY' && asked.includes(one.permission))) return 'denied';
  if (mine.some((one) => asked.includes(one.permission))) return 'granted';
  const roles = model.serverRoles.filter((role) => tokens.has(role.principalId));
  const byRole = roles.some((role) => (fixedServerRoles[role.name] ?? []).some((given) => asked.includes(given)));
  return byRole ? 'granted' : 'silent';
}

function serverGift(model: ServerModel, identity: Identity, permission: string): Verdict {
  if (serverVerdict(model, identity, 'CONTROL SERVER') === 'granted') return 'granted';
  const wider = fromServer[permission];
  return wider === undefined ? 'silent' : serverVerdict(model, identity, wider);
}

function* databaseVerdicts(
  database: DatabaseModel,
  tokens: ReadonlySet<number>,
  permission: string,
  securable: Exclude<Securable, { class: 'SERVER' }>,
): Generator<Verdict> {
  const mine = database.permissions.filter((one) => tokens.has(one.granteeId));
  const objectId = securable.class === 'OBJECT' ? securable.objectId : undefined;
  const schemaId = schemaOf(securable);
  if (securable.class === 'OBJECT') {
    const columnId = securable.columnId ?? 0;
    const onObject = (one: PermissionModel): boolean => one.class === 'OBJECT' && one.majorId === objectId;
    const columnRights = mine.filter((one) => onObject(one) && columnId !== 0 && one.columnId === columnId);
    yield verdictOf(columnRights, [permission]);
    yield verdictOf(
      mine.filter((one) => onObject(one) && one.columnId === 0),
      objectCovering(permission),
    );
  }
  if (schemaId !== undefined) {
    const onSchema = mine.filter((one) => one.class === 'SCHEMA' && one.majorId === schemaId);
    yield verdictOf(onSchema, objectCovering(permission));
  }
  const inside = securable.class !== 'DATABASE';
  const asked = [permission, 'CONTROL', ...(databaseCovering[permission] ?? [])];
  if (inside && permission === 'ALTER') asked.push('ALTER ANY SCHEMA');
  if (inside && permission === 'VIEW DEFINITION') asked.push('ALTER');
  yield verdictOf(
    mine.filter((one) => one.class === 'DATABASE'),
    asked,
  );
  yield roleVerdict(database, tokens, asked);
}

/** CONTROL gives everything on a securable; ALTER gives the right to see its definition. */
function objectCovering(permission: string): readonly string[] {
  return permission === 'VIEW DEFINITION' ? [permission, 'CONTROL', 'ALTER'] : [permission, 'CONTROL'];
}

function verdictOf(rights: readonly PermissionModel[], asked: readonly string[]): Verdict {
  const matching = rights.filter((one) => asked.includes(one.permission));
  if (matching.some((one) => one.state === 'DENY')) return 'denied';
  return matching.length > 0 ? 'granted' : 'silent';
}

function roleVerdict(database: DatabaseModel, tokens: ReadonlySet<number>, asked: readonly string[]): Verdict {
  const roles = [...tokens].map((id) => principalById(database, id)).filter((role) => role?.fixed === true);
  const gives = (table: Readonly<Record<string, readonly string[]>>): boolean =>
    roles.some((role) => (table[role?.name ?? ''] ?? []).some((given) => asked.includes(given)));
  if (gives(denyingRoles)) return 'denied';
  return gives(fixedRoles) ? 'granted' : 'silent';
}

function schemaOf(securable: Exclude<Securable, { class: 'SERVER' }>): number | undefined {
  if (securable.class === 'SCHEMA') return securable.schemaId;
  if (securable.class === 'DATABASE') return undefined;
  return objectById(securable.database, securable.objectId)?.schemaId;
}

function ownsSchema(securable: Exclude<Securable, { class: 'SERVER' }>, tokens: ReadonlySet<number>): boolean {
  const schemaId = schemaOf(securable);
  return schemaId !== undefined && tokens.has(ownerOf(securable.database, schemaId));
}
