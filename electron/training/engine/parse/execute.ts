/** EXECUTE. https://learn.microsoft.com/sql/t-sql/language-elements/execute-transact-sql */
import type { ControlStatement, ExecuteArgument, Expression } from '../ast.ts';
import { constantOr, constantOrWord, literal } from './constants.ts';
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
  const called = call(tokens, undefined, tokens.line);
  if (tokens.peek(-1).word === 'RECOMPILE' && tokens.peek(-2).word === 'WITH')
    throw tokens.outside('WITH RECOMPILE without EXEC');
  return called;
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
  let text = textPart(tokens);
  while (tokens.atSymbol('+')) {
    const plus = tokens.next();
    text = { kind: 'arithmetic', operator: '+', left: text, right: textPart(tokens), line: plus.line };
  }
  if (tokens.atSymbol(',')) throw tokens.outside('EXEC on a linked server');
  tokens.expectSymbol(')');
  if (tokens.atAny(['AT', 'AS'])) throw tokens.outside(`EXEC (...) ${tokens.peek().word}`);
  return { kind: 'execute-text', text, line };
}

/** String constants and variables only: T-SQL takes no other expression there. */
function textPart(tokens: TokenStream): Expression {
  return constantOr(tokens, ['string', 'unicode-string']);
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
  const value = tokens.accept('DEFAULT') ? undefined : constantOrWord(tokens);
  const output = tokens.atAny(['OUTPUT', 'OUT']);
  if (output) refuseConstantOutput(tokens, value);
  return { name: named ? token.text : undefined, value, output, line: token.line };
}

/** Reads OUTPUT: only a variable can take what comes back. */
function refuseConstantOutput(tokens: TokenStream, value: Expression | undefined): void {
  if (value === undefined) throw tokens.refusal();
  const { line } = tokens.next();
  if (value.kind === 'variable') return;
  throw new Refusal(179, 'Cannot use the OUTPUT option when passing a constant to a stored procedure.', line);
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
