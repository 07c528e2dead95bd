/** SELECT in all its forms. https://learn.microsoft.com/sql/t-sql/queries/select-transact-sql */
import type { AssignmentOperator, CommonTable, ObjectName, Query, QueryBody, Select, SelectItem } from '../ast.ts';
import { isName, name, nameHere, objectName, optionalNameList } from './names.ts';
import { orderItems } from './order.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';
import { bareTop } from './top.ts';

/**
 * Where a SELECT stands: `first` in a statement, where it may make a table, `behind` one of its like there, as the `source`
 * of an INSERT, or `inside` of another query, where it may set no variable either.
 */
type Place = 'first' | 'behind' | 'source' | 'inside';

/** A query as a statement or a definition has it, behind its common table expressions. */
export function query(tokens: TokenStream, ctes: readonly CommonTable[] = [], place: Place = 'source'): Query {
  const { line } = tokens;
  const body = union(tokens, place);
  const orderBy = tokens.at('ORDER') ? orderItems(tokens) : [];
  const offset = orderBy.length > 0 && tokens.accept('OFFSET') ? offsetFetch(tokens) : undefined;
  if (tokens.at('FOR')) throw tokens.outside('FOR XML and FOR JSON');
  return { kind: 'query', ctes, body, orderBy, offset, line };
}

export function subquery(tokens: TokenStream): Query {
  const inner = query(tokens, [], 'inside');
  const bounded = inner.offset !== undefined || (inner.body.kind === 'select' && inner.body.top !== undefined);
  if (inner.orderBy.length === 0 || bounded) return inner;
  throw new Refusal(
    1033,
    'The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table expressions, ' +
      'unless TOP, OFFSET or FOR XML is also specified.',
    tokens.line,
  );
}

/** WITH name [(columns)] AS (query), ... */
export function commonTables(tokens: TokenStream): readonly CommonTable[] {
  if (!tokens.accept('WITH')) return [];
  return tokens.list((inner) => {
    const { line } = inner;
    const named = name(inner);
    const columns = optionalNameList(inner);
    inner.expect('AS');
    inner.expectSymbol('(');
    const body = subquery(inner);
    inner.expectSymbol(')');
    return { name: named, columns, query: body, line };
  });
}

function offsetFetch(tokens: TokenStream): Query['offset'] {
  const skip = tokens.grammar.expression(tokens);
  tokens.expectAny(['ROW', 'ROWS']);
  if (!tokens.accept('FETCH')) return { skip, take: undefined };
  tokens.expectAny(['FIRST', 'NEXT']);
  const take = tokens.grammar.expression(tokens);
  tokens.expectAny(['ROW', 'ROWS']);
  tokens.expect('ONLY');
  return { skip, take };
}

function union(tokens: TokenStream, place: Place): QueryBody {
  let left = intersection(tokens, place);
  for (;;) {
    const { line } = tokens;
    if (tokens.accept('UNION')) {
      const operator = tokens.accept('ALL') ? 'union-all' : 'union';
      left = { kind: 'set-operation', operator, left, right: intersection(tokens, behind(place)), line };
    } else if (tokens.accept('EXCEPT')) {
      left = { kind: 'set-operation', operator: 'except', left, right: intersection(tokens, behind(place)), line };
    } else return left;
  }
}

/** INTERSECT binds more than EXCEPT and UNION. */
function intersection(tokens: TokenStream, place: Place): QueryBody {
  let left = term(tokens, place);
  while (tokens.at('INTERSECT')) {
    const { line } = tokens.next();
    left = { kind: 'set-operation', operator: 'intersect', left, right: term(tokens, behind(place)), line };
  }
  return left;
}

function behind(place: Place): Place {
  return place === 'first' ? 'behind' : place;
}

function term(tokens: TokenStream, place: Place): QueryBody {
  if (!tokens.acceptSymbol('(')) return select(tokens, place);
  const inner = union(tokens, place);
  tokens.expectSymbol(')');
  return inner;
}

function select(tokens: TokenStream, place: Place): Select {
  const { line } = tokens;
  tokens.expect('SELECT');
  const distinct = tokens.accept('DISTINCT');
  if (!distinct) tokens.accept('ALL');
  const top = bareTop(tokens);
  const items = tokens.list(place === 'inside' ? readingItem : selectItem);
  refuseMixture(items, line);
  const into = tokens.at('INTO') ? intoName(tokens, place) : undefined;
  const from = tokens.accept('FROM') ? tokens.list(tokens.grammar.tableSource) : [];
  const where = tokens.accept('WHERE') ? tokens.grammar.predicate(tokens) : undefined;
  const groupBy = tokens.accept('GROUP', 'BY') ? groups(tokens) : [];
  const having = tokens.accept('HAVING') ? tokens.grammar.predicate(tokens) : undefined;
  return { kind: 'select', distinct, top, items, into, from, where, groupBy, having, line };
}

