import type { AlterTableAction, Definition } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { emptyFrame } from '../evaluate/bound.ts';
import { Scope } from '../evaluate/scope.ts';
import { tableColumns } from '../evaluate/sources.ts';
import { defaultOf, nextIdentity, nextRowversion } from '../execute/column-values.ts';
import { orphanAmong } from '../execute/constraints.ts';
import type { WriteTarget } from '../execute/targets.ts';
import type { ColumnModel, DatabaseModel, ForeignKeyModel, TableModel } from '../model.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import type { ChangeLog } from '../storage/change-log.ts';
import { constraintNamed, referencesTo, schemaName, tableById, triggersOf } from '../storage/names.ts';
import { findDuplicate, forgetDerived } from '../storage/table-rows.ts';
import { sameName } from '../values/collation.ts';
import { converter } from '../values/convert.ts';
import { decimal, type Value } from '../values/types.ts';
import { replaceRows } from './alter-rows.ts';
import { dropColumns, dropConstraints } from './drop-parts.ts';
import type { DefinitionChange } from './definition.ts';
import { foreignKeyModel } from './foreign-keys.ts';
import { changeableTable } from './places.ts';
import { checkModel, columnModel, defaultModel, keyModel, sortElements } from './table-elements.ts';

/** ALTER TABLE (learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql). */
export function alterTable(
  statement: Extract<Definition, { kind: 'alter-table' }>,
  binding: Binding,
): DefinitionChange {
  const { database, object: table } = changeableTable(statement.name, binding);
  const { action } = statement;
  switch (action.kind) {
    case 'add':
      return addElements(action, table, database, binding);
    case 'drop':
      return action.what === 'column'
        ? dropColumns(action.names, action.ifExists, table, database)
        : dropConstraints(action.names, action.ifExists, table, database, binding);
    case 'enforce':
      return enforce(action, table, database, binding);
    case 'triggers':
      return switchTableTriggers(action, table, database);
    case 'alter-column':
      throw unknownToTrainingSite('ALTER TABLE ... ALTER COLUMN');
    case 'switch':
      return refuseSwitch(table, database);
  }
}

function addElements(
  action: Extract<AlterTableAction, { kind: 'add' }>,
  table: TableModel,
  database: DatabaseModel,
  binding: Binding,
): DefinitionChange {
  const elements = sortElements(action.elements);
  const named = [...elements.keys, ...elements.checks, ...elements.defaults, ...elements.foreignKeys];
  for (const { name } of named) {
    if (name !== undefined && constraintNamed(database, table.schemaId, name)) throw sqlError(2714, name);
  }
  if (elements.keys.some((key) => key.kind === 'primary-key') && table.keys.some((key) => key.kind === 'primary-key')) {
    throw sqlError(1779, table.name);
  }
  const columns = newColumns(elements, table, database, binding);
  const wider: TableModel = { ...table, columns: [...table.columns, ...columns] };
  const keys = elements.keys.map((key) => keyModel(key, wider, database));
  const checks = elements.checks.map((check) => checkModel(check, wider, binding, database));
  const foreignKeys = elements.foreignKeys.map((key) => foreignKeyModel(key, wider, database, binding));
  const defaults = elements.defaults.flatMap((definition) => {
    const column = table.columns.find((one) => sameName(one.name, definition.column));
    if (!column) return [];
    if (column.default) throw sqlError(1781);
    return [{ column, model: defaultModel(definition, column, table, binding, database) }];
  });
  const target = targetOf(table, database);
  const fills = columns.map((column) => fillOf(column, target, binding));
  return (log) => {
    if (columns.length > 0) addColumns(table, columns, fills, log);
    for (const { column, model } of defaults) log.set(column, 'default', model);
    for (const key of keys) addKey(table, key, target, log);
    for (const check of checks) {
      if (action.check) refuseViolated(table, check.definition, check.name, database, binding, elements);
      log.add(table.checks, action.check ? check : { ...check, trusted: false });
    }
    for (const key of foreignKeys) addForeignKey(table, key, action.check, database, log);
    log.set(table.moving, 'modified', binding.run.now);
  };
}

function targetOf(table: TableModel, database: DatabaseModel): WriteTarget {
  const name = `${schemaName(database, table.schemaId)}.${table.name}`;
  return { table, kind: 'stored', database, resource: '', hints: [], fullName: `${database.name}.${name}`, name };
}

function newColumns(
  elements: ReturnType<typeof sortElements>,
  table: TableModel,
  database: DatabaseModel,
  binding: Binding,
): ColumnModel[] {
  const next = Math.max(0, ...table.columns.map((column) => column.columnId)) + 1;
  return elements.columns.map((written, index) => {
    if (table.columns.some((column) => sameName(column.name, written.name))) {
      throw sqlError(2705, written.name, table.name);
    }
    const column = columnModel(written, next + index, false, binding);
    const definition = elements.defaults.find((one) => sameName(one.column, column.name));
    if (definition) column.default = defaultModel(definition, column, table, binding, database);
    const filled = column.nullable || column.default || column.identity || column.type.name === 'rowversion';
    if (!filled && table.rows.size > 0) throw sqlError(4901, column.name, table.name);
    return column;
  });
}

