import type { Definition, ObjectName } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { ColumnModel, TableModel } from '../model.ts';
import type { ChangeLog } from '../storage/change-log.ts';
import { sqlError } from '../sql-error.ts';
import { newObjectId } from '../storage/names.ts';
import { constraintNamed, constraintsOf } from '../storage/names.ts';
import type { DefinitionChange } from './definition.ts';
import { foreignKeyModel } from './foreign-keys.ts';
import { newPlace, objectMoment } from './places.ts';
import { addConstraints, columnModels, sortElements, tableFromElements } from './table-elements.ts';

/** CREATE TABLE (learn.microsoft.com/sql/t-sql/statements/create-table-transact-sql). */
export function createTable(
  statement: Extract<Definition, { kind: 'create-table' }>,
  binding: Binding,
): DefinitionChange {
  const last = statement.name.parts.at(-1) ?? '';
  if (last.startsWith('#')) {
    const table = tableFromElements(last, statement.elements, binding);
    return (log) => addTemporary(table, binding, log);
  }
  const place = newPlace(statement.name, 'CREATE TABLE', binding);
  const { database, schema, name } = place;
  const elements = sortElements(statement.elements);
  const table: TableModel = {
    kind: 'table',
    objectId: newObjectId(database),
    schemaId: schema.schemaId,
    name,
    columns: columnModels(name, elements, binding),
    keys: [],
    foreignKeys: [],
    checks: [],
    identityLast: undefined,
    rows: new Map(),
    moving: objectMoment(binding),
  };
  addConstraints(table, elements, binding, database);
  for (const key of elements.foreignKeys) table.foreignKeys.push(foreignKeyModel(key, table, database, binding));
  for (const { name: constraint } of constraintsOf(table)) {
    if (constraintNamed(database, schema.schemaId, constraint)) throw sqlError(2714, constraint);
  }
  return (log) => log.add(database.objects, table);
}

function addTemporary(table: TableModel, binding: Binding, log: ChangeLog): void {
  const { temporaryTables } = binding.run.session;
  const key = table.name.toLowerCase();
  if (temporaryTables.has(key)) throw sqlError(2714, table.name);
  log.make({
    apply: () => void temporaryTables.set(key, table),
    revert: () => void temporaryTables.delete(key),
  });
}

/** A table of given columns and no constraints, as SELECT ... INTO makes it. */
export function addTable(
  name: ObjectName,
  columns: readonly ColumnModel[],
  binding: Binding,
): (log: ChangeLog) => TableModel {
  const last = name.parts.at(-1) ?? '';
  const temporary = last.startsWith('#');
  const place = temporary ? undefined : newPlace(name, 'CREATE TABLE', binding);
  const database = place?.database ?? binding.database;
  const table: TableModel = {
    kind: 'table',
    objectId: newObjectId(database),
    schemaId: place?.schema.schemaId ?? 1,
    name: last,
    columns: [...columns],
    keys: [],
    foreignKeys: [],
    checks: [],
    identityLast: undefined,
    rows: new Map(),
    moving: objectMoment(binding),
  };
  return (log) => {
    if (temporary) addTemporary(table, binding, log);
    else log.add(database.objects, table);
    return table;
  };
}
