import type { ForeignKeyModel, KeyModel, Row, TableModel } from '../model.ts';
import type { Binding } from '../evaluate/binding.ts';
import { Scope } from '../evaluate/scope.ts';
import { parsedCheck } from '../evaluate/modules.ts';
import { tableColumns } from '../evaluate/sources.ts';
import { objectResource } from '../evaluate/access.ts';
import { sqlError } from '../sql-error.ts';
import type { LockRequest } from '../storage/lock-table.ts';
import { referencesTo, schemaName, tableById } from '../storage/names.ts';
import { columnPosition, findDuplicate, keyOfColumns, uniqueIndex, type RowChange } from '../storage/table-rows.ts';
import { toText } from '../values/convert-text.ts';
import { varchar } from '../values/types.ts';
import type { WriteTarget } from './targets.ts';

/** What a change of rows must not violate. The statement is looked at as a whole: what it leaves behind counts. */

export type Action = 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE';

export function checkRows(target: WriteTarget, change: RowChange, action: Action, binding: Binding): void {
  const written = [...change.inserted.map(([, row]) => row), ...change.replaced.map(({ after }) => after)];
  refuseNulls(target, written, action);
  refuseFailedChecks(target, written, action, binding);
  const duplicate = findDuplicate(target.table, change);
  if (duplicate) throw duplicateError(target, duplicate.key, duplicate.row);
}

function refuseNulls(target: WriteTarget, rows: readonly Row[], action: Action): void {
  for (const [position, column] of target.table.columns.entries()) {
    if (column.nullable) continue;
    for (const row of rows) {
      if ((row[position] ?? null) === null) throw sqlError(515, column.name, target.fullName, action);
    }
  }
}

/** A CHECK is violated only where it is false: unknown passes. */
function refuseFailedChecks(target: WriteTarget, rows: readonly Row[], action: Action, binding: Binding): void {
  const { table, database } = target;
  const active = table.checks.filter((check) => !check.disabled);
  if (active.length === 0 || rows.length === 0) return;
  const scope = new Scope(tableColumns(table, table.name, undefined, undefined), undefined);
  const inner = binding.with({ scope, ctes: new Map() });
  for (const check of active) {
    const holds = inner.predicate(parsedCheck(check.definition));
    const failed = rows.some((row) => holds({ row, outer: undefined }) === false);
    if (failed) throw sqlError(547, action, 'CHECK', check.name, database?.name ?? 'tempdb', target.name, '');
  }
}

function duplicateError(target: WriteTarget, key: KeyModel, row: Row): Error {
  const values = key.columnIds.map((id) => displayed(target.table, id, row)).join(', ');
  if (key.kind === 'index') return sqlError(2601, target.name, key.name, values);
  const kind = key.kind === 'primary-key' ? 'PRIMARY KEY' : 'UNIQUE KEY';
  return sqlError(2627, kind, key.name, target.name, values);
}

/** A key's value as errors show it. */
function displayed(table: TableModel, columnId: number, row: Row): string {
  const position = columnPosition(table, columnId);
  const column = table.columns[position];
  const value = row[position] ?? null;
  if (value === null || !column) return '<NULL>';
  return toText(value, column.type, varchar('max'), column.type.name.includes('binary') ? 1 : undefined);
}

/** The locks that looking at other tables for foreign keys needs. */
export function foreignKeyLocks(target: WriteTarget, change: RowChange): readonly LockRequest[] {
  const { table, database } = target;
  if (!database) return [];
  const parents = table.foreignKeys.flatMap((key) => {
    const parent = key.disabled ? undefined : tableById(database, key.referencedObjectId);
    const writes = change.inserted.length > 0 || change.replaced.length > 0;
    return parent && parent !== table && writes ? [parent] : [];
  });
  const children = losesRows(change)
    ? referencesTo(database, table.objectId).flatMap(({ table: child, key }) =>
        key.disabled || child === table ? [] : [child],
      )
    : [];
  return [...parents, ...children].flatMap((other): LockRequest[] => {
    const resource = objectResource(database.name, schemaName(database, other.schemaId), other.name);
    return [
      { resource, mode: 'IS', duration: 'statement' },
      { resource, mode: 'RS', duration: 'statement' },
    ];
  });
}

function losesRows(change: RowChange): boolean {
  return change.deleted.length > 0 || change.replaced.length > 0;
}

/** Looked at after the change: every reference must lead somewhere. 547 names the key and the table at its other end. */
export function checkForeignKeys(target: WriteTarget, change: RowChange, action: Action): void {
  const { table, database } = target;
  if (!database) return;
  const written = [...change.inserted.map(([, row]) => row), ...change.replaced.map(({ after }) => after)];
  for (const key of table.foreignKeys) {
    const parent = key.disabled ? undefined : tableById(database, key.referencedObjectId);
    if (!parent) continue;
    const orphan = orphanAmong(table, parent, key, written);
    if (!orphan) continue;
    const where = `${schemaName(database, parent.schemaId)}.${parent.name}`;
    throw sqlError(
      547,
      action,
      'FOREIGN KEY',
      key.name,
      database.name,
      where,
      columnClause(parent, key.referencedColumnIds),
    );
  }
  if (!losesRows(change)) return;
  for (const { table: child, key } of referencesTo(database, table.objectId)) {
    if (key.disabled || !leavesOrphans(table, child, key, change)) continue;
    const where = `${schemaName(database, child.schemaId)}.${child.name}`;
    throw sqlError(547, action, 'REFERENCE', key.name, database.name, where, columnClause(child, key.columnIds));
  }
}

function columnClause(table: TableModel, columnIds: readonly number[]): string {
  const [only, ...more] = columnIds;
  const column = table.columns.find((one) => one.columnId === only);
  return column && more.length === 0 ? `, column '${column.name}'` : '';
}

/** The first of the rows whose reference leads nowhere. A reference with a NULL in it leads nowhere and may. */
export function orphanAmong(
  table: TableModel,
  parent: TableModel,
  key: ForeignKeyModel,
  rows: readonly Row[],
): Row | undefined {
  const childKey = keyOfColumns(table, key.columnIds);
  const known = keysIn(parent, key.referencedColumnIds);
  const positions = key.columnIds.map((id) => columnPosition(table, id));
  return rows.find(
    (row) => !positions.some((position) => (row[position] ?? null) === null) && !known.has(childKey(row)),
  );
}

function leavesOrphans(table: TableModel, child: TableModel, key: ForeignKeyModel, change: RowChange): boolean {
  if (child.rows.size === 0) return false;
  const parentKey = keyOfColumns(table, key.referencedColumnIds);
  const lost = new Set([
    ...change.deleted.map(([, row]) => parentKey(row)),
    ...change.replaced
      .filter(({ before, after }) => parentKey(before) !== parentKey(after))
      .map(({ before }) => parentKey(before)),
  ]);
  if (lost.size === 0) return false;
  const known = keysIn(table, key.referencedColumnIds);
  const childKey = keyOfColumns(child, key.columnIds);
  for (const row of child.rows.values()) {
    const text = childKey(row);
    if (lost.has(text) && !known.has(text)) return true;
  }
  return false;
}

function keysIn(parent: TableModel, columnIds: readonly number[]): { has(text: string): boolean } {
  const key = parent.keys.find((one) => one.unique && one.columnIds.join() === columnIds.join());
  if (key) return uniqueIndex(parent, key).rows;
  const keyOf = keyOfColumns(parent, columnIds);
  return new Set([...parent.rows.values()].map(keyOf));
}
