import type { Output } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { BoundColumn, BoundExpression } from '../evaluate/bound.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { Scope, type ScopeColumn } from '../evaluate/scope.ts';
import { bindItem } from '../evaluate/select.ts';
import { tableColumns } from '../evaluate/sources.ts';
import type { Row, TriggerEvent } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { newRowId } from '../storage/table-rows.ts';
import type { Transaction } from '../storage/transaction.ts';
import { nvarchar, type Value } from '../values/types.ts';
import { intoColumn } from './column-values.ts';
import { writeRows } from './row-writing.ts';
import { answerRows } from './select-statement.ts';
import { columnNamed, resolveTarget, type WriteTarget } from './targets.ts';
import { enabledTriggers } from './triggers.ts';
import { slotExpression } from '../evaluate/windows.ts';

/** OUTPUT: what a writing statement shows of its rows, or keeps in another table. */
export interface BoundOutput {
  readonly columns: readonly BoundColumn[];
  row(written: OutputRow): Row;
  readonly into: { readonly target: WriteTarget; fill(row: Row): Row } | undefined;
}

export interface OutputRow {
  readonly inserted: Row | undefined;
  readonly deleted: Row | undefined;
  /** The rows of FROM that the change was made by. */
  readonly source: Row;
  readonly action?: TriggerEvent;
}

/** 334 where the rows would go to the client although a trigger is there to see the statement. */
export function bindOutput(
  output: Output | undefined,
  target: WriteTarget,
  events: readonly TriggerEvent[],
  source: readonly ScopeColumn[],
  binding: Binding,
): BoundOutput | undefined {
  if (!output) return undefined;
  const { table, database } = target;
  if (!output.into && database) {
    const triggered = events.some((event) => enabledTriggers(database, table, event).length > 0);
    if (triggered) throw sqlError(334, target.name);
  }
  const width = table.columns.length;
  const scope = new Scope(
    [
      ...tableColumns(table, 'inserted', undefined, undefined),
      ...tableColumns(table, 'deleted', undefined, undefined),
      ...source,
    ],
    undefined,
  );
  const actionSlot = scope.columns.length;
  scope.substitute = (node) =>
    'kind' in node && node.kind === 'merge-action'
      ? slotExpression(actionSlot, { type: nvarchar(10), coercion: binding.defaultCoercion }, '$action')
      : undefined;
  const inner = binding.with({ scope });
  const items = output.items.flatMap((item) => bindItem(item, inner));
  const nulls = table.columns.map((): Value => null);
  const into = output.into && bindInto(output.into, items, binding);
  return {
    columns: items.map(({ name, bound }) => ({ name, type: bound.type, nullable: true, coercion: bound.coercion })),
    row: ({ inserted = nulls, deleted = nulls, source: rows, action }) => {
      const padded = [
        ...rows,
        ...Array.from({ length: Math.max(0, actionSlot - 2 * width - rows.length) }, (): Value => null),
      ];
      const frame = { row: [...inserted, ...deleted, ...padded, action ?? null], outer: undefined };
      return items.map(({ bound }) => bound.evaluate(frame));
    },
    into,
  };
}

function bindInto(
  into: NonNullable<Output['into']>,
  items: readonly { readonly bound: BoundExpression }[],
  binding: Binding,
): BoundOutput['into'] {
  const target = resolveTarget(into.target, binding);
  if (target.database) binding.uses(target.database, target.table, 'INSERT');
  const columns =
    into.columns.length > 0
      ? into.columns.map((name) => columnNamed(target.table, name))
      : target.table.columns.filter((column) => !column.identity && column.type.name !== 'rowversion');
  if (columns.length !== items.length) throw sqlError(213);
  const cells = items.map(({ bound }, index) => {
    const column = columns[index];
    if (!column) throw sqlError(213);
    return { column, source: intoColumn(slotExpression(index, bound), column, target) };
  });
  return {
    target,
    fill: (row) =>
      target.table.columns.map((column): Value => {
        const cell = cells.find((one) => one.column === column);
        return cell ? cell.source({ row, outer: undefined }) : null;
      }),
  };
}

export async function answerOutput(
  output: BoundOutput | undefined,
  rows: readonly OutputRow[],
  transaction: Transaction,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  if (!output) return;
  const made = rows.map((row) => output.row(row));
  const { into } = output;
  if (!into) {
    answerRows(output, made, { settings: { ...frame.settings, noCount: true } }, run);
    return;
  }
  const inserted = made.map((row) => [newRowId(into.target.table), into.fill(row)] as const);
  await writeRows(into.target, { inserted, deleted: [], replaced: [] }, 'INSERT', transaction, frame, run);
}
