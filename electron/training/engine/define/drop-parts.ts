import type { Binding } from '../evaluate/binding.ts';
import { definitionLock, objectResource } from '../evaluate/access.ts';
import type { DatabaseModel, TableModel } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { constraintsOf, referencesTo, schemaName, tableById } from '../storage/names.ts';
import { columnPosition, forgetDerived } from '../storage/table-rows.ts';
import { sameName } from '../values/collation.ts';
import type { DefinitionChange } from './definition.ts';
import { replaceRows } from './alter-rows.ts';

/** ALTER TABLE ... DROP CONSTRAINT and DROP COLUMN. */

export function dropConstraints(
  names: readonly string[],
  ifExists: boolean,
  table: TableModel,
  database: DatabaseModel,
  binding: Binding,
): DefinitionChange {
  const all = constraintsOf(table);
  const chosen = names.flatMap((name) => {
    const found = all.find((one) => sameName(one.name, name));
    if (!found && !ifExists) throw sqlError(3728, name);
    return found ? [found] : [];
  });
  for (const constraint of chosen) {
    refuseReferencedKey(constraint.objectId, table, database);
    lockReferenced(constraint.objectId, table, database, binding);
  }
  return (log) => {
    for (const { objectId } of chosen) {
      for (const key of table.keys.filter((one) => one.objectId === objectId)) log.remove(table.keys, key);
      for (const key of table.foreignKeys.filter((one) => one.objectId === objectId))
        log.remove(table.foreignKeys, key);
      for (const check of table.checks.filter((one) => one.objectId === objectId)) log.remove(table.checks, check);
      for (const column of table.columns) {
        if (column.default?.objectId === objectId) log.set(column, 'default', undefined);
      }
    }
    log.make({ apply: () => forgetDerived(table), revert: () => forgetDerived(table) });
    log.set(table.moving, 'modified', binding.run.now);
  };
}

/** Both ends of a foreign key are locked while it goes. */
function lockReferenced(objectId: number, table: TableModel, database: DatabaseModel, binding: Binding): void {
  const key = table.foreignKeys.find((one) => one.objectId === objectId);
  const parent = key && tableById(database, key.referencedObjectId);
  if (!parent) return;
  binding.needs.locks.push(
    definitionLock(objectResource(database.name, schemaName(database, parent.schemaId), parent.name)),
  );
}

/** 3725 for a key that a foreign key needs. */
function refuseReferencedKey(objectId: number, table: TableModel, database: DatabaseModel): void {
  const key = table.keys.find((one) => one.objectId === objectId);
  if (!key) return;
  const used = referencesTo(database, table.objectId).find((reference) =>
    sameColumns(reference.key.referencedColumnIds, key.columnIds),
  );
  if (used) throw sqlError(3725, key.name, used.table.name, used.key.name);
}

function sameColumns(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

export function dropColumns(
  names: readonly string[],
  ifExists: boolean,
  table: TableModel,
  database: DatabaseModel,
): DefinitionChange {
  const chosen = names.flatMap((name) => {
    const found = table.columns.find((one) => sameName(one.name, name));
    if (!found && !ifExists) throw sqlError(4924, 'ALTER TABLE DROP COLUMN', name, table.name);
    return found ? [found] : [];
  });
  for (const column of chosen) {
    const { columnId } = column;
    const used =
      column.default !== undefined ||
      table.keys.some((key) => key.columnIds.includes(columnId)) ||
      table.foreignKeys.some((key) => key.columnIds.includes(columnId)) ||
      referencesTo(database, table.objectId).some(({ key }) => key.referencedColumnIds.includes(columnId));
    if (used) throw sqlError(4922, 'ALTER TABLE DROP COLUMN', column.name);
  }
  return (log) => {
    for (const column of chosen) {
      const position = columnPosition(table, column.columnId);
      const before = new Map(table.rows);
      const after = new Map([...before].map(([id, row]) => [id, row.toSpliced(position, 1)]));
      log.remove(table.columns, column);
      log.make({ apply: () => replaceRows(table, after), revert: () => replaceRows(table, before) });
    }
  };
}
