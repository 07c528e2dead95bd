/** EXECUTE. https://learn.microsoft.com/sql/t-sql/language-elements/execute-transact-sql */
import type { ControlStatement, ExecuteArgument, Expression } from '../ast.ts';
import { literal } from './expression.ts';
import { isName, objectName } from './names.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

export function execute(tokens: TokenStream): ControlStatement {
  const { line } = tokens.next();
  if (tokens.atSymbol('(')) return executeText(tokens, line);
  if (tokens.at('AS')) throw tokens.outside('EXECUTE AS as a statement');
  return call(tokens, returnTarget(tokens), line);
}

/** A procedure's name as a batch's first word: EXEC may be left out there. */
export function bareExecute(tokens: TokenStream): ControlStatement {
  return call(tokens, undefined, tokens.line);
}

function call(tokens: TokenStream, returnTo: string | undefined, line: number): ControlStatement {
  const token = tokens.peek();
  const procedure = token.kind === 'variable' ? { variable: tokens.next().text, line: token.line } : objectName(tokens);
  if (tokens.atSymbol(';') && tokens.peek(1).kind === 'integer') throw tokens.outside('numbered procedures');
  const given = atArgument(tokens) ? tokens.list(argument) : [];
  refusePositionBehindName(given);
  if (!tokens.accept('WITH', 'RECOMPILE') && tokens.at('WITH', 'RESULT')) throw tokens.outside('WITH RESULT SETS');
  return { kind: 'execute', returnTo, procedure, arguments: given, line };
}

function returnTarget(tokens: TokenStream): string | undefined {
  if (tokens.peek().kind !== 'variable' || !tokens.atSymbol('=', 1)) return undefined;
  const { text } = tokens.next();
  tokens.expectSymbol('=');
  return text;
}

function executeText(tokens: TokenStream, line: number): ControlStatement {
  tokens.expectSymbol('(');
  const text = tokens.grammar.expression(tokens);
  if (tokens.atSymbol(',')) throw tokens.outside('EXEC on a linked server');
  tokens.expectSymbol(')');
  if (tokens.atAny(['AT', 'AS'])) throw tokens.outside(`EXEC (...) ${tokens.peek().word}`);
  return { kind: 'execute-text', text, line };
}

function atArgument(tokens: TokenStream): boolean {
  const token = tokens.peek();
  return literal(token) !== undefined || isName(token) || tokens.at('DEFAULT') || tokens.atSymbol('-');
}

function argument(tokens: TokenStream): ExecuteArgument {
  const token = tokens.peek();
  const named = token.kind === 'variable' && tokens.atSymbol('=', 1);
  if (named) {
    tokens.next();
    tokens.next();
  }
  const value = tokens.accept('DEFAULT') ? undefined : argumentValue(tokens);
  const output = tokens.acceptAny(['OUTPUT', 'OUT']) !== undefined;
  return { name: named ? token.text : undefined, value, output, line: token.line };
}

/** Constants and variables only: an expression is a syntax error here. */
function argumentValue(tokens: TokenStream): Expression {
  const { line } = tokens;
  if (tokens.acceptSymbol('-')) {
    const operand = literal(tokens.peek());
    if (operand?.kind !== 'integer' && operand?.kind !== 'decimal' && operand?.kind !== 'float') throw tokens.refusal();
    tokens.next();
    return { kind: 'unary', operator: '-', operand, line };
  }
  const token = tokens.next();
  const constant = literal(token);
  if (constant !== undefined) return constant;
  if (!isName(token)) throw tokens.refusal(token);
  return { kind: 'string', value: token.text, unicode: true, line };
}

function refusePositionBehindName(given: readonly ExecuteArgument[]): void {
  const firstNamed = given.findIndex((one) => one.name !== undefined);
  const index = given.findIndex((one, at) => firstNamed >= 0 && at > firstNamed && one.name === undefined);
  const late = given[index];
  if (late === undefined) return;
  throw new Refusal(
    119,
    `Must pass parameter number ${index + 1} and subsequent parameters as '@name = value'. After the form '@name = value' ` +
      "has been used, all subsequent parameters must be passed in the form '@name = value'.",
    late.line,
  );
}
