import { isOdbc, parseConnectionString, quotationsOf } from './connection-string.ts';
import type { Setting } from './connection-string.ts';
import { isRefusal } from './located-value.ts';
import type { LocatedValue, Refusal, ValueFormat } from './located-value.ts';
import { encryptedAdvice, looksEncrypted, looksLikeEncryptedString } from './opaque.ts';

/** The whole connection string, or nothing but the password. */
export type Holds = 'connection-string' | 'password';

/** Where in a text one credential stands. */
export interface LocatedCredential {
  /** Null where nothing but the password stands there. */
  readonly login: string | null;
  readonly password: string;
  /** The password as it stands there, with its quotes and escapes. */
  readonly start: number;
  readonly end: number;
  readonly value: LocatedValue;
  /** Everything that the value says besides the password, to compare. */
  readonly rest: string;
}

const loginKeys: ReadonlySet<string> = new Set(['user id', 'uid', 'user']);
const passwordKeys: ReadonlySet<string> = new Set(['password', 'pwd']);

/** The one setting with such a key. */
function only(settings: readonly Setting[], keys: ReadonlySet<string>, what: string): Setting | Refusal {
  const found = settings.filter(({ key }) => keys.has(key));
  const [first, second] = found;
  if (first === undefined) return { why: `the connection string names no ${what}` };
  return second === undefined ? first : { why: `the connection string names the ${what} twice` };
}

function inConnectionString(value: LocatedValue): LocatedCredential | Refusal {
  const opaque = looksLikeEncryptedString(value.value) ? { why: encryptedAdvice } : undefined;
  const settings = parseConnectionString(value.value);
  if (settings === undefined) return opaque ?? { why: 'its connection string cannot be read' };
  const login = only(settings, loginKeys, 'login');
  if (isRefusal(login)) return opaque ?? login;
  const password = only(settings, passwordKeys, 'password');
  if (isRefusal(password)) return password;
  const last = value.offsets.at(-1) ?? 0;
  return {
    login: login.value,
    password: password.value,
    start: value.offsets[password.start] ?? last,
    end: value.offsets[password.end] ?? last,
    value,
    rest: JSON.stringify(settings.map((setting) => [setting.key, setting === password ? null : setting.value])),
  };
}

/** The credential, or why there is none that could be replaced. */
export function locateCredential(text: string, format: ValueFormat, holds: Holds): LocatedCredential | Refusal {
  const value = format.locate(text);
  if (isRefusal(value)) return value;
  if (holds === 'connection-string') return inConnectionString(value);
  if (looksEncrypted(value.value)) return { why: encryptedAdvice };
  const end = value.offsets.at(-1) ?? 0;
  return { login: null, password: value.value, start: value.offsets[0] ?? end, end, value, rest: '' };
}

/** SQL Server takes any character; a text takes those that its encoding can write, and that end it nowhere. */
const canStandInText = (password: string) => !/\p{Surrogate}|\0/u.test(password);

interface Replacement {
  readonly holds: Holds;
  readonly password: string;
}

/**
 * The text with another password in that place and everything else as it was; refused when the result, read back, would
 * not hold exactly that password, or the format cannot hold it.
 */
export function replacePassword(
  text: string,
  format: ValueFormat,
  { holds, password }: Replacement,
): { readonly text: string } | Refusal {
  const located = locateCredential(text, format, holds);
  if (isRefusal(located)) return located;
  if (!canStandInText(password)) return { why: 'the new password has a character that a text file cannot hold' };
  const odbc = holds === 'connection-string' && isOdbc(located.value.value);
  const quotations = holds === 'connection-string' ? quotationsOf(password, odbc) : [password];
  let refusal: Refusal = odbc
    ? { why: 'the new password has characters that ODBC reads in a way of its own' }
    : { why: 'the new password has characters that programs read differently in such a place' };
  for (const quotation of quotations) {
    const written = format.written(quotation, located.value, text);
    if (typeof written !== 'string') {
      refusal = written;
      continue;
    }
    const replaced = text.slice(0, located.start) + written + text.slice(located.end);
    const readBack = locateCredential(replaced, format, holds);
    if (!isRefusal(readBack) && isSame(readBack, { ...located, password })) return { text: replaced };
  }
  return refusal;
}

const isSame = (a: LocatedCredential, b: LocatedCredential) =>
  a.password === b.password && a.login === b.login && a.rest === b.rest;

/**
 * The change as a unified diff, the old and the new password both as `[secret]`. What else stands in the same lines is
 * an ellipsis, and there are no lines around it, because they may hold other secrets.
 */
export function passwordDiff(path: string, text: string, located: LocatedCredential): string {
  const { value, start, end } = located;
  const firstLine = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', end);
  const lastLine = nextBreak === -1 ? text.length : nextBreak;
  const from = Math.max(firstLine, value.shown.start);
  const to = Math.min(lastLine, value.shown.end);
  const indent = text.slice(firstLine, from);
  const before = (indent.trim() === '' ? indent : '…') + text.slice(from, start);
  const after = text.slice(end, to) + (text.slice(to, lastLine).trim() === '' ? '' : '…');
  const line = `${before}[secret]${after}`.replaceAll('\r', '');
  const number = text.slice(0, firstLine).split('\n').length;
  return `--- ${path}\n+++ ${path}\n@@ -${number} +${number} @@\n-${line}\n+${line}\n`;
}
