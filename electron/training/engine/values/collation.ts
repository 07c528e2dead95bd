import { sqlError } from '../sql-error.ts';

/**
 * How text is compared (learn.microsoft.com/sql/relational-databases/collations/collation-and-unicode-support).
 *
 * Modelled: case and accent sensitivity and binary order. The order of linguistic collations is that of the ICU root
 * locale, which is close to Windows' for the letters a site uses. In every collation trailing blanks do not count in a
 * comparison.
 */
export interface Collation {
  readonly name: string;
  readonly compare: (a: string, b: string) => number;
  /** Equal texts, and only they, have equal keys. */
  readonly key: (text: string) => string;
}

const known = new Map<string, Collation>();

/** 448 for a name that is no collation's. */
export function findCollation(name: string): Collation {
  const found = known.get(name.toLowerCase());
  if (found) return found;
  const made = makeCollation(name);
  known.set(name.toLowerCase(), made);
  return made;
}

function makeCollation(name: string): Collation {
  const match = /^[A-Za-z0-9_]+?_(?:(BIN2?)|(C[IS])_(A[IS])(?:_(?:KS|WS|SC|VSS|UTF8))*)(?:_UTF8)?$/i.exec(name);
  if (!match) throw sqlError(448, name);
  if (match[1] !== undefined) return { name, compare: compareCodePoints, key: withoutTrailingBlanks };
  const caseSensitive = match[2]?.toUpperCase() === 'CS';
  const accentSensitive = match[3]?.toUpperCase() === 'AS';
  return linguistic(name, caseSensitive, accentSensitive);
}

function linguistic(name: string, caseSensitive: boolean, accentSensitive: boolean): Collation {
  const sensitivity = accentSensitive ? (caseSensitive ? 'variant' : 'accent') : caseSensitive ? 'case' : 'base';
  const collator = new Intl.Collator('und', { sensitivity });
  const key = (text: string): string => {
    const trimmed = withoutTrailingBlanks(text);
    // Letters and digits of ASCII are nearly all there is, and need no normal form.
    const plain = isAscii(trimmed) ? trimmed : fold(trimmed, accentSensitive);
    return caseSensitive ? plain : plain.toLowerCase();
  };
  const compare = (a: string, b: string): number => {
    const ka = key(a);
    const kb = key(b);
    if (ka === kb) return 0;
    const order = collator.compare(withoutTrailingBlanks(a), withoutTrailingBlanks(b));
    // Texts with different keys are different, even where the collator ignores what sets them apart.
    return order === 0 ? compareCodePoints(ka, kb) : order;
  };
  return { name, compare, key };
}

function fold(text: string, accentSensitive: boolean): string {
  return accentSensitive ? text.normalize('NFC') : text.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** By UTF-16 code unit for nvarchar, as BIN2 does for characters of the basic plane. */
function compareCodePoints(a: string, b: string): number {
  const x = withoutTrailingBlanks(a);
  const y = withoutTrailingBlanks(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Identifiers compare as the catalogue's collation does: without case. */
export function sameName(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}
