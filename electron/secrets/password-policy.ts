import type { Secret } from '#shared/secret.ts';
import { longestPassword } from './password-generator.ts';

/** What is asked of a password that a person types. */
export interface PasswordPolicy {
  /** At least 6. */
  readonly shortest: number;
  /** How many of lower case, upper case, digits and punctuation. */
  readonly classes: number;
}

export const defaultPasswordPolicy: PasswordPolicy = { shortest: 12, classes: 3 };

const lowestShortest = 6;
const classTests: readonly RegExp[] = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}\s]/u];

/**
 * What is wrong with a typed password, as sentences; empty when nothing is. That it does not contain the login's name is
 * what Windows' own complexity rule asks too (Password must meet complexity requirements).
 */
export function judgePassword(
  password: Secret,
  login: string,
  policy: PasswordPolicy = defaultPasswordPolicy,
): readonly string[] {
  const text = password.reveal();
  const shortest = Math.max(lowestShortest, policy.shortest);
  const length = Array.from(text).length;
  const classes = classTests.filter((test) => test.test(text)).length;
  const rules: readonly (readonly [boolean, string])[] = [
    [length >= shortest, `It has fewer than ${shortest} characters.`],
    [text.length <= longestPassword, `It has more than ${longestPassword} characters.`],
    [
      classes >= policy.classes,
      `It has fewer than ${policy.classes} of lower case, upper case, digits and punctuation.`,
    ],
    [login.length < 3 || !text.toLowerCase().includes(login.toLowerCase()), 'It contains the name of the login.'],
    [text.trim() === text, 'It begins or ends with white space, which some programs cut off.'],
    [!/\p{Cc}/u.test(text), 'It contains a control character.'],
  ];
  return rules.filter(([holds]) => !holds).map(([, sentence]) => sentence);
}