/** What the rows that are already there get in a new column: its default only where it is NOT NULL. */
function fillOf(column: ColumnModel, target: WriteTarget, binding: Binding): () => Value {
  if (column.type.name === 'rowversion') return () => nextRowversion(target);
  if (column.identity) {
    const convert = converter(decimal(38, 0), column.type);
    return () => convert(nextIdentity(column, target));
  }
  const initial = defaultOf(column, target, binding);
  return column.nullable ? () => null : () => initial(emptyFrame);
}

function addColumns(
  table: TableModel,
  columns: readonly ColumnModel[],
  fills: readonly (() => Value)[],
  log: ChangeLog,
): void {
  for (const column of columns) log.add(table.columns, column);
  const before = new Map(table.rows);
  const after = new Map([...before].map(([id, row]) => [id, [...row, ...fills.map((fill) => fill())]]));
  log.make({ apply: () => replaceRows(table, after), revert: () => replaceRows(table, before) });
}

function addKey(table: TableModel, key: TableModel['keys'][number], target: WriteTarget, log: ChangeLog): void {
  if (key.kind === 'primary-key') {
    const nullable = table.columns.some((column) => key.columnIds.includes(column.columnId) && column.nullable);
    if (nullable) throw sqlError(8111, table.name);
  }
  const probe: TableModel = { ...table, keys: [key], rows: new Map() };
  const inserted = [...table.rows];
  const duplicate = findDuplicate(probe, { inserted, deleted: [], replaced: [] });
  if (duplicate) throw sqlError(1505, target.name, key.name, 'see the table');
  log.add(table.keys, key);
  log.make({ apply: () => forgetDerived(table), revert: () => forgetDerived(table) });
}

function refuseViolated(
  table: TableModel,
  definition: string,
  name: string,
  database: DatabaseModel,
  binding: Binding,
  elements: ReturnType<typeof sortElements>,
): void {
  const check = elements.checks.find((one) => `(${one.text})` === definition);
  if (!check) return;
  const scope = new Scope(tableColumns(table, table.name, undefined, undefined), undefined);
  const holds = binding.with({ scope }).predicate(check.condition);
  const failed = [...table.rows.values()].some((row) => holds({ row, outer: undefined }) === false);
  const where = `${schemaName(database, table.schemaId)}.${table.name}`;
  if (failed) throw sqlError(547, 'ALTER TABLE', 'CHECK', name, database.name, where, '');
}

function addForeignKey(
  table: TableModel,
  key: ForeignKeyModel,
  check: boolean,
  database: DatabaseModel,
  log: ChangeLog,
): void {
  if (check) refuseOrphans(table, key, database);
  log.add(table.foreignKeys, check ? key : { ...key, trusted: false });
}

function refuseOrphans(table: TableModel, key: ForeignKeyModel, database: DatabaseModel): void {
  const parent = tableById(database, key.referencedObjectId) ?? table;
  if (!orphanAmong(table, parent, key, [...table.rows.values()])) return;
  const where = `${schemaName(database, parent.schemaId)}.${parent.name}`;
  throw sqlError(547, 'ALTER TABLE', 'FOREIGN KEY', key.name, database.name, where, '');
}

/** [NO]CHECK CONSTRAINT: enforcing again without looking at the rows leaves the constraint untrusted. */
function enforce(
  action: Extract<AlterTableAction, { kind: 'enforce' }>,
  table: TableModel,
  database: DatabaseModel,
  binding: Binding,
): DefinitionChange {
  const all = [...table.foreignKeys, ...table.checks];
  const chosen =
    action.names?.map((name) => {
      const found = all.find((one) => sameName(one.name, name));
      if (!found) throw sqlError(4917, name);
      return found;
    }) ?? all;
  return (log) => {
    for (const constraint of chosen) {
      log.set(constraint, 'disabled', !action.enforced);
      if (action.enforced && action.recheck && 'referencedObjectId' in constraint)
        refuseOrphans(table, constraint, database);
      log.set(constraint, 'trusted', action.enforced && action.recheck);
    }
    log.set(table.moving, 'modified', binding.run.now);
  };
}

function switchTableTriggers(
  action: Extract<AlterTableAction, { kind: 'triggers' }>,
  table: TableModel,
  database: DatabaseModel,
): DefinitionChange {
  const triggers = triggersOf(database, table.objectId);
  const chosen =
    action.names?.map((name) => {
      const found = triggers.find((trigger) => sameName(trigger.name, name));
      if (!found) throw sqlError(4920, name, table.name);
      return found;
    }) ?? triggers;
  return (log) => {
    for (const trigger of chosen) log.set(trigger, 'disabled', !action.enabled);
  };
}

/** Partitions are not modelled; what stops a SWITCH is. */
function refuseSwitch(table: TableModel, database: DatabaseModel): never {
  const [reference] = referencesTo(database, table.objectId);
  if (reference)
    throw sqlError(4967, `${database.name}.${schemaName(database, table.schemaId)}.${table.name}`, reference.key.name);
  throw unknownToTrainingSite('ALTER TABLE ... SWITCH');
}
