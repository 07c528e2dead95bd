import type { OrderItem, Query, Select, SelectItem } from '../ast.ts';
import type { Row } from '../model.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { findCollation, sameName } from '../values/collation.ts';
import { keyOf, rowKeyOf } from '../values/compare.ts';
import type { Value } from '../values/types.ts';
import { arithmetic } from './arithmetic.ts';
import type { Binding } from './binding.ts';
import { expression, type BoundColumn, type BoundExpression, type BoundQuery, type RowFrame } from './bound.ts';
import { convertExpression } from './coercion.ts';
import { bindConditions } from './conditions.ts';
import { bindGrouping, containsAggregate, isGrouped } from './grouping.ts';
import { columnExpression } from './expressions.ts';
import { isCorrelated, plan, type BoundSource } from './joins.ts';
import { cutter } from './limits.ts';
import { Scope } from './scope.ts';
import { refuseSameNames } from './sources.ts';
import { bindWindow, orderBy, slotExpression, type BoundWindow, type WindowNode } from './windows.ts';

/** One SELECT without set operations, with the ORDER BY and OFFSET that stand behind it. */
export function bindSelect(
  select: Select,
  order: readonly OrderItem[],
  offset: Query['offset'],
  binding: Binding,
): BoundQuery {
  const source = bindFrom(select, binding);
  const sourceScope = new Scope(source?.columns ?? [], binding.scope);
  const inSource = binding.with({ scope: sourceScope });
  const where = select.where === undefined ? undefined : bindConditions(select.where, inSource, sourceScope);
  const producer = source && plan(source, where?.equations ?? [], 0);
  const grouped = isGrouped(select) || order.some((item) => containsAggregate(item.expression));
  const grouping = grouped ? bindGrouping(select, sourceScope, binding) : undefined;
  const scope = grouping?.scope ?? sourceScope;
  const having = select.having === undefined ? undefined : binding.with({ scope }).predicate(select.having);
  const windows = substituteWindows(scope, binding);
  const inner = binding.with({ scope });
  const outputs = select.items.flatMap((item) => bindItem(item, inner));
  const assigns = select.items.some((item) => item.kind === 'assignment');
  if (assigns && select.items.some((item) => item.kind !== 'assignment')) throw sqlError(141);
  const sorting = bindSorting(select, order, outputs, inner);
  const cut = cutter(select.top, offset, binding);
  const visible = outputs.length;
  const distinct = select.distinct ? distinctKey(outputs.map(({ bound }) => bound)) : undefined;

  const produced = function* (outer: RowFrame | undefined): Generator<Row> {
    const base: Iterable<Row> = producer ? producer.rows(outer) : [[]];
    const filtered = where ? filter(base, where.test, outer) : base;
    const groupedRows = grouping ? grouping.rows(filtered, outer) : filtered;
    const kept = having ? filter(groupedRows, having, outer) : groupedRows;
    const complete = windows.list.length > 0 ? withWindows(kept, windows, outer) : kept;
    for (const row of complete) {
      const frame = { row, outer };
      yield [...outputs.map(({ bound }) => bound.evaluate(frame)), ...sorting.hidden.map((one) => one.evaluate(frame))];
    }
  };
  return {
    columns: outputs.map(outputColumn),
    correlated: scope.usesOuter || sourceScope.usesOuter || (source !== undefined && isCorrelated(source)),
    assigns,
    *rows(outer) {
      const unique = distinct ? once(produced(outer), distinct, visible) : produced(outer);
      const sorted = sorting.compare ? sortRows(unique, sorting.compare) : unique;
      for (const row of cut(sorted, outer, sorting.compare)) {
        yield row.length === visible ? row : row.slice(0, visible);
      }
    },
  };
}

function bindFrom(select: Select, binding: Binding): BoundSource | undefined {
  let whole: BoundSource | undefined;
  for (const node of select.from) {
    const next = binding.source(node);
    if (whole) refuseSameNames(whole.columns, next.columns);
    whole = whole
      ? {
          kind: 'join',
          type: 'cross',
          columns: [...whole.columns, ...next.columns],
          left: whole,
          right: next,
          on: undefined,
          correlated: false,
        }
      : next;
  }
  return whole;
}

function* filter(
  rows: Iterable<Row>,
  test: (frame: RowFrame) => boolean | null,
  outer: RowFrame | undefined,
): Generator<Row> {
  for (const row of rows) if (test({ row, outer }) === true) yield row;
}

interface Output {
  readonly name: string;
  readonly bound: BoundExpression;
}

function outputColumn({ name, bound }: Output): BoundColumn {
  return { name, type: bound.type, nullable: bound.nullable, coercion: bound.coercion };
}

export function bindItem(item: SelectItem, binding: Binding): readonly Output[] {
  switch (item.kind) {
    case 'star':
      return star(item.qualifier?.parts, binding);
    case 'value': {
      const bound = binding.expression(item.expression);
      return [{ name: item.alias ?? bound.name, bound }];
    }
    case 'assignment':
      return [{ name: '', bound: assignment(item, binding) }];
  }
}

