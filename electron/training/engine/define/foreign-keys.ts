import type { Constraint } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { definitionLock } from '../evaluate/access.ts';
import { findNamed } from '../evaluate/resolve.ts';
import type { DatabaseModel, ForeignKeyModel, TableModel } from '../model.ts';
import { isAllowed } from '../security/permissions.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { newObjectId, schemaName } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import { familyOf, sameType } from '../values/facts.ts';

type ForeignKeyDefinition = Extract<Constraint, { kind: 'foreign-key' }>;

/**
 * FOREIGN KEY: needs the right REFERENCES on the table it points at; ownership chaining does not give it
 * (learn.microsoft.com/sql/relational-databases/tables/create-foreign-key-relationships).
 */
export function foreignKeyModel(
  definition: ForeignKeyDefinition,
  table: TableModel,
  database: DatabaseModel,
  binding: Binding,
): ForeignKeyModel {
  if (definition.onDelete !== 'no-action' || definition.onUpdate !== 'no-action') {
    throw unknownToTrainingSite('foreign keys that cascade');
  }
  const objectId = newObjectId(database);
  const referencedText = definition.table.parts.join('.');
  const name =
    definition.name ?? `FK__${table.name.slice(0, 9)}__${objectId.toString(16).toUpperCase().padStart(8, '0')}`;
  const referenced = referencedTable(definition, table, name, binding);
  const columns = columnsNamed(table, definition.columns, (column) => sqlError(1769, name, column, table.name));
  const targets =
    definition.referenced.length > 0
      ? columnsNamed(referenced, definition.referenced, (column) => sqlError(1770, name, column, referencedText))
      : primaryKeyOf(referenced, name, referencedText);
  requireRight(referenced, database, targets, binding);
  const target = targets.map((column) => column.columnId);
  const candidate = referenced.keys.some((key) => key.unique && sameColumns(key.columnIds, target));
  if (!candidate || columns.length !== targets.length) throw sqlError(1776, referencedText, name);
  for (const [index, column] of columns.entries()) {
    const other = targets[index];
    const alike =
      other &&
      (familyOf(column.type) === 'text' ? column.type.name === other.type.name : sameType(column.type, other.type));
    if (!alike) throw sqlError(1778, referencedText, other?.name ?? '', table.name, column.name, name);
  }
  return {
    objectId,
    name,
    columnIds: columns.map((column) => column.columnId),
    referencedObjectId: referenced.objectId,
    referencedColumnIds: target,
    disabled: false,
    trusted: true,
  };
}

function sameColumns(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

function referencedTable(
  definition: ForeignKeyDefinition,
  table: TableModel,
  name: string,
  binding: Binding,
): TableModel {
  const text = definition.table.parts.join('.');
  const found = findNamed(definition.table, binding);
  if (found?.kind === 'object' && found.object.kind === 'table') {
    binding.needs.locks.push(definitionLock(found.resource));
    return found.object;
  }
  // A table may point at itself while it is being made.
  if (sameName(definition.table.parts.at(-1) ?? '', table.name)) return table;
  throw sqlError(1767, name, text);
}

function columnsNamed(
  table: TableModel,
  names: readonly string[],
  missing: (name: string) => Error,
): readonly TableModel['columns'][number][] {
  return names.map((name) => {
    const column = table.columns.find((one) => sameName(one.name, name));
    if (!column) throw missing(name);
    return column;
  });
}

function primaryKeyOf(table: TableModel, name: string, text: string): readonly TableModel['columns'][number][] {
  const key = table.keys.find((one) => one.kind === 'primary-key');
  if (!key) throw sqlError(1773, name, text);
  return key.columnIds.flatMap((id) => table.columns.find((column) => column.columnId === id) ?? []);
}

function requireRight(
  referenced: TableModel,
  database: DatabaseModel,
  columns: readonly TableModel['columns'][number][],
  binding: Binding,
): void {
  const { model } = binding.run.server;
  const { objectId } = referenced;
  const may = (columnId: number): boolean =>
    isAllowed(model, binding.frame.identity, 'REFERENCES', { class: 'OBJECT', database, objectId, columnId });
  if (may(0) || columns.every(({ columnId }) => may(columnId))) return;
  throw sqlError(229, 'REFERENCES', referenced.name, database.name, schemaName(database, referenced.schemaId));
}
