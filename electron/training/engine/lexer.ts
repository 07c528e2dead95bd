/** Cuts T-SQL text into tokens, each with its line and its place in the text. */
import { Refusal, outsideTheSubset } from './parse/refusal.ts';

export type TokenKind =
  | 'word'
  | 'quoted-name'
  | 'variable'
  | 'global'
  | 'string'
  | 'unicode-string'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'binary'
  | 'symbol'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Strings and names without their quotes; everything else as written. */
  readonly text: string;
  /** A word without quotes in upper case, else the empty string: what a keyword is compared with. */
  readonly word: string;
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The longest first. */
const SYMBOLS = '<> != <= >= !< !> += -= *= /= %= &= |= ^= :: ( ) , . ; : = < > + - * / % & | ^ ~'.split(' ');

const NAME = /[\p{L}_#][\p{L}\p{N}_#@$]*/uy;
const VARIABLE = /@[\p{L}\p{N}_#@$]*/uy;
const BINARY = /0x[0-9a-f]*/iuy;
/** `3e` is a number, too: T-SQL reads `3END` as 3 with the alias ND. */
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d*)?/iuy;
/** A byte order mark is none. */
const SPACE = /[^\S\u{feff}]+/uy;
/** A larger whole number is a decimal. https://learn.microsoft.com/sql/t-sql/data-types/constants-transact-sql */
const LARGEST_INT = 2_147_483_647n;
const LONGEST_NAME = 128;

/**
 * The tokens of one batch, closed by one of kind `end`. With `quotedIdentifier` off, text within double quotes is a
 * string. Throws Refusal: 105 for a string or name without end, 113 for a comment without end, 103 for a name that is too long.
 */
export function tokenize(text: string, quotedIdentifier = true): readonly Token[] {
  return new Lexer(text, quotedIdentifier).run();
}

class Lexer {
  readonly #text: string;
  readonly #quotedIdentifier: boolean;
  readonly #tokens: Token[] = [];
  #at = 0;
  #line = 1;

  constructor(text: string, quotedIdentifier: boolean) {
    this.#text = text;
    this.#quotedIdentifier = quotedIdentifier;
  }

  run(): readonly Token[] {
    while (this.#skipBlank()) this.#token();
    this.#tokens.push({ kind: 'end', text: '', word: '', line: this.#line, start: this.#at, end: this.#at });
    return this.#tokens;
  }

  /** Past spaces and comments; false at the end of the text. */
  #skipBlank(): boolean {
    for (;;) {
      const space = this.#match(SPACE);
      if (space !== undefined) this.#advance(space.length);
      else if (this.#text.startsWith('--', this.#at)) {
        this.#skipLineComment();
      } else if (this.#text.startsWith('/*', this.#at)) this.#skipBlockComment();
      else return this.#at < this.#text.length;
    }
  }

  /** To the end of the line. At a carriage return alone readers of T-SQL disagree whether it is one: it is refused. */
  #skipLineComment(): void {
    const found = this.#text.indexOf('\n', this.#at);
    const end = found < 0 ? this.#text.length : found;
    const comment = this.#text.slice(this.#at, end);
    if (/\r(?!$)/u.test(comment)) throw outsideTheSubset('a carriage return alone in a comment', this.#line);
    this.#advance(end - this.#at);
  }

  /** Block comments nest. https://learn.microsoft.com/sql/t-sql/language-elements/slash-star-comment-transact-sql */
  #skipBlockComment(): void {
    const line = this.#line;
    let depth = 0;
    do {
      const open = this.#text.startsWith('/*', this.#at);
      const close = this.#text.startsWith('*/', this.#at);
      if (this.#at >= this.#text.length) throw new Refusal(113, "Missing end comment mark '*/'.", line);
      depth += open ? 1 : close ? -1 : 0;
      this.#advance(open || close ? 2 : 1);
    } while (depth > 0);
  }

  #token(): void {
    const first = this.#text.charAt(this.#at);
    if (first === "'") return this.#quoted('string', "'", 0);
    if ((first === 'N' || first === 'n') && this.#text.charAt(this.#at + 1) === "'") {
      return this.#quoted('unicode-string', "'", 1);
    }
    if (first === '[') return this.#quoted('quoted-name', ']', 0);
    if (first === '"') return this.#quoted(this.#quotedIdentifier ? 'quoted-name' : 'string', '"', 0);
    if (first === '$') return this.#dollar();
    const binary = this.#match(BINARY);
    if (binary !== undefined) return this.#push('binary', binary);
    const number = this.#match(NUMBER);
    if (number !== undefined) return this.#push(kindOfNumber(number), number);
    const name = this.#match(NAME);
    if (name !== undefined) return this.#name(name);
    const variable = this.#match(VARIABLE);
    if (variable !== undefined) return this.#push(variable.startsWith('@@') ? 'global' : 'variable', variable);
    const symbol = SYMBOLS.find((candidate) => this.#text.startsWith(candidate, this.#at));
    if (symbol === undefined) throw new Refusal(102, `Incorrect syntax near '${first}'.`, this.#line);
    this.#push('symbol', symbol);
  }

  /** From an opening quote to its closing one, which stands for itself when doubled. */
  #quoted(kind: TokenKind, close: string, prefix: number): void {
    const line = this.#line;
    const start = this.#at;
    let text = '';
    let from = start + prefix + 1;
    for (;;) {
      const end = this.#text.indexOf(close, from);
      if (end < 0) {
        const rest = text + this.#text.slice(from);
        throw new Refusal(105, `Unclosed quotation mark after the character string '${rest}'.`, line);
      }
      text += this.#text.slice(from, end);
      from = end + 1;
      if (this.#text.charAt(from) !== close) break;
      text += close;
      from += 1;
    }
    if (kind === 'quoted-name') this.#checkName(text);
    this.#advance(from - start);
    this.#tokens.push({ kind, text, word: '', line, start, end: from });
  }

  #name(name: string): void {
    this.#checkName(name);
    this.#push('word', name);
  }

  #checkName(name: string): void {
    if (name.length === 0) {
      throw new Refusal(
        1038,
        'An object or column name is missing or empty. For SELECT INTO statements, verify each column has a name. ' +
          'For other statements, look for empty alias names. Aliases defined as "" or [] are not allowed. ' +
          'Change the alias to a valid name.',
        this.#line,
      );
    }
    if (name.length <= LONGEST_NAME) return;
    const start = name.slice(0, LONGEST_NAME);
    throw new Refusal(
      103,
      `The identifier that starts with '${start}' is too long. Maximum length is 128.`,
      this.#line,
    );
  }

  /** `$action` is a word of MERGE; `$5` would be money. */
  #dollar(): void {
    const action = /\$action(?![\p{L}\p{N}_#@$])/iuy;
    const written = this.#match(action);
    if (written !== undefined) return this.#push('word', written);
    if (/\d/u.test(this.#text.charAt(this.#at + 1))) throw outsideTheSubset('money constants', this.#line);
    throw new Refusal(102, "Incorrect syntax near '$'.", this.#line);
  }

  #push(kind: TokenKind, text: string): void {
    const start = this.#at;
    const word = kind === 'word' ? text.toUpperCase() : '';
    this.#tokens.push({ kind, text, word, line: this.#line, start, end: start + text.length });
    this.#advance(text.length);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #advance(length: number): void {
    const end = this.#at + length;
    for (let at = this.#text.indexOf('\n', this.#at); at >= 0 && at < end; at = this.#text.indexOf('\n', at + 1)) {
      this.#line += 1;
    }
    this.#at = end;
  }
}

function kindOfNumber(number: string): TokenKind {
  if (/e/iu.test(number)) return 'float';
  return number.includes('.') || BigInt(number) > LARGEST_INT ? 'decimal' : 'integer';
}