function star(qualifier: readonly string[] | undefined, binding: Binding): readonly Output[] {
  const { scope } = binding;
  const table = qualifier?.at(-1);
  const matching = (scope?.columns ?? []).filter((column) => table === undefined || sameName(column.qualifier, table));
  if (!scope || matching.length === 0) throw table === undefined ? sqlError(263) : sqlError(107, table);
  return matching.map((column) => {
    column.touch?.();
    const index = scope.columns.indexOf(column);
    return { name: column.name, bound: columnExpression({ depth: 0, index: scope.slotOf(index), column }) };
  });
}

/** `@x = expression`, `@x += expression`: the variable gets the value row by row; the last row stays. */
function assignment(item: Extract<SelectItem, { kind: 'assignment' }>, binding: Binding): BoundExpression {
  const variable = binding.variable(item.variable);
  const value = binding.expression(item.expression);
  const current = expression({ type: variable.type, coercion: value.coercion, evaluate: () => variable.value });
  const result = item.operator === '=' ? value : arithmetic(item.operator, current, value);
  const converted = convertExpression(result, variable.type);
  return expression({
    type: variable.type,
    evaluate: (frame) => {
      variable.value = converted.evaluate(frame);
      return variable.value;
    },
  });
}

interface Windows {
  readonly list: BoundWindow[];
}

/** Windows are computed over all rows and stand behind the row's own values. */
function substituteWindows(scope: Scope, binding: Binding): Windows {
  const windows: Windows = { list: [] };
  const before = scope.substitute;
  let width: number | undefined;
  scope.substitute = (node) => {
    const over = 'over' in node ? (node as WindowNode).over : undefined;
    if (over === undefined || !('kind' in node)) return before?.(node);
    const window = bindWindow(node as WindowNode, over, binding.with({ scope }));
    windows.list.push(window);
    const index = windows.list.length - 1;
    return {
      ...slotExpression(0, window),
      evaluate: (frame) => {
        width ??= frame.row.length - windows.list.length;
        return frame.row[width + index] ?? null;
      },
    };
  };
  return windows;
}

function withWindows(rows: Iterable<Row>, windows: Windows, outer: RowFrame | undefined): readonly Row[] {
  const all = [...rows];
  const columns = windows.list.map((window) => window.values(all, outer));
  return all.map((row, index) => [...row, ...columns.map((column): Value => column[index] ?? null)]);
}

interface Sorting {
  /** Sort keys that are no result columns; they stand behind them in the row. */
  readonly hidden: readonly BoundExpression[];
  readonly compare: ((a: Row, b: Row) => number) | undefined;
}

/** ORDER BY may name a result column by position or alias, or be any expression over the source. */
function bindSorting(
  select: Select,
  order: readonly OrderItem[],
  outputs: readonly Output[],
  binding: Binding,
): Sorting {
  if (order.length === 0) return { hidden: [], compare: undefined };
  const hidden: BoundExpression[] = [];
  const keys = order.map(({ expression: node, descending }) => {
    const position = outputPosition(node, outputs);
    if (position !== undefined) return { bound: slotOf(outputs, position), descending };
    if (select.distinct) throw sqlError(145);
    const bound = binding.expression(node);
    hidden.push(bound);
    return { bound: slotExpression(outputs.length + hidden.length - 1, bound), descending };
  });
  const sorting = orderBy(keys);
  const read = (row: Row): Row => sorting.keys({ row, outer: undefined });
  return { hidden, compare: (a, b) => sorting.compare(read(a), read(b)) };
}

function slotOf(outputs: readonly Output[], position: number): BoundExpression {
  const output = outputs[position];
  if (!output) throw sqlError(108, position + 1);
  return slotExpression(position, output.bound);
}

export function outputPosition(
  node: OrderItem['expression'],
  outputs: readonly { readonly name: string }[],
): number | undefined {
  if (node.kind === 'integer') {
    const position = Number(node.value) - 1;
    if (position < 0 || position >= outputs.length) throw sqlError(108, Number(node.value));
    return position;
  }
  if (node.kind !== 'column' || node.name.parts.length !== 1) return undefined;
  const name = node.name.parts[0] ?? '';
  const matching = outputs.flatMap((output, index) => (sameName(output.name, name) ? [index] : []));
  return matching[0];
}

function sortRows(rows: Iterable<Row>, compare: (a: Row, b: Row) => number): readonly Row[] {
  return [...rows].toSorted(compare);
}

export function distinctKey(columns: readonly Pick<BoundColumn, 'type' | 'coercion'>[]): (row: Row) => string {
  return rowKeyOf(
    columns.map(({ type, coercion }) => keyOf(type, coercion?.collation ?? findCollation('Latin1_General_CI_AS'))),
  );
}

function* once(rows: Iterable<Row>, key: (row: Row) => string, width: number): Generator<Row> {
  const seen = new Set<string>();
  for (const row of rows) {
    const text = key(row.length === width ? row : row.slice(0, width));
    if (seen.has(text)) continue;
    seen.add(text);
    yield row;
  }
}

export function refuseInto(select: Select): void {
  if (select.into) throw unknownToTrainingSite('SELECT ... INTO in this place');
}
