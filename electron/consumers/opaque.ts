/** What to do with a value that only its own program can write; ends a sentence. */
export const encryptedAdvice = 'what stands there looks encrypted; describe it as a command or a person instead';

/** The longest password of SQL Server, in characters. */
const longestPassword = 128;

/** A blob that the Windows data protection interface made begins with its version and provider, 01000000D08C9DDF0115D111. */
const dataProtection = /^(?:AQAAANCMnd8BFdER|01000000D08C9DDF0115D111)/i;
/** How programs mark a value that they encrypted: `ENC(...)`, `{cipher}...`, `{AES}...`, `encrypted:...`, `!vault`. */
const marked =
  /^(?:ENC\(.*\)$|\{(?:cipher|aes|des|3des|rsa|enc|encrypted|dpapi)\}|(?:enc|encrypted|dpapi|aes)[:=]|\$ANSIBLE_VAULT)/i;
const base64 = /^(?:[A-Za-z0-9+/_-]{4})*[A-Za-z0-9+/_-]{2,4}={0,2}$/;
const hexadecimal = /^(?:0x)?(?:[0-9a-f]{2}){16,}$/i;

/** Whether a bare password is a program's own ciphertext: only what no password in use looks like. */
export function looksEncrypted(value: string): boolean {
  return dataProtection.test(value) || marked.test(value) || value.length > longestPassword;
}

/** Whether a text that should be a connection string is none because it was encrypted. */
export function looksLikeEncryptedString(value: string): boolean {
  const text = value.replaceAll(/\s/g, '');
  if (dataProtection.test(text) || marked.test(text)) return true;
  return text.length >= 24 && (base64.test(text) || hexadecimal.test(text));
}
