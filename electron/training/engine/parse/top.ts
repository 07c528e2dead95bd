/** TOP. https://learn.microsoft.com/sql/t-sql/queries/top-transact-sql */
import type { Top } from '../ast.ts';
import { isWhole } from './constants.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

/** TOP (expression), PERCENT, WITH TIES, where it stands. */
export function optionalTop(tokens: TokenStream): Top | undefined {
  if (!tokens.accept('TOP')) return undefined;
  return behindCount(tokens, countInParentheses(tokens));
}

/** As SELECT has it: only there the parentheses may be left out. */
export function bareTop(tokens: TokenStream): Top | undefined {
  if (!tokens.accept('TOP')) return undefined;
  return behindCount(tokens, tokens.atSymbol('(') ? countInParentheses(tokens) : bareCount(tokens));
}

function behindCount(tokens: TokenStream, count: Top['count']): Top {
  const percent = tokens.accept('PERCENT');
  if (percent) refuseNoPercent(tokens, count);
  return { count, percent, withTies: tokens.accept('WITH', 'TIES') };
}

/** Of a constant only: what else it may be is known when it runs. */
function refuseNoPercent(tokens: TokenStream, count: Top['count']): void {
  const percent = constantOf(count);
  if (percent === undefined && count.kind === 'unary') throw tokens.outside('a sign before what is no constant in TOP');
  if (percent === undefined || (percent >= 0 && percent <= 100)) return;
  throw new Refusal(1031, 'Percent values must be between 0 and 100.', tokens.line);
}

function constantOf(count: Top['count']): number | undefined {
  switch (count.kind) {
    case 'integer':
    case 'float':
      return Number(count.value);
    case 'decimal':
      return Number(count.text);
    case 'unary': {
      const operand = count.operand.kind === 'unary' ? undefined : constantOf(count.operand);
      return operand === undefined || count.operator === '~' ? undefined : Number(`${count.operator}${operand}`);
    }
    default:
      return undefined;
  }
}

function countInParentheses(tokens: TokenStream): Top['count'] {
  tokens.expectSymbol('(');
  const count = tokens.grammar.expression(tokens);
  tokens.expectSymbol(')');
  return count;
}

function bareCount(tokens: TokenStream): Top['count'] {
  const token = tokens.next();
  if (isWhole(token)) return { kind: 'integer', value: BigInt(token.text), line: token.line };
  throw tokens.refusal(token);
}
