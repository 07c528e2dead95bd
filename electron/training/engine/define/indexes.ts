import type { Definition } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { KeyModel, TableModel } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { newObjectId, schemaName } from '../storage/names.ts';
import { findDuplicate, forgetDerived } from '../storage/table-rows.ts';
import { sameName } from '../values/collation.ts';
import type { DefinitionChange } from './definition.ts';
import { changeableTable } from './places.ts';
import { columnIds } from './table-elements.ts';

/** CREATE INDEX: only a unique one changes what the table accepts; the others are kept for the catalogue. */
export function createIndex(
  statement: Extract<Definition, { kind: 'create-index' }>,
  binding: Binding,
): DefinitionChange {
  const { database, object: table } = changeableTable(statement.table, binding);
  if (table.keys.some((key) => sameName(key.name, statement.name))) {
    throw sqlError(1913, statement.name, statement.table.parts.join('.'));
  }
  const key: KeyModel = {
    objectId: newObjectId(database),
    name: statement.name,
    kind: 'index',
    unique: statement.unique,
    clustered: statement.clustered && !table.keys.some((one) => one.clustered),
    columnIds: columnIds(
      table,
      statement.columns.map((column) => column.name),
    ),
  };
  return (log) => {
    const probe: TableModel = { ...table, keys: [key], rows: new Map() };
    const duplicate = findDuplicate(probe, { inserted: [...table.rows], deleted: [], replaced: [] });
    const name = `${schemaName(database, table.schemaId)}.${table.name}`;
    if (duplicate) throw sqlError(1505, name, key.name, 'see the table');
    log.add(table.keys, key);
    log.make({ apply: () => forgetDerived(table), revert: () => forgetDerived(table) });
  };
}

export function dropIndex(statement: Extract<Definition, { kind: 'drop-index' }>, binding: Binding): DefinitionChange {
  const { object: table } = changeableTable(statement.table, binding);
  const key = table.keys.find((one) => one.kind === 'index' && sameName(one.name, statement.name));
  if (!key) {
    if (statement.ifExists) return () => {};
    throw sqlError(3701, 'drop', 'index', `${statement.table.parts.join('.')}.${statement.name}`);
  }
  return (log) => {
    log.remove(table.keys, key);
    log.make({ apply: () => forgetDerived(table), revert: () => forgetDerived(table) });
  };
}
