import { createHash } from 'node:crypto';
import type { DatabasePrincipalModel, LoginModel, ServerRoleModel } from '../model.ts';

/** Security identifiers as bytes. The model keeps those of logins and derives the rest. */

/** `hex` without 0x. */
export function sidBytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

export function loginSid(login: LoginModel): Uint8Array {
  return sidBytes(login.sid);
}

/** public, sysadmin and the other roles of a server have their number for a sid. */
export function serverRoleSid(role: ServerRoleModel): Uint8Array {
  return Uint8Array.of(role.principalId);
}

const FIXED_SIDS: Readonly<Record<string, string | undefined>> = {
  guest: '00',
  sys: undefined,
  information_schema: undefined,
};
/** What the sids of users without login, and of roles, begin with. */
const USER_PREFIX = '010500000000000903000000';
const ROLE_PREFIX = '010500000000000904000000';

/** A user's is its login's; a user without login and a role have one made from the name, the same each time. */
export function principalSid(principal: DatabasePrincipalModel): Uint8Array | null {
  if (principal.sid !== undefined) return sidBytes(principal.sid);
  const name = principal.name.toLowerCase();
  if (name in FIXED_SIDS) return FIXED_SIDS[name] === undefined ? null : sidBytes(FIXED_SIDS[name]);
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return sidBytes((principal.kind === 'role' ? ROLE_PREFIX : USER_PREFIX) + digest);
}
