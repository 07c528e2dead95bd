import type { Expression, Window } from '../ast.ts';
import type { Row } from '../model.ts';
import { findCollation } from '../values/collation.ts';
import { comparison, keyOf, orderWithNull, rowKeyOf } from '../values/compare.ts';
import { bigint, type DataType, type Value } from '../values/types.ts';
import { bindAggregate } from './aggregates.ts';
import type { Binding } from './binding.ts';
import { expression, type BoundExpression, type Coercion, type RowFrame } from './bound.ts';
import { unknownToTrainingSite } from '../sql-error.ts';

/** ROW_NUMBER, RANK, DENSE_RANK and aggregates with OVER (learn.microsoft.com/sql/t-sql/queries/select-over-clause-transact-sql). */
export interface BoundWindow {
  readonly type: DataType;
  readonly coercion: Coercion | undefined;
  /** One value for each row, in the order of the rows. */
  values(rows: readonly Row[], outer: RowFrame | undefined): readonly Value[];
}

export type WindowNode = Extract<Expression, { kind: 'ranking' }> | Extract<Expression, { kind: 'aggregate' }>;

export function bindWindow(node: WindowNode, over: Window, binding: Binding): BoundWindow {
  const partition = over.partitionBy.map((one) => binding.expression(one));
  const order = bindOrder(over.orderBy, binding);
  const sameGroup = rowKeyOf(partition.map((one) => keyOf(one.type, collationOf(one))));
  const groupsOf = (rows: readonly Row[], outer: RowFrame | undefined): readonly number[][] => {
    const groups = new Map<string, number[]>();
    for (const [index, row] of rows.entries()) {
      const key = sameGroup(partition.map((one) => one.evaluate({ row, outer })));
      const group = groups.get(key);
      if (group) group.push(index);
      else groups.set(key, [index]);
    }
    return [...groups.values()];
  };
  if (node.kind === 'ranking') {
    return {
      type: bigint,
      coercion: undefined,
      values: (rows, outer) => rank(node.function, rows, groupsOf(rows, outer), order, outer),
    };
  }
  if (over.orderBy.length > 0) throw unknownToTrainingSite('running aggregates (OVER with ORDER BY)');
  const aggregate = bindAggregate(node, binding);
  return {
    type: aggregate.type,
    coercion: aggregate.coercion,
    values: (rows, outer) => {
      const values = rows.map((): Value => null);
      for (const group of groupsOf(rows, outer)) {
        const accumulator = aggregate.start();
        for (const index of group) accumulator.add({ row: rows[index] ?? [], outer });
        const result = accumulator.result();
        for (const index of group) values[index] = result;
      }
      return values;
    },
  };
}

function rank(
  name: 'ROW_NUMBER' | 'RANK' | 'DENSE_RANK',
  rows: readonly Row[],
  groups: readonly number[][],
  order: BoundOrder,
  outer: RowFrame | undefined,
): readonly Value[] {
  const values = rows.map((): Value => null);
  for (const group of groups) {
    const keyed = group.map((index) => ({ index, keys: order.keys({ row: rows[index] ?? [], outer }) }));
    keyed.sort((a, b) => order.compare(a.keys, b.keys) || a.index - b.index);
    let last = 0;
    let dense = 0;
    for (const [position, { index, keys }] of keyed.entries()) {
      const previous = keyed[position - 1];
      const isNew = !previous || order.compare(previous.keys, keys) !== 0;
      if (isNew) {
        last = position + 1;
        dense++;
      }
      values[index] = BigInt(name === 'ROW_NUMBER' ? position + 1 : name === 'RANK' ? last : dense);
    }
  }
  return values;
}

export interface BoundOrder {
  keys(frame: RowFrame): Row;
  compare(a: Row, b: Row): number;
}

export function bindOrder(
  items: readonly { readonly expression: Expression; readonly descending: boolean }[],
  binding: Binding,
): BoundOrder {
  return orderBy(items.map((item) => ({ bound: binding.expression(item.expression), descending: item.descending })));
}

export function orderBy(
  items: readonly { readonly bound: BoundExpression; readonly descending: boolean }[],
): BoundOrder {
  const parts = items.map(({ bound, descending }) => {
    const compare = orderWithNull(comparison(bound.type, collationOf(bound)));
    return (a: Value, b: Value): number => (descending ? compare(b, a) : compare(a, b));
  });
  return {
    keys: (frame) => items.map(({ bound }) => bound.evaluate(frame)),
    compare: (a, b) => {
      for (let i = 0; i < parts.length; i++) {
        const result = parts[i]?.(a[i] ?? null, b[i] ?? null) ?? 0;
        if (result !== 0) return result;
      }
      return 0;
    },
  };
}

function collationOf(bound: { readonly coercion: Coercion | undefined }): ReturnType<typeof findCollation> {
  return bound.coercion?.collation ?? findCollation('Latin1_General_CI_AS');
}

/** A value that was computed beforehand and stands in the row. */
export function slotExpression(
  index: number,
  facts: { readonly type: DataType; readonly coercion: Coercion | undefined; readonly nullable?: boolean },
  name = '',
): BoundExpression {
  return expression({
    type: facts.type,
    coercion: facts.coercion,
    nullable: facts.nullable ?? true,
    name,
    evaluate: (frame) => frame.row[index] ?? null,
  });
}