function intoName(tokens: TokenStream, place: Place): ObjectName {
  switch (place) {
    case 'first':
      tokens.next();
      return nameHere(tokens);
    case 'behind':
      throw new Refusal(
        196,
        'SELECT INTO must be the first query in a statement containing a UNION, INTERSECT or EXCEPT operator.',
        tokens.line,
      );
    case 'source':
    case 'inside':
      throw tokens.refusal();
  }
}

function groups(tokens: TokenStream): Select['groupBy'] {
  const grouping = ['ROLLUP', 'CUBE', 'GROUPING'].find((word) => tokens.at(word) && isGroupingSet(tokens));
  if (grouping !== undefined) throw tokens.outside(`GROUP BY ${grouping}`);
  const items = tokens.list(tokens.grammar.expression);
  if (tokens.at('WITH') && ['ROLLUP', 'CUBE'].includes(tokens.peek(1).word))
    throw tokens.outside('WITH ROLLUP or CUBE');
  return items;
}

function isGroupingSet(tokens: TokenStream): boolean {
  return tokens.atSymbol('(', 1) || tokens.peek(1).word === 'SETS';
}

const ASSIGNMENTS: ReadonlyMap<string, AssignmentOperator> = new Map([
  ['=', '='],
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '*'],
  ['/=', '/'],
  ['%=', '%'],
  ['&=', '&'],
  ['|=', '|'],
  ['^=', '^'],
]);

/** The operator that assigns, where one stands `ahead`. */
export function assignmentAt(tokens: TokenStream, ahead = 0): AssignmentOperator | undefined {
  const token = tokens.peek(ahead);
  return token.kind === 'symbol' ? ASSIGNMENTS.get(token.text) : undefined;
}

export function selectItem(tokens: TokenStream): SelectItem {
  const token = tokens.peek();
  const { line } = token;
  if (tokens.acceptSymbol('*')) return { kind: 'star', qualifier: undefined, line };
  const operator = token.kind === 'variable' ? assignmentAt(tokens, 1) : undefined;
  if (operator !== undefined) {
    tokens.next();
    tokens.next();
    return { kind: 'assignment', variable: token.text, operator, expression: tokens.grammar.expression(tokens), line };
  }
  if (tokens.atSymbol('=', 1) && isAlias(tokens)) {
    const alias = tokens.next().text;
    tokens.expectSymbol('=');
    return { kind: 'value', expression: tokens.grammar.expression(tokens), alias, line };
  }
  return qualifiedStar(tokens) ?? valueItem(tokens);
}

/** As a query has it whose rows are read by another: it sets no variable. */
function readingItem(tokens: TokenStream): SelectItem {
  const assigns = tokens.peek().kind === 'variable' && assignmentAt(tokens, 1) !== undefined;
  if (assigns) throw tokens.refusal(tokens.peek(1));
  return selectItem(tokens);
}

/** `t.*`. */
function qualifiedStar(tokens: TokenStream): SelectItem | undefined {
  let ahead = 0;
  while (isName(tokens.peek(ahead)) && tokens.atSymbol('.', ahead + 1)) ahead += 2;
  if (ahead === 0 || !tokens.atSymbol('*', ahead)) return undefined;
  const qualifier = objectName(tokens);
  tokens.expectSymbol('.');
  tokens.expectSymbol('*');
  return { kind: 'star', qualifier, line: qualifier.line };
}

function valueItem(tokens: TokenStream): SelectItem {
  const { line } = tokens;
  const expression = tokens.grammar.expression(tokens);
  const behindAs = tokens.accept('AS');
  if (behindAs && !isAlias(tokens)) throw tokens.refusal();
  const alias = isAlias(tokens) ? tokens.next().text : undefined;
  return { kind: 'value', expression, alias, line };
}

function isAlias(tokens: TokenStream): boolean {
  const token = tokens.peek();
  return isName(token) || token.kind === 'string' || token.kind === 'unicode-string';
}

function refuseMixture(items: readonly SelectItem[], line: number): void {
  const assignments = items.filter((item) => item.kind === 'assignment').length;
  if (assignments === 0 || assignments === items.length) return;
  throw new Refusal(
    141,
    'A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.',
    line,
  );
}
