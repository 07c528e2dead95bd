import type { CallFrame, Run, TriggerContext } from '../evaluate/run.ts';
import type { Row } from '../model.ts';
import type { Transaction } from '../storage/transaction.ts';
import { rowChange, uniqueIndex, type RowChange } from '../storage/table-rows.ts';
import type { LockRequest } from '../storage/lock-table.ts';
import { checkForeignKeys, checkRows, foreignKeyLocks, type Action } from './constraints.ts';
import { newBinding, takeLocks } from './prepare.ts';
import type { WriteTarget } from './targets.ts';
import { fireTrigger, fireTriggers, insteadOfTrigger, type Firing } from './triggers.ts';
import type { TriggerEvent } from '../model.ts';

/** More rows than this are locked as a set, not one by one (SQL Server escalates to the table). */
const singleRowLocks = 1000;

/** Checks and makes a change of rows: keys, CHECKs, foreign keys. Triggers come after all of it. */
export async function writeRows(
  target: WriteTarget,
  change: RowChange,
  action: Action,
  transaction: Transaction,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  await takeLocks(run, frame, [...newRowLocks(target, change), ...foreignKeyLocks(target, change)]);
  checkRows(target, change, action, newBinding(run, frame));
  const made = rowChange(target.table, change);
  // A table variable keeps its rows whatever becomes of the transaction.
  if (target.kind === 'variable') made.apply();
  else transaction.log.make(made);
  checkForeignKeys(target, change, action);
}

function newRowLocks(target: WriteTarget, change: RowChange): readonly LockRequest[] {
  const { resource, table } = target;
  const rows = [...change.inserted.map(([, row]) => row), ...change.replaced.map(({ after }) => after)];
  if (target.kind !== 'stored' || rows.length === 0) return [];
  if (target.hints.includes('TABLOCK') || target.hints.includes('TABLOCKX')) return [];
  const key = table.keys.find((one) => one.kind === 'primary-key');
  if (!key || rows.length > singleRowLocks) {
    return change.inserted.length > 0 ? [{ resource, mode: 'RI', duration: 'transaction' }] : [];
  }
  const { keyOfRow } = uniqueIndex(table, key);
  return change.inserted.map(([, row]): LockRequest => ({
    resource,
    mode: 'RI',
    duration: 'transaction',
    rowKey: keyOfRow(row),
  }));
}

export function firingOf(
  target: WriteTarget,
  event: TriggerEvent,
  change: RowChange,
  updated: TriggerContext['updated'],
): Firing | undefined {
  if (!target.database) return undefined;
  const inserted: readonly Row[] =
    event === 'INSERT' ? change.inserted.map(([, row]) => row) : change.replaced.map(({ after }) => after);
  const deleted: readonly Row[] =
    event === 'DELETE' ? change.deleted.map(([, row]) => row) : change.replaced.map(({ before }) => before);
  return {
    database: target.database,
    table: target.table,
    event,
    inserted: event === 'DELETE' ? [] : inserted,
    deleted: event === 'INSERT' ? [] : deleted,
    updated,
  };
}

/** Writes, unless an INSTEAD OF trigger does something else; then the AFTER triggers. */
export async function writeAndFire(
  target: WriteTarget,
  event: TriggerEvent,
  change: RowChange,
  updated: TriggerContext['updated'],
  transaction: Transaction,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  const firing = firingOf(target, event, change, updated);
  const instead = firing && insteadOfTrigger(firing.database, firing.table, event, frame);
  if (firing && instead) {
    await fireTrigger(instead, firing, transaction, frame, run);
    return;
  }
  await writeRows(target, change, event, transaction, frame, run);
  if (firing) await fireTriggers(firing, transaction, frame, run);
}

/** The statement's count, for @@ROWCOUNT and, unless NOCOUNT, for the client. */
export function tellCount(count: number, frame: CallFrame, run: Run): void {
  run.session.rowCount = count;
  if (!frame.settings.noCount) run.emit({ kind: 'done', rowCount: count });
}
