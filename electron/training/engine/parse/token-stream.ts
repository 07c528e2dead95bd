/** The tokens of one batch with a place among them: what every parsing function reads from. */
import type { Token } from '../lexer.ts';
import type { Grammar } from './grammar.ts';
import { isReserved } from './keywords.ts';
import { Refusal, outsideTheSubset } from './refusal.ts';

/** Far beyond what a person writes, far below what the stack holds. */
const DEEPEST = 250;

function tooDeep(line: number): Refusal {
  const text =
    'Some part of your SQL statement is nested too deeply. Rewrite the query or break it up into smaller queries.';
  return new Refusal(191, text, line);
}

export class TokenStream {
  /** The rules that call each other in circles reach each other through this. */
  readonly grammar: Grammar;
  /** The name of the module that is being defined, for error messages; empty outside of one. */
  module = '';
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #at = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[], grammar: Grammar) {
    const end = tokens.at(-1);
    if (end?.kind !== 'end') throw new TypeError('Tokens are closed by one of kind "end".');
    this.#text = text;
    this.#tokens = tokens;
    this.#end = end;
    this.grammar = grammar;
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#end;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  get line(): number {
    return this.peek().line;
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  /** How many tokens were read: a place to come back to. */
  get place(): number {
    return this.#at;
  }

  /** How many statements and expressions this place lies within, the one that is being read included. */
  get depth(): number {
    return this.#depth;
  }

  /** Reads what may hold its like. 191: SQL Server, too, gives up on text that is nested too deep. */
  deeper<Result>(read: () => Result): Result {
    if (this.#depth >= DEEPEST) throw tooDeep(this.line);
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Whether the words stand here, one after the other. */
  at(...words: readonly string[]): boolean {
    return words.every((word, index) => this.peek(index).word === word);
  }

  atAny(words: readonly string[]): boolean {
    return words.includes(this.peek().word);
  }

  atSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  }

  accept(...words: readonly string[]): boolean {
    if (!this.at(...words)) return false;
    this.#at += words.length;
    return true;
  }

  /** The first of the words that stands here, read. */
  acceptAny<Word extends string>(words: readonly Word[]): Word | undefined {
    const found = words.find((word) => this.at(word));
    if (found !== undefined) this.#at += 1;
    return found;
  }

  acceptSymbol(symbol: string): boolean {
    if (!this.atSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.accept(word)) throw this.refusal();
  }

  expectAny<Word extends string>(words: readonly Word[]): Word {
    const found = this.acceptAny(words);
    if (found === undefined) throw this.refusal();
    return found;
  }

  expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) throw this.refusal();
  }

  /** One or more, with commas between them. */
  list<Item>(item: (tokens: TokenStream) => Item): Item[] {
    const items = [item(this)];
    while (this.acceptSymbol(',')) items.push(item(this));
    return items;
  }

  /** A list between parentheses. */
  parenthesized<Item>(item: (tokens: TokenStream) => Item): Item[] {
    this.expectSymbol('(');
    const items = this.list(item);
    this.expectSymbol(')');
    return items;
  }

  /** How far ahead the parenthesis is that closes the one `ahead`. */
  closing(ahead = 0): number {
    let depth = 0;
    for (let index = ahead; this.peek(index).kind !== 'end'; index += 1) {
      if (this.atSymbol('(', index)) depth += 1;
      else if (this.atSymbol(')', index)) depth -= 1;
      if (depth === 0) return index;
    }
    throw this.#refusalAtEnd();
  }

  /** The source text of the tokens from `place` to here. */
  textSince(place: number): string {
    const first = this.#tokens[place] ?? this.#end;
    const last = this.#tokens[this.#at - 1] ?? first;
    return this.#text.slice(first.start, last.end);
  }

  get wholeText(): string {
    return this.#text;
  }

  /** 156 at a reserved word, 102 at anything else; at the end of the text the last token is named. */
  refusal(token: Token = this.peek()): Refusal {
    if (token.kind === 'end') return this.#refusalAtEnd();
    if (isReserved(token.word)) {
      return new Refusal(156, `Incorrect syntax near the keyword '${token.text}'.`, token.line);
    }
    return new Refusal(102, `Incorrect syntax near '${token.text}'.`, token.line);
  }

  /** 50001: legal T-SQL that the training site does not have. */
  outside(what: string): Refusal {
    return outsideTheSubset(what, this.line);
  }

  #refusalAtEnd(): Refusal {
    const last = this.#tokens.at(-2) ?? this.#end;
    return new Refusal(102, `Incorrect syntax near '${last.text}'.`, last.line);
  }
}
