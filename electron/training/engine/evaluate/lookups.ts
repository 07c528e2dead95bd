import type { Row, TableModel } from '../model.ts';
import { uniqueIndex, columnPosition } from '../storage/table-rows.ts';
import { familyOf, isText } from '../values/facts.ts';
import type { Value } from '../values/types.ts';
import { emptyFrame, type BoundExpression, type RowFrame } from './bound.ts';
import type { Equation } from './conditions.ts';
import type { BoundLeaf, Producer } from './joins.ts';

/**
 * How the rows of one table are reached: by a unique key where the conditions fix all of its columns, by a hash over
 * the fixed columns where a query around asks again and again, else by reading them all.
 */
export function planLeaf(leaf: BoundLeaf, equations: readonly Equation[], offset: number): Producer {
  const fixed = fixedColumns(leaf, equations, offset);
  const unique = leaf.table ? keyLookup(leaf.table, fixed, leaf.shape) : undefined;
  if (unique) {
    leaf.reached(unique.rowKey());
    return unique;
  }
  leaf.reached(undefined);
  if (fixed.some(({ bound }) => bound.dependsOnOuter) && !leaf.correlated) return hashLookup(leaf, fixed);
  return leaf.correlated || leaf.table ? leaf : kept(leaf);
}

interface Fixed {
  /** Position in the leaf's own rows. */
  readonly position: number;
  readonly bound: { readonly expression: BoundExpression; readonly dependsOnOuter: boolean };
  readonly equation: Equation;
}

/** Columns that an equation ties to something that is known before the row is. */
function fixedColumns(leaf: BoundLeaf, equations: readonly Equation[], offset: number): readonly Fixed[] {
  return equations.flatMap((equation) => {
    for (const [side, other] of [
      [equation.left, equation.right],
      [equation.right, equation.left],
    ] as const) {
      const position = side.column === undefined ? -1 : side.column - offset;
      if (position < 0 || position >= leaf.columns.length || other.columns.size > 0) continue;
      const bound = { expression: other.bound, dependsOnOuter: other.bound.constant === undefined };
      return [{ position, bound, equation }];
    }
    return [];
  });
}

interface KeyLookup extends Producer {
  /** The key where it can be told before the statement runs. */
  rowKey(): string | undefined;
}

function keyLookup(table: TableModel, fixed: readonly Fixed[], shape: BoundLeaf['shape']): KeyLookup | undefined {
  for (const key of table.keys) {
    if (!key.unique) continue;
    const parts = key.columnIds.map((id) => {
      const position = columnPosition(table, id);
      return fixed.find((one) => one.position === position && keepsKey(table, one));
    });
    if (parts.includes(undefined)) continue;
    const columns = parts as readonly Fixed[];
    const template = table.columns.map((): Value => null);
    const keyFor = (frame: RowFrame): string | undefined => {
      const row = [...template];
      for (const { position, bound } of columns) {
        const value = bound.expression.evaluate(frame);
        if (value === null) return undefined;
        row[position] = value;
      }
      return uniqueIndex(table, key).keyOfRow(row);
    };
    return {
      rowKey: () => {
        try {
          return keyFor(emptyFrame) ?? '';
        } catch {
          // It depends on a row of a query around, or fails when it is evaluated: then that is where the error belongs.
          return undefined;
        }
      },
      *rows(outer) {
        const text = keyFor({ row: [], outer });
        const id = text === undefined ? undefined : uniqueIndex(table, key).rows.get(text);
        const row = id === undefined ? undefined : table.rows.get(id);
        if (row && id !== undefined) yield shape ? shape(id, row) : row;
      },
    };
  }
  return undefined;
}

/** Whether the comparison sees equality as the index does: no conversion in between that changes what is equal. */
function keepsKey(table: TableModel, { position, equation }: Fixed): boolean {
  const column = table.columns[position];
  if (!column) return false;
  const { type, collation } = equation.pair;
  if (familyOf(column.type) !== familyOf(type)) return false;
  if (isText(type)) return collation?.toLowerCase() === column.collation?.toLowerCase();
  return ['integer', 'guid', 'binary'].includes(familyOf(type));
}

/** Made at the first question and kept for the statement. */
function hashLookup(leaf: BoundLeaf, fixed: readonly Fixed[]): Producer {
  let table: Map<string, Row[]> | undefined;
  const keyOf = (values: readonly Value[]): string | undefined => {
    let text = '';
    for (const [index, { equation }] of fixed.entries()) {
      const value = values[index] ?? null;
      if (value === null) return undefined;
      const part = String(equation.pair.key(value));
      text += `${part.length}:${part}|`;
    }
    return text;
  };
  const build = (outer: RowFrame | undefined): Map<string, Row[]> => {
    const made = new Map<string, Row[]>();
    for (const row of leaf.rows(outer)) {
      const key = keyOf(fixed.map((one) => sideOfColumn(one, row, outer)));
      if (key === undefined) continue;
      const list = made.get(key);
      if (list) list.push(row);
      else made.set(key, [row]);
    }
    return made;
  };
  return {
    rows: (outer) => {
      table ??= build(outer);
      const key = keyOf(fixed.map(({ bound }) => bound.expression.evaluate({ row: [], outer })));
      return key === undefined ? [] : (table.get(key) ?? []);
    },
  };
}

/** The column's side of the equation, converted as the comparison converts it. */
function sideOfColumn({ position, equation }: Fixed, row: Row, outer: RowFrame | undefined): Value {
  const side = equation.left.columns.size > 0 ? equation.left : equation.right;
  const index = side.column ?? position;
  if (index === position) return side.bound.evaluate({ row, outer });
  const padded = Array.from({ length: index - position }, (): Value => null);
  return side.bound.evaluate({ row: [...padded, ...row], outer });
}

/** Views, functions and derived tables are evaluated once. */
function kept(leaf: BoundLeaf): Producer {
  let rows: readonly Row[] | undefined;
  return { rows: (outer) => (rows ??= [...leaf.rows(outer)]) };
}
