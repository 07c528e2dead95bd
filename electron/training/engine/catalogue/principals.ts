import type { DatabasePrincipalModel, LoginModel, ServerRoleModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { dboId } from '../security/identity.ts';
import { bigint, int, nvarchar, sysname, varbinary } from '../values/types.ts';
import { loginSid, principalSid, serverRoleSid } from './sids.ts';
import {
  always,
  codeColumn,
  type Column,
  column,
  dateColumn,
  flag,
  nameColumn,
  never,
  numberColumn,
  view,
  wordColumn,
} from './view.ts';

/** Logins and roles of the server, users and roles of a database, and who is in which role. */

const LOGIN_CODES = { sql: 'S', 'windows-login': 'U', 'windows-group': 'G' } as const;
const LOGIN_WORDS = { sql: 'SQL_LOGIN', 'windows-login': 'WINDOWS_LOGIN', 'windows-group': 'WINDOWS_GROUP' } as const;

interface ServerPrincipal {
  readonly login: LoginModel | undefined;
  readonly role: ServerRoleModel | undefined;
  readonly name: string;
  readonly principalId: number;
}

function ofLogin(login: LoginModel): ServerPrincipal {
  return { login, role: undefined, name: login.name, principalId: login.principalId };
}

/** One's own login, sa, and the fixed roles; all others with VIEW ANY DEFINITION or ALTER ANY LOGIN. */
function visibleServerPrincipals({ model, rights }: Surroundings): readonly ServerPrincipal[] {
  const logins = model.logins.filter((login) => rights.seesLogin(login)).map(ofLogin);
  const roles = model.serverRoles
    .filter((role) => role.fixed || rights.onServer('VIEW ANY DEFINITION'))
    .map((role) => ({ login: undefined, role, name: role.name, principalId: role.principalId }));
  return [...logins, ...roles].toSorted((a, b) => a.principalId - b.principalId);
}

/** When the server was installed, as far as roles are concerned: as old as sa. */
function installed({ model }: Surroundings): bigint {
  return model.logins[0]?.moving.created ?? 0n;
}

const SERVER_PRINCIPALS: readonly Column<ServerPrincipal>[] = [
  nameColumn('name', (one) => one.name),
  numberColumn('principal_id', (one) => one.principalId),
  column('sid', varbinary(85), ({ login, role }) => {
    if (login !== undefined) return loginSid(login);
    return role === undefined ? null : serverRoleSid(role);
  }),
  codeColumn('type', 1, ({ login }) => (login === undefined ? 'R' : LOGIN_CODES[login.kind])),
  wordColumn('type_desc', ({ login }) => (login === undefined ? 'SERVER_ROLE' : LOGIN_WORDS[login.kind])),
  flag('is_disabled', ({ login }) => login?.disabled ?? false),
  dateColumn('create_date', ({ login }, surroundings) => login?.moving.created ?? installed(surroundings)),
  dateColumn('modify_date', ({ login }, surroundings) => login?.moving.modified ?? installed(surroundings)),
  column('default_database_name', sysname, ({ login }) => login?.defaultDatabase ?? null),
  column('default_language_name', sysname, ({ login }) => login?.defaultLanguage ?? null),
  always('credential_id', int, null),
  column('owning_principal_id', int, ({ role }) => (role === undefined ? null : 1)),
  flag('is_fixed_role', ({ role }) => role?.fixed ?? false),
];

interface Membership {
  readonly roleId: number;
  readonly memberId: number;
}

function memberships(
  roles: readonly { readonly principalId: number; readonly members: readonly number[] }[],
): Membership[] {
  return roles.flatMap((role) => role.members.map((memberId) => ({ roleId: role.principalId, memberId })));
}

/** dbo is in db_owner everywhere, though no row of the model says so. */
function databaseMemberships(database: Surroundings['database']): readonly Membership[] {
  const listed = memberships(database.principals);
  const owners = database.principals.find((principal) => principal.name.toLowerCase() === 'db_owner')?.principalId;
  const dboListed = listed.some((one) => one.roleId === owners && one.memberId === dboId);
  return owners === undefined || dboListed ? listed : [{ roleId: owners, memberId: dboId }, ...listed];
}

const MEMBERS: readonly Column<Membership>[] = [
  numberColumn('role_principal_id', (one) => one.roleId),
  numberColumn('member_principal_id', (one) => one.memberId),
];

/** Oneself and what is built in; all others with VIEW DEFINITION in the database. */
export function visibleDatabasePrincipals({ database, rights }: Surroundings): readonly DatabasePrincipalModel[] {
  const all = rights.onDatabase('VIEW DEFINITION', database) || rights.onDatabase('ALTER ANY USER', database);
  const self = rights.userId(database);
  return database.principals.filter((principal) => all || principal.fixed || principal.principalId === self);
}

export const principalViews: readonly SystemView[] = [
  view({ name: 'server_principals', columns: SERVER_PRINCIPALS, items: visibleServerPrincipals }),
  view<ServerPrincipal>({
    name: 'sql_logins',
    columns: [
      ...SERVER_PRINCIPALS.filter(({ name }) => name !== 'owning_principal_id' && name !== 'is_fixed_role'),
      flag('is_policy_checked', ({ login }) => login?.checkPolicy ?? false),
      flag('is_expiration_checked', ({ login }) => login?.checkExpiration ?? false),
      // A verifier of this simulation is no password hash of SQL Server's: nobody gets to see it.
      always('password_hash', varbinary(256), null),
    ],
    items: ({ model, rights }) =>
      model.logins.filter((login) => login.kind === 'sql' && rights.seesLogin(login)).map(ofLogin),
  }),
  view<Membership>({
    name: 'server_role_members',
    columns: MEMBERS,
    items: (surroundings) => {
      const seen = new Set(visibleServerPrincipals(surroundings).map((one) => one.principalId));
      return memberships(surroundings.model.serverRoles).filter((one) => seen.has(one.memberId));
    },
  }),
  view<DatabasePrincipalModel>({
    name: 'database_principals',
    columns: [
      nameColumn('name', (one) => one.name),
      numberColumn('principal_id', (one) => one.principalId),
      codeColumn('type', 1, (one) => (one.kind === 'role' ? 'R' : 'S')),
      wordColumn('type_desc', (one) => (one.kind === 'role' ? 'DATABASE_ROLE' : 'SQL_USER')),
      column('default_schema_name', sysname, (one) => one.defaultSchema ?? null),
      dateColumn('create_date', (one) => one.moving.created),
      dateColumn('modify_date', (one) => one.moving.modified),
      column('owning_principal_id', int, (one) => (one.kind === 'role' ? dboId : null)),
      column('sid', varbinary(85), principalSid),
      flag('is_fixed_role', (one) => one.kind === 'role' && one.fixed && one.name.toLowerCase() !== 'public'),
      numberColumn('authentication_type', (one) => (one.sid === undefined ? 0 : 1)),
      wordColumn('authentication_type_desc', (one) => (one.sid === undefined ? 'NONE' : 'INSTANCE')),
      always('default_language_name', sysname, null),
      always('default_language_lcid', int, null),
      never('allow_encrypted_value_modifications'),
    ],
    items: visibleDatabasePrincipals,
  }),
  view<Membership>({
    name: 'database_role_members',
    columns: MEMBERS,
    items: (surroundings) => {
      const seen = new Set(visibleDatabasePrincipals(surroundings).map((one) => one.principalId));
      return databaseMemberships(surroundings.database).filter((one) => seen.has(one.memberId));
    },
  }),
  view<LoginModel>({
    name: 'login_token',
    columns: [
      numberColumn('principal_id', (one) => one.principalId),
      column('sid', varbinary(85), loginSid),
      column('name', nvarchar(128), (one) => one.name),
      always('type', nvarchar(128), 'SQL LOGIN'),
      always('usage', nvarchar(128), 'GRANT OR DENY'),
    ],
    items: ({ session }) => [session.login],
  }),
  view<never>({
    name: 'credentials',
    columns: [
      always('credential_id', bigint, 0n),
      always('name', sysname, ''),
      always('credential_identity', nvarchar(4000), ''),
    ],
    items: () => [],
  }),
];
