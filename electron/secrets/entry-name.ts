import { createHash } from 'node:crypto';

/** What every keychain tells from every other name: printable ASCII without upper case, and without the mark of a digest. */
const plain = /^[ -"$-@[-~]+$/;

/**
 * The name of a login's entry in the keychain; no two logins share one. The Credential Manager ignores case, keytar ends a
 * name at NUL and writes half a surrogate pair as U+FFFD, so a name with any of these gets a digest of its UTF-16.
 */
export function entryName(login: string): string {
  if (plain.test(login)) return login;
  const digest = createHash('sha256').update(Buffer.from(login, 'utf16le')).digest('hex').slice(0, 16);
  return `${login.replaceAll('\0', '\u2400')} #${digest}`;
}
