/** Search conditions. https://learn.microsoft.com/sql/t-sql/queries/search-condition-transact-sql */
import type { ComparisonOperator, Expression, Predicate } from '../ast.ts';
import { startsQuery } from './expression.ts';
import { name } from './names.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

/** The symbols of comparison and what each means; `!<` and `!>` are SQL Server's own. */
const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['>', '>'],
  ['<=', '<='],
  ['>=', '>='],
  ['!<', '>='],
  ['!>', '<='],
]);

/** What may follow the closing parenthesis of an expression, and cannot follow that of a condition. */
const GOES_ON = new Set([...COMPARISONS.keys(), ...'+ - * / % & | ^'.split(' ')]);
const GOES_ON_WORDS = ['IS', 'IN', 'LIKE', 'BETWEEN', 'NOT', 'COLLATE'];

export function predicate(tokens: TokenStream): Predicate {
  let left = conjunction(tokens);
  while (tokens.at('OR')) {
    const { line } = tokens.next();
    left = { kind: 'or', left, right: conjunction(tokens), line };
  }
  return left;
}

function conjunction(tokens: TokenStream): Predicate {
  let left = negation(tokens);
  while (tokens.at('AND')) {
    const { line } = tokens.next();
    left = { kind: 'and', left, right: negation(tokens), line };
  }
  return left;
}

function negation(tokens: TokenStream): Predicate {
  const { line } = tokens;
  return tokens.deeper(() =>
    tokens.accept('NOT') ? { kind: 'not', operand: negation(tokens), line } : simple(tokens),
  );
}

function simple(tokens: TokenStream): Predicate {
  const { line } = tokens;
  if (tokens.accept('EXISTS')) return { kind: 'exists', query: queryInParentheses(tokens), line };
  if (tokens.at('UPDATE')) return columnUpdated(tokens);
  if (tokens.atAny(['CONTAINS', 'FREETEXT'])) throw tokens.outside('full-text search');
  if (tokens.atSymbol('(') && opensCondition(tokens)) {
    tokens.expectSymbol('(');
    const inner = predicate(tokens);
    tokens.expectSymbol(')');
    return inner;
  }
  return withOperand(tokens, tokens.grammar.expression(tokens));
}

/** A parenthesis opens a condition unless a query stands in it or its closing one is followed as an expression's is. */
function opensCondition(tokens: TokenStream): boolean {
  if (startsQuery(tokens, 1)) return false;
  const behind = tokens.peek(tokens.closing() + 1);
  return behind.kind === 'symbol' ? !GOES_ON.has(behind.text) : !GOES_ON_WORDS.includes(behind.word);
}

function queryInParentheses(tokens: TokenStream): ReturnType<TokenStream['grammar']['subquery']> {
  tokens.expectSymbol('(');
  const query = tokens.grammar.subquery(tokens);
  tokens.expectSymbol(')');
  return query;
}

function columnUpdated(tokens: TokenStream): Predicate {
  const { line } = tokens.next();
  tokens.expectSymbol('(');
  const column = name(tokens);
  tokens.expectSymbol(')');
  return { kind: 'column-updated', column, line };
}

function withOperand(tokens: TokenStream, operand: Expression): Predicate {
  const symbol = tokens.peek();
  const operator = symbol.kind === 'symbol' ? COMPARISONS.get(symbol.text) : undefined;
  if (operator !== undefined) return comparison(tokens, operator, operand);
  const { line } = symbol;
  if (tokens.accept('IS')) return isNull(tokens, operand, line);
  const negated = tokens.accept('NOT');
  if (tokens.accept('BETWEEN')) {
    const low = tokens.grammar.expression(tokens);
    tokens.expect('AND');
    return { kind: 'between', operand, low, high: tokens.grammar.expression(tokens), negated, line };
  }
  if (tokens.accept('IN')) return inside(tokens, operand, negated, line);
  if (tokens.accept('LIKE')) {
    const pattern = tokens.grammar.expression(tokens);
    const escape = tokens.accept('ESCAPE') ? tokens.grammar.expression(tokens) : undefined;
    return { kind: 'like', operand, pattern, escape, negated, line };
  }
  throw negated ? tokens.refusal() : nonBoolean(tokens);
}

function comparison(tokens: TokenStream, operator: ComparisonOperator, left: Expression): Predicate {
  const { line } = tokens.next();
  if (tokens.atAny(['ANY', 'ALL', 'SOME'])) throw tokens.outside('comparison with ANY, SOME or ALL');
  return { kind: 'comparison', operator, left, right: tokens.grammar.expression(tokens), line };
}

function isNull(tokens: TokenStream, operand: Expression, line: number): Predicate {
  const negated = tokens.accept('NOT');
  if (tokens.at('DISTINCT')) throw tokens.outside('IS DISTINCT FROM');
  tokens.expect('NULL');
  return { kind: 'is-null', operand, negated, line };
}

function inside(tokens: TokenStream, operand: Expression, negated: boolean, line: number): Predicate {
  if (startsQuery(tokens, 1)) return { kind: 'in-query', operand, query: queryInParentheses(tokens), negated, line };
  return { kind: 'in-list', operand, items: tokens.parenthesized(tokens.grammar.expression), negated, line };
}

/** https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors, 4145. */
function nonBoolean(tokens: TokenStream): Refusal {
  const token = tokens.peek();
  if (token.kind === 'end') return tokens.refusal();
  return new Refusal(
    4145,
    `An expression of non-boolean type specified in a context where a condition is expected, near '${token.text}'.`,
    token.line,
  );
}
