import type { LoginModel } from '../model.ts';
import type { ScalarFunction, Surroundings } from '../registry.ts';
import { findLogin, findPrincipal, principalById } from '../storage/names.ts';
import { int, sysname, varbinary, type Value } from '../values/types.ts';
import { loginSid } from './sids.ts';

/** Who one is, and in which roles: SUSER_SNAME, USER_NAME, IS_MEMBER and their like. */

const none = { minimumArguments: 0, maximumArguments: 0, parameters: [] } as const;
const optional = { minimumArguments: 0, maximumArguments: 1, nullIn: true } as const;
const roles = {
  minimumArguments: 1,
  maximumArguments: 2,
  parameters: [sysname, sysname],
  type: int,
  nullIn: true,
} as const;

/** A user or a login by its name, the one in whose name the code runs where none is given. */
function loginNamed(name: Value | undefined, { model, rights }: Surroundings): LoginModel | undefined {
  return findLogin(model, typeof name === 'string' ? name : rights.loginName);
}

function loginBySid(sid: Uint8Array, { model }: Surroundings): LoginModel | undefined {
  const hex = Buffer.from(sid).toString('hex').toUpperCase();
  return model.logins.find((login) => login.sid.toUpperCase() === hex);
}

function answer(is: boolean | undefined): number | null {
  return is === undefined ? null : Number(is);
}

/** The roles that a user, and not oneself, is in: as its own session would answer. */
function roleOfOther(role: string, member: string, { database }: Surroundings): boolean | undefined {
  const found = findPrincipal(database, role);
  const other = findPrincipal(database, member);
  if (found?.kind !== 'role' || other === undefined) return undefined;
  const seen = new Set<number>();
  const holds = (principalId: number): boolean => {
    if (principalId === other.principalId) return true;
    if (seen.has(principalId)) return false;
    seen.add(principalId);
    return principalById(database, principalId)?.members.some(holds) ?? false;
  };
  return holds(found.principalId);
}

export const principalFunctions: readonly ScalarFunction[] = [
  { ...none, name: 'ORIGINAL_LOGIN', type: sysname, evaluate: (_args, { execution }) => execution.originalLogin },
  { ...none, name: 'SYSTEM_USER', type: sysname, evaluate: (_args, { rights }) => rights.loginName },
  ...['CURRENT_USER', 'SESSION_USER', 'USER'].map((name): ScalarFunction => ({
    ...none,
    name,
    type: sysname,
    evaluate: (_args, { rights }) => rights.userName(),
  })),
  ...['SUSER_SNAME', 'SUSER_NAME'].map((name): ScalarFunction => ({
    ...optional,
    name,
    parameters: [name === 'SUSER_SNAME' ? varbinary(85) : int],
    type: sysname,
    evaluate([who], surroundings) {
      if (who === undefined) return surroundings.rights.loginName;
      if (who instanceof Uint8Array) return loginBySid(who, surroundings)?.name ?? null;
      return surroundings.model.logins.find((login) => login.principalId === who)?.name ?? null;
    },
  })),
  {
    ...optional,
    name: 'SUSER_ID',
    parameters: [sysname],
    type: int,
    evaluate: ([name], surroundings) => loginNamed(name, surroundings)?.principalId ?? null,
  },
  {
    minimumArguments: 0,
    maximumArguments: 2,
    nullIn: true,
    name: 'SUSER_SID',
    parameters: [sysname, int],
    type: varbinary(85),
    evaluate([name], surroundings) {
      const login = loginNamed(name, surroundings);
      return login === undefined ? null : loginSid(login);
    },
  },
  {
    ...optional,
    name: 'USER_NAME',
    parameters: [int],
    type: sysname,
    evaluate([id], { database, rights }) {
      if (id === undefined) return rights.userName();
      return database.principals.find((principal) => principal.principalId === id)?.name ?? null;
    },
  },
  ...['USER_ID', 'DATABASE_PRINCIPAL_ID'].map((name): ScalarFunction => ({
    ...optional,
    name,
    parameters: [sysname],
    type: int,
    evaluate([user], { database, rights }) {
      if (typeof user !== 'string') return rights.userId() ?? null;
      return findPrincipal(database, user)?.principalId ?? null;
    },
  })),
  {
    ...roles,
    name: 'IS_SRVROLEMEMBER',
    evaluate([role, login], { rights }) {
      if (typeof role !== 'string') return null;
      return answer(rights.inServerRole(role, typeof login === 'string' ? login : undefined));
    },
  },
  {
    ...roles,
    maximumArguments: 1,
    name: 'IS_MEMBER',
    evaluate: ([role], { rights }) => (typeof role === 'string' ? answer(rights.inDatabaseRole(role)) : null),
  },
  {
    ...roles,
    name: 'IS_ROLEMEMBER',
    evaluate([role, member], surroundings) {
      if (typeof role !== 'string') return null;
      if (typeof member === 'string') return answer(roleOfOther(role, member, surroundings));
      return answer(surroundings.rights.inDatabaseRole(role));
    },
  },
];
