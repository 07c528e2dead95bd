import type { TableHint, IsolationLevel } from '../ast.ts';
import { unknownToTrainingSite } from '../sql-error.ts';
import type { LockDuration, LockRequest } from '../storage/lock-table.ts';
import type { LockMode } from '../storage/lock-modes.ts';

/**
 * Which locks a statement takes on a table
 * (learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table, .../sql-server-transaction-locking-and-row-versioning-guide).
 */

export function objectResource(database: string, schema: string, name: string): string {
  return `object:${[database, schema, name].join('\u0000').toLowerCase()}`;
}

/** `rowKey`: the one row that can be touched, where the statement fixes a unique key. */
export function readLocks(
  resource: string,
  hints: readonly TableHint[],
  isolation: IsolationLevel,
  rowKey: string | undefined,
): readonly LockRequest[] {
  const has = (...names: readonly TableHint[]): boolean => names.some((name) => hints.includes(name));
  if (has('READPAST')) throw unknownToTrainingSite('the hint READPAST');
  const lock = (mode: LockMode, duration: LockDuration): LockRequest => ({
    resource,
    mode,
    duration,
    rowKey: undefined,
  });
  const rows = (mode: LockMode, duration: LockDuration): LockRequest => ({ resource, mode, duration, rowKey });
  const schema = lock('Sch-S', 'statement');
  if (has('TABLOCKX')) return [lock('X', 'transaction')];
  if (has('XLOCK'))
    return has('TABLOCK') ? [lock('X', 'transaction')] : [lock('IX', 'transaction'), rows('RX', 'transaction')];
  if (has('UPDLOCK')) {
    return has('TABLOCK') ? [lock('U', 'transaction')] : [lock('IX', 'transaction'), rows('RU', 'transaction')];
  }
  const locking = has('READCOMMITTED', 'READCOMMITTEDLOCK', 'HOLDLOCK', 'SERIALIZABLE', 'REPEATABLEREAD', 'TABLOCK');
  if (has('NOLOCK', 'READUNCOMMITTED') || (isolation === 'read-uncommitted' && !locking)) return [schema];
  const holds =
    has('HOLDLOCK', 'SERIALIZABLE', 'REPEATABLEREAD') ||
    (!has('READCOMMITTED', 'READCOMMITTEDLOCK') && (isolation === 'serializable' || isolation === 'repeatable-read'));
  const duration: LockDuration = holds ? 'transaction' : 'statement';
  if (has('TABLOCK')) return [schema, lock('S', duration)];
  return [schema, lock('IS', duration), rows('RS', duration)];
}

/** What a writing statement takes on its target: rows it will change (`RX`) are locked beforehand, new rows when they are known. */
export function writeLocks(
  resource: string,
  hints: readonly TableHint[],
  action: 'insert' | 'change',
  rowKey: string | undefined,
): readonly LockRequest[] {
  if (hints.includes('TABLOCK') || hints.includes('TABLOCKX')) {
    return [{ resource, mode: 'X', duration: 'transaction', rowKey: undefined }];
  }
  const table: LockRequest = { resource, mode: 'IX', duration: 'transaction', rowKey: undefined };
  return action === 'insert' ? [table] : [table, { resource, mode: 'RX', duration: 'transaction', rowKey }];
}

export function definitionLock(resource: string): LockRequest {
  return { resource, mode: 'Sch-M', duration: 'transaction' };
}
