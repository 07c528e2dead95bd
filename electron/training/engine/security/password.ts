import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto';

/**
 * How a login's password is kept and judged.
 *
 * The salt is derived from the login's sid and not drawn at random: so a password that is set back gives the same bytes
 * again, and two states of the site can be compared byte by byte. For a simulated server that is worth more than a
 * salt's secrecy; the cost of scrypt is kept small for the same reason.
 */
export function verifierFor(sid: string, password: string): string {
  const salt = createHmac('sha256', 'training site login').update(sid).digest();
  return scryptSync(Buffer.from(password, 'utf16le'), salt, 32, { N: 1024, r: 8, p: 1 }).toString('hex').toUpperCase();
}

/** Passwords are case-sensitive whatever the collation. */
export function passwordMatches(sid: string, verifier: string, password: string): boolean {
  const given = Buffer.from(verifierFor(sid, password), 'hex');
  const kept = Buffer.from(verifier, 'hex');
  return given.length === kept.length && timingSafeEqual(given, kept);
}

export type PolicyBreach = 'too-short' | 'too-long' | 'not-complex' | 'used-before';

export const longestPassword = 128;
const shortestPassword = 8;
/** How many earlier passwords may not come back (Windows' default on a domain). */
export const rememberedPasswords = 24;

/**
 * Password policy as learn.microsoft.com/sql/relational-databases/security/password-policy describes it: at least eight
 * characters of three of the four classes, without the login's name. Without CHECK_POLICY only the length of 128 counts.
 */
export function policyBreach(login: string, password: string, checkPolicy: boolean): PolicyBreach | undefined {
  if (password.length > longestPassword) return 'too-long';
  if (!checkPolicy) return undefined;
  if (password.length < shortestPassword) return 'too-short';
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((one) => one.test(password)).length;
  const namesLogin = login.length >= 3 && password.toLowerCase().includes(login.toLowerCase());
  return classes < 3 || namesLogin ? 'not-complex' : undefined;
}
