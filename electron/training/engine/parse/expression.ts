/**
 * Expressions, by climbing the precedence of their operators.
 * https://learn.microsoft.com/sql/t-sql/language-elements/operator-precedence-transact-sql
 */
import type { ArithmeticOperator, Expression } from '../ast.ts';
import { literal } from './constants.ts';
import { callOrColumn, niladicFunction, specialFunction } from './function-call.ts';
import { collationName, isName } from './names.ts';
import type { TokenStream } from './token-stream.ts';

const MULTIPLICATIVE: readonly ArithmeticOperator[] = ['*', '/', '%'];
const ADDITIVE: readonly ArithmeticOperator[] = ['+', '-', '&', '|', '^'];

export function expression(tokens: TokenStream): Expression {
  return chain(tokens, ADDITIVE, multiplicative);
}

function multiplicative(tokens: TokenStream): Expression {
  return chain(tokens, MULTIPLICATIVE, signed);
}

function chain(
  tokens: TokenStream,
  operators: readonly ArithmeticOperator[],
  operand: (tokens: TokenStream) => Expression,
): Expression {
  let left = operand(tokens);
  for (;;) {
    const operator = operators.find((symbol) => tokens.atSymbol(symbol));
    if (operator === undefined) return left;
    const { line } = tokens.next();
    left = { kind: 'arithmetic', operator, left, right: operand(tokens), line };
  }
}

/** A sign binds less than `*` and `/`: `-100 / -100 * 10` is `-(100 / -(100 * 10))`. `~` binds most. */
function signed(tokens: TokenStream): Expression {
  return tokens.deeper(() => signedOperand(tokens));
}

function signedOperand(tokens: TokenStream): Expression {
  const { line } = tokens;
  if (tokens.acceptSymbol('-')) return { kind: 'unary', operator: '-', operand: multiplicative(tokens), line };
  if (tokens.acceptSymbol('+')) return { kind: 'unary', operator: '+', operand: multiplicative(tokens), line };
  if (tokens.acceptSymbol('~')) return { kind: 'unary', operator: '~', operand: signed(tokens), line };
  return collated(tokens);
}

function collated(tokens: TokenStream): Expression {
  let operand = primary(tokens);
  if (tokens.at('COLLATE')) {
    const { line } = tokens.next();
    operand = { kind: 'collate', operand, collation: collationName(tokens), line };
  }
  if (tokens.at('AT', 'TIME', 'ZONE')) throw tokens.outside('AT TIME ZONE');
  return operand;
}

function primary(tokens: TokenStream): Expression {
  const token = tokens.peek();
  const constant = literal(token);
  if (constant !== undefined) {
    tokens.next();
    return constant;
  }
  if (tokens.atSymbol('(')) return inParentheses(tokens);
  if (tokens.accept('$ACTION')) return { kind: 'merge-action', line: token.line };
  if (tokens.at('CASE')) return caseExpression(tokens);
  const special = specialFunction(tokens) ?? niladicFunction(tokens);
  if (special !== undefined) return special;
  if (isName(token)) return callOrColumn(tokens);
  throw tokens.refusal();
}

function inParentheses(tokens: TokenStream): Expression {
  const { line } = tokens.next();
  if (startsQuery(tokens)) {
    const query = tokens.grammar.subquery(tokens);
    tokens.expectSymbol(')');
    return { kind: 'subquery', query, line };
  }
  const inner = expression(tokens);
  tokens.expectSymbol(')');
  return inner;
}

/** Whether a query follows rather than an expression, where both may stand: `((SELECT 1) UNION ...)` against `((SELECT 1) + 1)`. */
export function startsQuery(tokens: TokenStream, ahead = 0): boolean {
  let select = ahead;
  while (tokens.atSymbol('(', select)) select += 1;
  if (tokens.peek(select).word !== 'SELECT') return false;
  for (let open = ahead; open < select; open += 1) {
    const behind = tokens.closing(open) + 1;
    const goesOn = ['UNION', 'EXCEPT', 'INTERSECT', 'ORDER'].includes(tokens.peek(behind).word);
    if (!goesOn && !tokens.atSymbol(')', behind)) return false;
  }
  return true;
}

function caseExpression(tokens: TokenStream): Expression {
  const { line } = tokens.next();
  const { predicate } = tokens.grammar;
  if (tokens.at('WHEN')) {
    const branches = whens(tokens, predicate);
    return { kind: 'searched-case', branches, otherwise: caseEnd(tokens), line };
  }
  const input = expression(tokens);
  const branches = whens(tokens, expression);
  return { kind: 'simple-case', input, branches, otherwise: caseEnd(tokens), line };
}

function whens<When>(
  tokens: TokenStream,
  condition: (tokens: TokenStream) => When,
): { readonly when: When; readonly result: Expression }[] {
  const branches = [];
  do {
    tokens.expect('WHEN');
    const when = condition(tokens);
    tokens.expect('THEN');
    branches.push({ when, result: expression(tokens) });
  } while (tokens.at('WHEN'));
  return branches;
}

function caseEnd(tokens: TokenStream): Expression | undefined {
  const otherwise = tokens.accept('ELSE') ? expression(tokens) : undefined;
  tokens.expect('END');
  return otherwise;
}
