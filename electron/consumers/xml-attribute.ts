import { SaxesParser } from 'saxes';

/** The value of one attribute, and where it stands in the text of the file. */
export interface LocatedAttribute {
  readonly value: string;
  /** Where the value's own characters begin and end, without the quotes. */
  readonly start: number;
  readonly end: number;
  /** For each UTF-16 unit of `value`, and for its end, where in the file it begins. */
  readonly offsets: readonly number[];
  /** Where the element's tag begins. */
  readonly element: number;
}

/** One start tag on the path that was asked for. */
export interface LocatedElement {
  /** Names from the root down, joined with slashes. */
  readonly path: string;
  readonly attributes: ReadonlyMap<string, LocatedAttribute>;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unit = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(\w+));|\r\n|[^]/g;

function decodedUnit(match: RegExpExecArray): string | undefined {
  const [text, hexadecimal, decimal, name] = match;
  if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
  if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
  if (name !== undefined) return named[name];
  // White space that stands there literally is a space to the reader (XML 1.0, 3.3.3 Attribute-Value Normalization).
  return /^[\t\r\n]/.test(text) ? ' ' : text;
}

/** The value and the place of each of its units; undefined where it uses an entity that the file declares itself. */
function decode(raw: string, start: number): { value: string; offsets: number[] } | undefined {
  let value = '';
  const offsets: number[] = [];
  for (const match of raw.matchAll(unit)) {
    const text = decodedUnit(match);
    if (text === undefined) return undefined;
    for (let each = 0; each < text.length; each += 1) offsets.push(start + match.index);
    value += text;
  }
  offsets.push(start + raw.length);
  return { value, offsets };
}

/** A character that XML 1.0 can hold at all (2.2 Characters), and that survives being written as UTF-8 or UTF-16. */
export function canStandInXml(text: string): boolean {
  return !/[\p{Surrogate}\uFFFE\uFFFF]/u.test(text) && !/\p{Cc}/u.test(text.replaceAll(/[\t\n\r\u007F-\u009F]/g, ''));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text as it stands in an attribute, in quotes of either kind. */
export function escapeAttribute(text: string): string {
  return text.replaceAll(/[&<>"'\t\n\r]/g, (character) => escapes[character] ?? character);
}

class XmlFault extends Error {}

/**
 * What the parser says, without what it quotes: behind a second colon stands a name from the file, and where a quote in
 * a password broke the markup, that name is a part of the password.
 */
function withoutQuotation(message: string): string {
  return /^\d+:\d+: [^:]*/.exec(message)?.[0].replace(/\.$/, '') ?? 'it cannot be parsed';
}

/** Every start tag of a document with its attributes in their places; the text of the fault when it is not well-formed. */
export function locateElements(text: string): readonly LocatedElement[] | string {
  const elements: LocatedElement[] = [];
  const names: string[] = [];
  let attributes = new Map<string, LocatedAttribute>();
  let element = 0;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new XmlFault(withoutQuotation(error.message));
  });
  parser.on('opentagstart', ({ name }) => {
    names.push(name);
    attributes = new Map();
    element = text.lastIndexOf('<', parser.position - 1);
  });
  parser.on('attribute', ({ name, value }) => {
    const end = parser.position - 1;
    // The value cannot hold the quote that ends it, so the one before is where it begins.
    const start = text.lastIndexOf(text.charAt(end), end - 1) + 1;
    const decoded = decode(text.slice(start, end), start);
    if (decoded?.value !== value) throw new XmlFault("an attribute uses an entity of the document's own");
    attributes.set(name, { ...decoded, start, end, element });
  });
  parser.on('opentag', () => elements.push({ path: names.join('/'), attributes }));
  parser.on('closetag', () => names.pop());
  try {
    parser.write(text).close();
    return elements;
  } catch (error) {
    if (error instanceof XmlFault) return error.message;
    throw error;
  }
}
