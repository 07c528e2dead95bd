import { parseConnectionString, quoteValue } from './connection-string.ts';
import type { Setting } from './connection-string.ts';
import { canStandInXml, escapeAttribute, locateElements } from './xml-attribute.ts';
import type { LocatedAttribute, LocatedElement } from './xml-attribute.ts';

/** Where in the text of a .config file one connection string keeps login and password. */
export interface LocatedCredential {
  readonly login: string;
  readonly password: string;
  /** The password as it stands there, with its quotes and escapes. */
  readonly start: number;
  readonly end: number;
  /** The tag that it stands in, up to the end of the connection string. */
  readonly element: { readonly start: number; readonly end: number };
}

const folder = 'configuration/connectionStrings';
const loginKeys: ReadonlySet<string> = new Set(['user id', 'uid', 'user']);
const passwordKeys: ReadonlySet<string> = new Set(['password', 'pwd']);

/** The one setting with such a key; a text that says why when there is none, or more than one. */
function only(settings: readonly Setting[], keys: ReadonlySet<string>, what: string): Setting | string {
  const found = settings.filter(({ key }) => keys.has(key));
  const [first, second] = found;
  if (first === undefined) return `the connection string names no ${what}`;
  return second === undefined ? first : `the connection string names the ${what} twice`;
}

/** The attribute with the connection string of that name, as .NET finds it: without regard to case. */
function findConnectionString(elements: readonly LocatedElement[], name: string): LocatedAttribute | string {
  const section = elements.filter((element) => element.path === folder);
  if (section.some(({ attributes }) => attributes.has('configProtectionProvider'))) {
    return 'its connection strings are encrypted; the tool that encrypted them has to change them';
  }
  const elsewhere = section
    .map(({ attributes }) => attributes.get('configSource')?.value)
    .find((value) => value !== undefined);
  if (elsewhere !== undefined) return `its connection strings stand in another file, ${elsewhere}`;
  const named = elements.filter(
    ({ path, attributes }) =>
      path === `${folder}/add` && attributes.get('name')?.value.toLowerCase() === name.toLowerCase(),
  );
  if (named.length > 1) return `it has more than one connection string ${name}`;
  return named[0]?.attributes.get('connectionString') ?? `it has no connection string ${name}`;
}

/** The credential of one connection string; a text that says why there is none that could be replaced. */
export function locateCredential(text: string, name: string): LocatedCredential | string {
  const elements = locateElements(text);
  if (typeof elements === 'string') return `it is not well-formed XML (${elements})`;
  const attribute = findConnectionString(elements, name);
  if (typeof attribute === 'string') return attribute;
  const settings = parseConnectionString(attribute.value);
  if (settings === undefined) return `its connection string ${name} cannot be read`;
  const login = only(settings, loginKeys, 'login');
  if (typeof login === 'string') return login;
  const password = only(settings, passwordKeys, 'password');
  if (typeof password === 'string') return password;
  return {
    login: login.value,
    password: password.value,
    start: attribute.offsets[password.start] ?? attribute.end,
    end: attribute.offsets[password.end] ?? attribute.end,
    element: { start: attribute.element, end: attribute.end + 1 },
  };
}

/**
 * The text with another password in that place and everything else as it was; a text that says why when the result, read
 * back, would not hold exactly that password, or XML cannot hold it.
 */
export function replacePassword(text: string, name: string, password: string): { readonly text: string } | string {
  const located = locateCredential(text, name);
  if (typeof located === 'string') return located;
  if (!canStandInXml(password)) return 'the new password has a character that an XML file cannot hold';
  const replaced = text.slice(0, located.start) + escapeAttribute(quoteValue(password)) + text.slice(located.end);
  const readBack = locateCredential(replaced, name);
  if (typeof readBack === 'string' || readBack.password !== password || readBack.login !== located.login) {
    return 'the new password cannot be written into this connection string';
  }
  return { text: replaced };
}

/**
 * The change as a unified diff, the old and the new password both as `[secret]`. Other tags in the same lines stand as
 * an ellipsis, and there are no lines around it, because they may hold other secrets.
 */
export function passwordDiff(path: string, text: string, located: LocatedCredential): string {
  const { element, start, end } = located;
  const firstLine = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', end);
  const lastLine = nextBreak === -1 ? text.length : nextBreak;
  const from = Math.max(firstLine, element.start);
  const to = Math.min(lastLine, element.end);
  const indent = text.slice(firstLine, from);
  const before = (indent.trim() === '' ? indent : '…') + text.slice(from, start);
  const after = text.slice(end, to) + (text.slice(to, lastLine).trim() === '' ? '' : '…');
  const line = `${before}[secret]${after}`.replaceAll('\r', '');
  const number = text.slice(0, firstLine).split('\n').length;
  return `--- ${path}\n+++ ${path}\n@@ -${number} +${number} @@\n-${line}\n+${line}\n`;
}
