import type { Query, QueryBody, SetOperation } from '../ast.ts';
import type { Row } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { isText, sameType } from '../values/facts.ts';
import { commonType } from '../values/precedence.ts';
import type { Binding, VisibleCte } from './binding.ts';
import type { BoundColumn, BoundQuery, RowFrame } from './bound.ts';
import { commonCoercion, convertExpression } from './coercion.ts';
import { cutter } from './limits.ts';
import { bindSelect, distinctKey, outputPosition } from './select.ts';
import { orderBy, slotExpression } from './windows.ts';

/** A whole query: common table expressions, SELECTs joined by set operations, and the order of the result. */
export function bindQuery(query: Query, binding: Binding): BoundQuery {
  const inner = withCtes(query.ctes, binding);
  if (query.body.kind === 'select') return bindSelect(query.body, query.orderBy, query.offset, inner);
  const body = bindBody(query.body, inner);
  if (query.orderBy.length === 0) return body;
  const keys = query.orderBy.map((item) => {
    const position = outputPosition(item.expression, body.columns);
    const column = position === undefined ? undefined : body.columns[position];
    if (position === undefined || !column) throw sqlError(104);
    return { bound: slotExpression(position, column), descending: item.descending };
  });
  const sorting = orderBy(keys);
  const read = (row: Row): Row => sorting.keys({ row, outer: undefined });
  const compare = (a: Row, b: Row): number => sorting.compare(read(a), read(b));
  const cut = cutter(undefined, query.offset, inner);
  return {
    ...body,
    rows: (outer) => cut([...body.rows(outer)].toSorted(compare), outer, compare),
  };
}

/** Each sees the ones before it. */
export function withCtes(ctes: Query['ctes'], binding: Binding): Binding {
  let current = binding;
  for (const table of ctes) {
    const visible: VisibleCte = { table, binding: current };
    current = current.with({ ctes: new Map([...current.ctes, [table.name.toLowerCase(), visible]]) });
  }
  return current;
}

function bindBody(body: QueryBody, binding: Binding): BoundQuery {
  return body.kind === 'select' ? bindSelect(body, [], undefined, binding) : bindSetOperation(body, binding);
}

/** UNION, EXCEPT, INTERSECT: types and collations of both sides are brought together column by column. */
function bindSetOperation(operation: SetOperation, binding: Binding): BoundQuery {
  const left = bindBody(operation.left, binding);
  const right = bindBody(operation.right, binding);
  if (left.columns.length !== right.columns.length) throw sqlError(205);
  const columns = left.columns.map((column, index): BoundColumn => {
    const other = right.columns[index] ?? column;
    const type = commonType(column.type, other.type);
    const coercion = isText(type)
      ? commonCoercion(column.coercion, other.coercion, operation.operator.toUpperCase())
      : undefined;
    return { name: column.name, type, nullable: column.nullable || other.nullable, coercion };
  });
  const leftRows = converted(left, columns);
  const rightRows = converted(right, columns);
  const key = distinctKey(columns);
  return {
    columns,
    correlated: left.correlated || right.correlated,
    assigns: false,
    rows: (outer) => combine(operation.operator, leftRows, rightRows, key, outer),
  };
}

type Rows = (outer: RowFrame | undefined) => Iterable<Row>;

function* combine(
  operator: SetOperation['operator'],
  left: Rows,
  right: Rows,
  key: (row: Row) => string,
  outer: RowFrame | undefined,
): Generator<Row> {
  if (operator === 'union-all') {
    yield* left(outer);
    yield* right(outer);
    return;
  }
  const seen = new Set<string>();
  if (operator === 'union') {
    for (const rows of [left, right]) yield* unseen(rows(outer), key, seen, () => true);
    return;
  }
  const others = new Set<string>();
  for (const row of right(outer)) others.add(key(row));
  yield* unseen(left(outer), key, seen, (text) => others.has(text) === (operator === 'intersect'));
}

function* unseen(
  rows: Iterable<Row>,
  key: (row: Row) => string,
  seen: Set<string>,
  wanted: (text: string) => boolean,
): Generator<Row> {
  for (const row of rows) {
    const text = key(row);
    if (seen.has(text) || !wanted(text)) continue;
    seen.add(text);
    yield row;
  }
}

function converted(query: BoundQuery, columns: readonly BoundColumn[]): Rows {
  if (query.columns.every((column, index) => sameType(column.type, columns[index]?.type ?? column.type))) {
    return (outer) => query.rows(outer);
  }
  const cells = query.columns.map((column, index) =>
    convertExpression(slotExpression(index, column), columns[index]?.type ?? column.type),
  );
  return function* (outer) {
    for (const row of query.rows(outer)) yield cells.map((cell) => cell.evaluate({ row, outer }));
  };
}
