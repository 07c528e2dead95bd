import { randomInt } from 'node:crypto';
import { Secret } from '#shared/secret.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
/** No connection string, shell, XML, INI or .env file, and no command line gives these a meaning inside a word. */
const punctuation = '-._+';

const classes = [lower, upper, digits, punctuation] as const;
const letters = lower + upper;
const all = classes.join('');

export const defaultPasswordLength = 40;
/** SQL Server takes passwords of up to 128 characters (Strong Passwords, SQL Server documentation). */
export const longestPassword = 128;
const shortestGenerated = 12;

function pick(from: string): string {
  return from.charAt(randomInt(from.length));
}

/**
 * A password from the system's random source, every one that qualifies as likely as any other: it begins with a letter
 * (a hyphen would be read as an option), ends with a letter or digit (a full stop gets lost in a sentence), and has all
 * four classes. 40 characters of 66 are more than 240 bits.
 */
export function generatePassword(length: number = defaultPasswordLength): Secret {
  if (!Number.isInteger(length) || length < shortestGenerated || length > longestPassword) {
    throw new RangeError(`A generated password has ${shortestGenerated} to ${longestPassword} characters.`);
  }
  for (;;) {
    const middle = Array.from({ length: length - 2 }, () => pick(all)).join('');
    const text = pick(letters) + middle + pick(letters + digits);
    // Thrown away whole instead of mended, which would favour some passwords.
    if (classes.every((each) => Array.from(text).some((character) => each.includes(character))))
      return new Secret(text);
  }
}
