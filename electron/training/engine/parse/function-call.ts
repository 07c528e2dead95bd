/** Calls of functions: those with a syntax of their own first, then any `name(arguments)`. */
import type { AggregateName, Expression, ObjectName, OrderItem, RankingName, Window } from '../ast.ts';
import { isName, objectName } from './names.ts';
import { orderItems } from './order.ts';
import type { TokenStream } from './token-stream.ts';
import { dataType } from './types.ts';

const AGGREGATES: readonly AggregateName[] = ['COUNT', 'COUNT_BIG', 'SUM', 'MIN', 'MAX', 'AVG', 'STRING_AGG'];
const RANKINGS: readonly RankingName[] = ['ROW_NUMBER', 'RANK', 'DENSE_RANK'];
const WITH_DATE_PART = ['DATEADD', 'DATEDIFF', 'DATEDIFF_BIG', 'DATENAME', 'DATEPART', 'DATETRUNC'];
const NILADIC = ['CURRENT_TIMESTAMP', 'CURRENT_USER', 'SESSION_USER', 'SYSTEM_USER', 'USER'];
/** Reserved words that are functions with ordinary arguments, two at the least. */
const RESERVED_FUNCTIONS = ['COALESCE', 'LEFT', 'NULLIF', 'RIGHT'];
const ELSEWHERE = [
  'PARSE',
  'TRY_PARSE',
  'CONTAINS',
  'FREETEXT',
  'NTILE',
  'LAG',
  'LEAD',
  'FIRST_VALUE',
  'LAST_VALUE',
  'STDEV',
  'STDEVP',
  'VAR',
  'VARP',
  'CHECKSUM_AGG',
  'APPROX_COUNT_DISTINCT',
  'GROUPING',
  'PERCENTILE_CONT',
  'PERCENTILE_DISC',
];

/** A function whose arguments are not a plain list of expressions; undefined where none stands here. */
export function specialFunction(tokens: TokenStream): Expression | undefined {
  if (!tokens.atSymbol('(', 1)) return undefined;
  const { word, line } = tokens.peek();
  if (word === 'CAST' || word === 'TRY_CAST') return cast(tokens);
  if (word === 'CONVERT' || word === 'TRY_CONVERT') return convert(tokens);
  if (word === 'IIF') return iif(tokens);
  if (ELSEWHERE.includes(word)) throw tokens.outside(word);
  if (WITH_DATE_PART.includes(word)) return dateFunction(tokens);
  if (RESERVED_FUNCTIONS.includes(word)) {
    const { text } = tokens.next();
    const given = argumentList(tokens);
    if (given.length < 2 || (word === 'NULLIF' && given.length > 2)) throw tokens.refusal(tokens.peek(-1));
    return { kind: 'call', name: { parts: [text], line }, datePart: undefined, arguments: given, line };
  }
  const aggregate = tokens.acceptAny(AGGREGATES);
  if (aggregate !== undefined) return aggregateCall(tokens, aggregate, line);
  const ranking = tokens.acceptAny(RANKINGS);
  return ranking === undefined ? undefined : rankingCall(tokens, ranking, line);
}

/** A function that is written without parentheses. */
export function niladicFunction(tokens: TokenStream): Expression | undefined {
  const { line } = tokens;
  const word = tokens.acceptAny(NILADIC);
  if (word === undefined) return undefined;
  return { kind: 'call', name: { parts: [word], line }, datePart: undefined, arguments: [], line };
}

export function callOrColumn(tokens: TokenStream): Expression {
  const name = objectName(tokens);
  if (tokens.atSymbol('(')) return call(tokens, name);
  // Of a column's name any part may be left out but the table's.
  if (name.parts.length > 1 && name.parts.at(-2) === '') throw tokens.refusal();
  return { kind: 'column', name, line: name.line };
}

function call(tokens: TokenStream, name: ObjectName): Expression {
  const given = argumentList(tokens);
  if (tokens.at('OVER')) throw tokens.outside(`${name.parts.join('.')}() OVER`);
  return { kind: 'call', name, datePart: undefined, arguments: given, line: name.line };
}

