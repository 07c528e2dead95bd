/** Constants, and the places of the grammar that take nothing else. https://learn.microsoft.com/sql/t-sql/data-types/constants-transact-sql */
import type { Expression } from '../ast.ts';
import type { Token, TokenKind } from '../lexer.ts';
import { isName } from './names.ts';
import type { TokenStream } from './token-stream.ts';

/** A constant, a variable or a global; undefined for any other token. */
export function literal(token: Token): Expression | undefined {
  const { line, text } = token;
  switch (token.kind) {
    case 'integer':
      return { kind: 'integer', value: BigInt(text), line };
    case 'decimal':
      return { kind: 'decimal', text, line };
    case 'float':
      // An exponent without digits is 0.
      return { kind: 'float', value: Number(/\d$/u.test(text) ? text : `${text}0`), line };
    case 'string':
      return { kind: 'string', value: text, unicode: false, line };
    case 'unicode-string':
      return { kind: 'string', value: text, unicode: true, line };
    case 'binary':
      return { kind: 'binary-literal', bytes: binary(text), line };
    case 'variable':
      return { kind: 'variable', name: text, line };
    case 'global':
      return { kind: 'global', name: text.toUpperCase(), line };
    case 'word':
      return token.word === 'NULL' ? { kind: 'null', line } : undefined;
    default:
      return undefined;
  }
}

/** A whole number, however large. */
export function isWhole({ kind, text }: Token): boolean {
  return kind === 'integer' || (kind === 'decimal' && !text.includes('.'));
}

/** `0xABC` is 0x0ABC. */
export function binary(text: string): Uint8Array {
  const digits = text.slice(2);
  return Uint8Array.from(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'));
}

/** A constant of those kinds or a variable: an expression is a syntax error. */
export function constantOr(tokens: TokenStream, kinds: readonly TokenKind[]): Expression {
  const token = tokens.peek();
  const found = token.kind === 'variable' || kinds.includes(token.kind) ? literal(token) : undefined;
  if (found === undefined) throw tokens.refusal();
  tokens.next();
  return found;
}

/** A whole number, with a sign or without, or a variable. */
export function wholeOr(tokens: TokenStream): Expression {
  if (!tokens.atSymbol('-')) return constantOr(tokens, ['integer']);
  return signed(tokens, ['integer']);
}

/** A constant of any kind, with a sign where it is a number, a variable, or a bare word, which is a string. */
export function constantOrWord(tokens: TokenStream): Expression {
  if (tokens.atSymbol('-')) return signed(tokens, ['integer', 'decimal', 'float']);
  const token = tokens.peek();
  const constant = literal(token);
  if (constant === undefined && !isName(token)) throw tokens.refusal();
  tokens.next();
  return constant ?? { kind: 'string', value: token.text, unicode: true, line: token.line };
}

function signed(tokens: TokenStream, kinds: readonly TokenKind[]): Expression {
  const { line } = tokens.next();
  const token = tokens.peek();
  const operand = kinds.includes(token.kind) ? literal(token) : undefined;
  if (operand === undefined) throw tokens.refusal();
  tokens.next();
  return { kind: 'unary', operator: '-', operand, line };
}
