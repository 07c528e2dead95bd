/** DECLARE, IF, WHILE, BEGIN, TRY, THROW and their like. */
import type { ControlStatement, Declaration, Expression, Statement } from '../ast.ts';
import { constantOr, constantOrWord, wholeOr } from './constants.ts';
import { isName, name } from './names.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';
import { variableElements } from './table-definition.ts';
import { dataType } from './types.ts';

export function declare(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  const token = tokens.peek();
  if (isName(token)) throw tokens.outside('cursors');
  if (token.kind === 'variable' && (tokens.peek(1).word === 'TABLE' || tokens.peek(2).word === 'TABLE')) {
    tokens.next();
    tokens.accept('AS');
    tokens.expect('TABLE');
    return { kind: 'declare-table', name: token.text, elements: variableElements(tokens), line };
  }
  return { kind: 'declare', variables: tokens.list(declaration), line };
}

function declaration(tokens: TokenStream): Declaration {
  const token = tokens.next();
  if (token.kind !== 'variable') throw tokens.refusal(token);
  tokens.accept('AS');
  if (tokens.at('TABLE')) throw tokens.outside('a table variable declared together with others');
  const type = dataType(tokens);
  const initial = tokens.acceptSymbol('=') ? tokens.grammar.expression(tokens) : undefined;
  return { name: token.text, type, initial, line: token.line };
}

export function ifElse(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  const condition = tokens.grammar.predicate(tokens);
  const body = tokens.grammar.statement(tokens);
  // One semicolon may stand before ELSE; any other belongs to the statements that follow.
  if (tokens.atSymbol(';') && tokens.peek(1).word === 'ELSE') tokens.next();
  const otherwise = tokens.accept('ELSE') ? tokens.grammar.statement(tokens) : undefined;
  return { kind: 'if', condition, body, otherwise, line };
}

export function whileLoop(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  const condition = tokens.grammar.predicate(tokens);
  return { kind: 'while', condition, body: tokens.grammar.statement(tokens), line };
}

export function block(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  const statements = statementsUntil(tokens, (inner) => inner.at('END'));
  if (statements.length === 0) throw tokens.refusal();
  tokens.expect('END');
  return { kind: 'block', statements, line };
}

/** https://learn.microsoft.com/sql/t-sql/language-elements/try-catch-transact-sql: nothing, not even `;`, between END TRY and BEGIN CATCH. */
export function tryCatch(tokens: TokenStream): ControlStatement {
  const { line } = tokens;
  tokens.expect('BEGIN', 'TRY');
  const body = statementsUntil(tokens, (inner) => inner.at('END'));
  if (body.length === 0) throw tokens.refusal();
  tokens.expect('END', 'TRY', 'BEGIN', 'CATCH');
  const handler = statementsUntil(tokens, (inner) => inner.at('END'));
  tokens.expect('END', 'CATCH');
  return { kind: 'try', body, handler, line };
}

/**
 * Statements one after the other. A statement that starts with THROW, ENABLE, DISABLE or WITH needs the semicolon before
 * it: those words are names or clauses otherwise.
 */
export function statementsUntil(tokens: TokenStream, isEnd: (tokens: TokenStream) => boolean): readonly Statement[] {
  const statements: Statement[] = [];
  let separated = true;
  for (;;) {
    while (tokens.acceptSymbol(';')) separated = true;
    if (isEnd(tokens)) return statements;
    if (!separated) refuseWithoutSemicolon(tokens);
    statements.push(tokens.grammar.statement(tokens));
    separated = false;
  }
}

const NEED_SEMICOLON = ['THROW', 'ENABLE', 'DISABLE'];

/** https://learn.microsoft.com/sql/t-sql/language-elements/throw-transact-sql and error 319. */
function refuseWithoutSemicolon(tokens: TokenStream): void {
  if (tokens.atAny(NEED_SEMICOLON)) throw tokens.refusal();
  if (!tokens.at('WITH')) return;
  throw new Refusal(
    319,
    "Incorrect syntax near the keyword 'with'. If this statement is a common table expression, an xmlnamespaces clause or " +
      'a change tracking context clause, the previous statement must be terminated with a semicolon.',
    tokens.line,
  );
}

export function throwError(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  const { kind } = tokens.peek();
  if (kind === 'end' || kind === 'symbol' || kind === 'word') return { kind: 'throw', arguments: undefined, line };
  const number = constantOr(tokens, ['integer']);
  tokens.expectSymbol(',');
  const message = constantOr(tokens, ['string', 'unicode-string']);
  tokens.expectSymbol(',');
  return { kind: 'throw', arguments: { number, message, state: constantOr(tokens, ['integer']) }, line };
}

export function raiserror(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  tokens.expectSymbol('(');
  const message = constantOr(tokens, ['string', 'unicode-string', 'integer']);
  tokens.expectSymbol(',');
  const severity = wholeOr(tokens);
  tokens.expectSymbol(',');
  const state = wholeOr(tokens);
  const given = tokens.acceptSymbol(',') ? tokens.list(raiserrorArgument) : [];
  tokens.expectSymbol(')');
  const options = tokens.accept('WITH') ? tokens.list((inner) => inner.expectAny(['NOWAIT', 'LOG', 'SETERROR'])) : [];
  return { kind: 'raiserror', message, severity, state, arguments: given, options, line };
}

function raiserrorArgument(tokens: TokenStream): Expression {
  if (isName(tokens.peek())) throw tokens.refusal();
  return constantOrWord(tokens);
}

export function print(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  return { kind: 'print', message: tokens.grammar.expression(tokens), line };
}

export function returns(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  return { kind: 'return', value: atReturnValue(tokens) ? tokens.grammar.expression(tokens) : undefined, line };
}

/** What can begin an expression and no statement. */
function atReturnValue(tokens: TokenStream): boolean {
  const token = tokens.peek();
  if (token.kind === 'end') return false;
  if (token.kind === 'symbol') return tokens.atSymbol('(') || tokens.atSymbol('-') || tokens.atSymbol('+');
  const startsValue = ['CASE', 'NULL', 'COALESCE', 'CONVERT', 'NULLIF', 'TRY_CONVERT'];
  return token.kind !== 'word' || isName(token) || startsValue.includes(token.word);
}

export function waitFor(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  if (tokens.at('TIME') || tokens.atSymbol('(')) throw tokens.outside('WAITFOR but with DELAY');
  tokens.expect('DELAY');
  return { kind: 'wait', delay: constantOr(tokens, ['string', 'unicode-string']), line };
}

export function use(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  return { kind: 'use', database: name(tokens), line };
}