/** Between parentheses, possibly none. */
export function argumentList(tokens: TokenStream): readonly Expression[] {
  if (tokens.atSymbol('(') && tokens.atSymbol(')', 1)) {
    tokens.next();
    tokens.next();
    return [];
  }
  return tokens.parenthesized(tokens.grammar.expression);
}

function cast(tokens: TokenStream): Expression {
  const { word, line } = tokens.next();
  tokens.expectSymbol('(');
  const operand = tokens.grammar.expression(tokens);
  tokens.expect('AS');
  const type = dataType(tokens);
  tokens.expectSymbol(')');
  return { kind: 'conversion', function: 'CAST', attempt: word === 'TRY_CAST', type, operand, style: undefined, line };
}

function convert(tokens: TokenStream): Expression {
  const { word, line } = tokens.next();
  tokens.expectSymbol('(');
  const type = dataType(tokens);
  tokens.expectSymbol(',');
  const operand = tokens.grammar.expression(tokens);
  const style = tokens.acceptSymbol(',') ? tokens.grammar.expression(tokens) : undefined;
  tokens.expectSymbol(')');
  return { kind: 'conversion', function: 'CONVERT', attempt: word === 'TRY_CONVERT', type, operand, style, line };
}

/** https://learn.microsoft.com/sql/t-sql/functions/logical-functions-iif-transact-sql: "a shorthand form for writing a CASE expression". */
function iif(tokens: TokenStream): Expression {
  const { line } = tokens.next();
  tokens.expectSymbol('(');
  const when = tokens.grammar.predicate(tokens);
  tokens.expectSymbol(',');
  const result = tokens.grammar.expression(tokens);
  tokens.expectSymbol(',');
  const otherwise = tokens.grammar.expression(tokens);
  tokens.expectSymbol(')');
  return { kind: 'searched-case', branches: [{ when, result }], otherwise, line };
}

function dateFunction(tokens: TokenStream): Expression {
  const { text, line } = tokens.next();
  tokens.expectSymbol('(');
  const part = tokens.next();
  if (part.kind !== 'word' || !isName(part)) throw tokens.refusal(part);
  const given: Expression[] = [];
  while (tokens.acceptSymbol(',')) given.push(tokens.grammar.expression(tokens));
  tokens.expectSymbol(')');
  return { kind: 'call', name: { parts: [text], line }, datePart: part.text.toLowerCase(), arguments: given, line };
}

function aggregateCall(tokens: TokenStream, name: AggregateName, line: number): Expression {
  tokens.expectSymbol('(');
  const everyRow = name.startsWith('COUNT') && tokens.acceptSymbol('*');
  const distinct = !everyRow && tokens.accept('DISTINCT');
  const one = distinct || (!everyRow && tokens.accept('ALL'));
  const given = everyRow ? [] : one ? [tokens.grammar.expression(tokens)] : tokens.list(tokens.grammar.expression);
  tokens.expectSymbol(')');
  const orderWithin = withinGroup(tokens);
  const over = tokens.at('OVER') ? window(tokens) : undefined;
  return { kind: 'aggregate', function: name, distinct, arguments: given, orderWithin, over, line };
}

function withinGroup(tokens: TokenStream): readonly OrderItem[] {
  if (!tokens.accept('WITHIN', 'GROUP')) return [];
  tokens.expectSymbol('(');
  const items = orderItems(tokens);
  tokens.expectSymbol(')');
  return items;
}

function rankingCall(tokens: TokenStream, name: RankingName, line: number): Expression {
  tokens.expectSymbol('(');
  tokens.expectSymbol(')');
  return { kind: 'ranking', function: name, over: window(tokens), line };
}

function window(tokens: TokenStream): Window {
  tokens.expect('OVER');
  tokens.expectSymbol('(');
  const partitionBy = tokens.accept('PARTITION', 'BY') ? tokens.list(tokens.grammar.expression) : [];
  const orderBy = tokens.at('ORDER') ? orderItems(tokens) : [];
  if (tokens.atAny(['ROWS', 'RANGE'])) throw tokens.outside('window frames (ROWS, RANGE)');
  tokens.expectSymbol(')');
  return { partitionBy, orderBy };
}
