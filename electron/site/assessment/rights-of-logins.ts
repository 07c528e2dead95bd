import type { SurveyedPrincipals } from '#electron/database/assessment/survey.ts';

/** What a login may do that matters for the lock. */
export type Power =
  | 'sysadmin'
  | 'securityadmin'
  | 'CONTROL SERVER'
  | 'ALTER ANY LOGIN'
  | 'IMPERSONATE ANY LOGIN'
  | 'owner of the database'
  | 'db_owner'
  | 'db_ddladmin'
  | 'db_securityadmin'
  | 'ALTER on the table'
  | 'CONTROL on the table'
  | 'TAKE OWNERSHIP of the table';

const serverPowers = ['CONTROL SERVER', 'ALTER ANY LOGIN', 'IMPERSONATE ANY LOGIN'] as const;
const rolePowers = ['db_owner', 'db_ddladmin', 'db_securityadmin'] as const;
/** Of the table, its schema or the whole database. */
const tablePowers = {
  ALTER: 'ALTER on the table',
  CONTROL: 'CONTROL on the table',
  'TAKE OWNERSHIP': 'TAKE OWNERSHIP of the table',
} as const;

export interface LoginRights {
  readonly name: string;
  readonly type: string;
  readonly disabled: boolean;
  /** With which it could take the guard down or give itself the right to. */
  readonly powers: readonly Power[];
  /** Whether it may insert, update or delete controllers. */
  readonly writes: boolean;
}

const writing: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'CONTROL']);
const granted = ({ state }: { readonly state: string }) => state === 'G' || state === 'W';

/**
 * What each login may do with the controller table, roles in roles included; rights of Windows groups stand with the group.
 * A DENY takes away what was granted, but nothing from sysadmin, dbo and owners.
 */
export function rightsOfLogins(principals: SurveyedPrincipals): readonly LoginRights[] {
  return principals.logins.map((login) => {
    const powers = new Set<Power>();
    const serverRoles = principals.serverRoles.filter(({ member }) => member === login.id).map(({ role }) => role);
    if (serverRoles.includes('sysadmin')) powers.add('sysadmin');
    if (serverRoles.includes('securityadmin')) powers.add('securityadmin');
    const onServer = principals.serverRights.filter(({ grantee }) => grantee === login.id);
    for (const power of serverPowers)
      if (onServer.some((each) => each.permission === power && granted(each))) powers.add(power);
    if (login.ownsDatabase) powers.add('owner of the database');

    const roles = login.userId === null ? [] : rolesOf(login.userId, principals);
    const roleNames = roles.map(({ name }) => name);
    for (const power of rolePowers) if (roleNames.includes(power)) powers.add(power);
    // 0 is public, which everybody is in.
    const grantees = new Set([0, ...(login.userId === null ? [] : [login.userId]), ...roles.map(({ id }) => id)]);
    const here = login.userId === null ? [] : principals.databaseRights.filter(({ grantee }) => grantees.has(grantee));
    const may = (permission: string) =>
      here.some((each) => each.permission === permission && granted(each)) &&
      !here.some((each) => each.permission === permission && each.state === 'D');
    for (const [permission, power] of Object.entries(tablePowers)) if (may(permission)) powers.add(power);

    const above = (['sysadmin', 'CONTROL SERVER', 'owner of the database', 'db_owner'] as const).some((power) =>
      powers.has(power),
    );
    const denied = roleNames.includes('db_denydatawriter');
    const writes =
      above || (!denied && (roleNames.includes('db_datawriter') || [...writing].some((permission) => may(permission))));
    return { name: login.name, type: login.type, disabled: login.disabled, powers: [...powers], writes };
  });
}

/** Roles of a user, through roles in roles; a circle ends. */
function rolesOf(userId: number, { databaseRoles }: SurveyedPrincipals): readonly { id: number; name: string }[] {
  const found = new Map<number, string>();
  const open = [userId];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    for (const { roleId, role } of databaseRoles.filter((each) => each.member === member)) {
      if (found.has(roleId)) continue;
      found.set(roleId, role);
      open.push(roleId);
    }
  }
  return [...found].map(([id, name]) => ({ id, name }));
}
