/** Names of things, of one part and of several. */
import type { ObjectName } from '../ast.ts';
import type { Token } from '../lexer.ts';
import { isReserved } from './keywords.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

/** Server, database, schema, object. */
const MOST_PARTS = 4;
/** The same on this server. */
const MOST_PARTS_HERE = 3;

export function isName(token: Token): boolean {
  return (
    token.kind === 'quoted-name' || (token.kind === 'word' && !isReserved(token.word) && !token.text.startsWith('$'))
  );
}

export function name(tokens: TokenStream): string {
  if (!isName(tokens.peek())) throw tokens.refusal();
  return tokens.next().text;
}

export function nameList(tokens: TokenStream): readonly string[] {
  return tokens.parenthesized(name);
}

/** A list of names between parentheses, or nothing. */
export function optionalNameList(tokens: TokenStream): readonly string[] {
  return tokens.atSymbol('(') ? nameList(tokens) : [];
}

/** `a.b.c.d`, in which middle parts may be left out. Refuses more than `most` parts with 117. */
export function objectName(tokens: TokenStream, most = MOST_PARTS): ObjectName {
  const { line } = tokens;
  const parts = [name(tokens)];
  while (tokens.atSymbol('.') && !tokens.atSymbol('*', 1)) {
    tokens.expectSymbol('.');
    parts.push(tokens.atSymbol('.') ? '' : name(tokens));
  }
  if (parts.length > most) {
    const whole = parts.join('.');
    throw new Refusal(
      117,
      `The object name '${whole}' contains more than the maximum number of prefixes. The maximum is ${most - 1}.`,
      line,
    );
  }
  return { parts, line };
}

/** The name of what is defined: nothing is defined on another server. */
export function nameHere(tokens: TokenStream): ObjectName {
  return objectName(tokens, MOST_PARTS_HERE);
}

/** The name of what is created or dropped in the current database only: 166 where a database is named. */
export function localName(tokens: TokenStream, statement: string): ObjectName {
  const named = nameHere(tokens);
  if (named.parts.length < 3) return named;
  const text = `'${statement}' does not allow specifying the database name as a prefix to the object name.`;
  throw new Refusal(166, text, named.line);
}

/** A collation's name, which is never quoted. */
export function collationName(tokens: TokenStream): string {
  if (tokens.peek().kind === 'quoted-name') throw tokens.refusal();
  return name(tokens);
}

/** A principal: `public` is a reserved word and a role. */
export function principal(tokens: TokenStream): string {
  return tokens.at('PUBLIC') ? tokens.next().text : name(tokens);
}

/** An alias, with or without AS before it; the words in `not` are never taken for one. */
export function optionalAlias(tokens: TokenStream, not: readonly string[] = []): string | undefined {
  if (tokens.accept('AS')) return name(tokens);
  return isName(tokens.peek()) && !tokens.atAny(not) ? tokens.next().text : undefined;
}
