import type { Query, Top } from '../ast.ts';
import type { Row } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import type { Binding } from './binding.ts';
import type { RowFrame } from './bound.ts';

export type Cutter = (
  rows: Iterable<Row>,
  outer: RowFrame | undefined,
  compare: ((a: Row, b: Row) => number) | undefined,
) => Iterable<Row>;

/** TOP, OFFSET and FETCH. */
export function cutter(top: Top | undefined, offset: Query['offset'], binding: Binding): Cutter {
  if (top) return topCutter(top, binding);
  if (!offset) return (rows) => rows;
  const skip = binding.expression(offset.skip);
  const take = offset.take === undefined ? undefined : binding.expression(offset.take);
  return function* (rows, outer) {
    const frame = { row: [], outer };
    let toSkip = rowCount(skip.evaluate(frame));
    let left = take === undefined ? Infinity : rowCount(take.evaluate(frame));
    for (const row of rows) {
      if (left <= 0) return;
      if (toSkip-- > 0) continue;
      left--;
      yield row;
    }
  };
}

function topCutter(top: Top, binding: Binding): Cutter {
  const count = binding.expression(top.count);
  return function* (rows, outer, compare) {
    const number = count.evaluate({ row: [], outer });
    const all = top.percent ? [...rows] : rows;
    const limit = top.percent && Array.isArray(all) ? Math.ceil((all.length * Number(number)) / 100) : rowCount(number);
    let taken = 0;
    let last: Row | undefined;
    if (limit <= 0) return;
    for (const row of all) {
      if (taken >= limit && !(top.withTies && compare && last && compare(last, row) === 0)) return;
      taken++;
      last = row;
      yield row;
      if (taken >= limit && !top.withTies) return;
    }
  };
}

function rowCount(value: unknown): number {
  if (value === null || (typeof value !== 'number' && typeof value !== 'bigint')) throw sqlError(1060);
  const count = Number(value);
  if (count < 0) throw sqlError(127);
  return count;
}
