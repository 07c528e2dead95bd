import { shownText } from '#shared/shown-text.ts';

/** How deep a profile's JSON may be nested; the shape needs five levels. */
export const deepestNesting = 32;

/** What was seen on the way through a JSON text besides its value. */
export interface JsonWalk {
  /** Keys that stand in one object twice: JSON.parse keeps the last and says nothing. */
  readonly duplicates: readonly (readonly (string | number)[])[];
}

/** Why a text is not JSON: at which character, and what is wrong there. */
export class JsonError extends Error {
  readonly offset: number;
  readonly kind: 'json' | 'size';

  constructor(offset: number, what: string, kind: 'json' | 'size' = 'json') {
    super(what);
    this.offset = offset;
    this.kind = kind;
  }
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const blank = /[ \t\r\n]*/y;
/** Characters of a string that stand for themselves. */
// oxlint-disable-next-line no-control-regex -- JSON forbids exactly these in a string
const plain = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const word = /[A-Za-z_$][\w$]*/y;

/**
 * Walks a text as RFC 8259 has it. Throws a JsonError at the first character that does not belong there. The value is
 * JSON.parse's business; this says what that does not: where, and which keys stand twice.
 */
export function walkJson(text: string): JsonWalk {
  return new Walker(text).walk();
}

class Walker {
  readonly #text: string;
  #at = 0;
  readonly #path: (string | number)[] = [];
  readonly #duplicates: (readonly (string | number)[])[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  walk(): JsonWalk {
    this.#blank();
    if (this.#at === this.#text.length) throw new JsonError(0, 'the file is empty, and "{" belongs here');
    this.#value();
    this.#blank();
    if (this.#at < this.#text.length) throw this.#unexpected('nothing more belongs here');
    return { duplicates: this.#duplicates };
  }

  #value(): void {
    if (this.#path.length > deepestNesting)
      throw new JsonError(this.#at, `it is nested deeper than ${deepestNesting} levels`, 'size');
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        this.#string();
        return;
      default:
        return this.#scalar();
    }
  }

  #object(): void {
    const keys = new Set<string>();
    this.#at += 1;
    this.#blank();
    if (this.#take('}')) return;
    for (;;) {
      if (this.#text[this.#at] !== '"') throw this.#unexpected('a key in double quotes belongs here');
      const key = this.#string();
      this.#path.push(key);
      if (keys.has(key)) this.#duplicates.push([...this.#path]);
      keys.add(key);
      this.#blank();
      if (!this.#take(':')) throw this.#unexpected('":" belongs here');
      this.#blank();
      this.#value();
      this.#path.pop();
      this.#blank();
      if (this.#take('}')) return;
      if (!this.#take(',')) throw this.#unexpected('"," or "}" belongs here');
      this.#blank();
    }
  }

  #array(): void {
    this.#at += 1;
    this.#blank();
    if (this.#take(']')) return;
    for (let index = 0; ; index += 1) {
      this.#path.push(index);
      this.#value();
      this.#path.pop();
      this.#blank();
      if (this.#take(']')) return;
      if (!this.#take(',')) throw this.#unexpected('"," or "]" belongs here');
      this.#blank();
    }
  }

  /** Answers the text that the string stands for. */
  #string(): string {
    const from = this.#at;
    this.#at += 1;
    for (;;) {
      this.#match(plain);
      if (this.#take('"')) return JSON.parse(this.#text.slice(from, this.#at)) as string;
      if (this.#at >= this.#text.length) throw new JsonError(from, 'this text has no end: a double quote is missing');
      if (this.#text[this.#at] !== '\\')
        throw this.#unexpected('a text holds no line break and no control character: write \\n or \\u0000 instead');
      if (this.#match(escape) === '')
        throw this.#unexpected(
          'after a backslash belongs another one, a quote, /, b, f, n, r, t or u with four digits',
        );
    }
  }

  #scalar(): void {
    const from = this.#at;
    const found = this.#match(number) || this.#match(word);
    if (/^-?\d/.test(found) || found === 'true' || found === 'false' || found === 'null') return;
    this.#at = from;
    throw this.#unexpected('a value belongs here');
  }

  #blank(): void {
    this.#match(blank);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #unexpected(what: string): JsonError {
    const found = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    const end = this.#at >= this.#text.length;
    return new JsonError(this.#at, end ? `${what}, but the file ends` : `${what}, not "${shownText(found)}"`);
  }
}
