import type { ColumnDefinition, Constraint, TableElement } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { Scope } from '../evaluate/scope.ts';
import { tableColumns } from '../evaluate/sources.ts';
import { declaredType } from '../evaluate/declared-type.ts';
import { coerce } from '../evaluate/coercion.ts';
import type { CheckModel, ColumnModel, DatabaseModel, DefaultModel, KeyModel, TableModel } from '../model.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { newObjectId } from '../storage/names.ts';
import { findCollation, sameName } from '../values/collation.ts';
import { isText } from '../values/facts.ts';

/** From what stands between a table's parentheses to its columns and constraints. */

type KeyDefinition = Extract<Constraint, { kind: 'primary-key' | 'unique' }>;
type DefaultDefinition = Extract<Constraint, { kind: 'default' }>;
type CheckDefinition = Extract<Constraint, { kind: 'check' }>;
type ForeignKeyDefinition = Extract<Constraint, { kind: 'foreign-key' }>;

export interface Elements {
  readonly columns: readonly ColumnDefinition[];
  readonly keys: readonly KeyDefinition[];
  readonly defaults: readonly DefaultDefinition[];
  readonly checks: readonly CheckDefinition[];
  readonly foreignKeys: readonly ForeignKeyDefinition[];
}

export function sortElements(elements: readonly TableElement[]): Elements {
  const columns = elements.filter((element) => element.kind === 'column');
  const constraints = [
    ...columns.flatMap((column) => column.constraints),
    ...elements.filter((element) => element.kind !== 'column'),
  ];
  return {
    columns,
    keys: constraints.filter((one): one is KeyDefinition => one.kind === 'primary-key' || one.kind === 'unique'),
    defaults: constraints.filter((one) => one.kind === 'default'),
    checks: constraints.filter((one) => one.kind === 'check'),
    foreignKeys: constraints.filter((one) => one.kind === 'foreign-key'),
  };
}

/** Columns of a new table; those of its primary key are NOT NULL without being told. */
export function columnModels(tableName: string, elements: Elements, binding: Binding): ColumnModel[] {
  const primary = elements.keys.find((key) => key.kind === 'primary-key');
  const inPrimary = (name: string): boolean => primary?.columns.some((column) => sameName(column, name)) ?? false;
  const models = elements.columns.map((column, index) =>
    columnModel(column, index + 1, inPrimary(column.name), binding),
  );
  for (const [index, column] of models.entries()) {
    if (models.findIndex((other) => sameName(other.name, column.name)) !== index)
      throw sqlError(2705, column.name, tableName);
  }
  const [, secondVersion] = models.filter((column) => column.type.name === 'rowversion');
  if (secondVersion) throw sqlError(2738, tableName, secondVersion.name);
  if (models.filter((column) => column.identity).length > 1) throw sqlError(2744, tableName);
  const nullable = elements.columns.find((column) => column.nullable === true && inPrimary(column.name));
  if (nullable) throw sqlError(8111, tableName);
  return models;
}

export function columnModel(
  column: ColumnDefinition,
  columnId: number,
  inPrimary: boolean,
  binding: Binding,
): ColumnModel {
  const type = declaredType(column.type, 'declaration');
  const fixed = inPrimary || column.identity !== undefined || type.name === 'rowversion';
  return {
    columnId,
    name: column.name,
    type,
    nullable: column.nullable ?? !fixed,
    collation: isText(type) ? collationName(column.collation, binding) : undefined,
    identity: column.identity,
    default: undefined,
  };
}

function collationName(written: string | undefined, binding: Binding): string {
  if (written === undefined || written.toLowerCase() === 'database_default') return binding.database.collation;
  return findCollation(written).name;
}

/** Names that SQL Server makes up: PK__Controll__3214EC07 and so on. */
function madeUpName(prefix: string, table: string, objectId: number): string {
  return `${prefix}__${table.slice(0, 9)}__${objectId.toString(16).toUpperCase().padStart(8, '0')}`;
}

export function keyModel(
  key: KeyDefinition,
  table: Pick<TableModel, 'name' | 'columns' | 'keys'>,
  database: DatabaseModel,
): KeyModel {
  const objectId = newObjectId(database);
  const primary = key.kind === 'primary-key';
  const hasClustered = table.keys.some((one) => one.clustered);
  return {
    objectId,
    name: key.name ?? madeUpName(primary ? 'PK' : 'UQ', table.name, objectId),
    kind: key.kind,
    unique: true,
    clustered: !hasClustered && (key.clustered ?? primary),
    columnIds: columnIds(table, key.columns),
  };
}

/** 1911 for a column that is not there. */
export function columnIds(table: Pick<TableModel, 'columns'>, names: readonly string[]): readonly number[] {
  return names.map((name) => {
    const column = table.columns.find((one) => sameName(one.name, name));
    if (!column) throw sqlError(1911, name);
    return column.columnId;
  });
}

export function checkModel(
  check: CheckDefinition,
  table: TableModel,
  binding: Binding,
  database: DatabaseModel,
): CheckModel {
  const scope = new Scope(tableColumns(table, table.name, undefined, undefined), undefined);
  // Binding it now refuses a condition over columns that are not there.
  binding.with({ scope }).predicate(check.condition);
  const objectId = newObjectId(database);
  return {
    objectId,
    name: check.name ?? madeUpName('CK', table.name, objectId),
    definition: `(${check.text})`,
    disabled: false,
    trusted: true,
  };
}

export function defaultModel(
  definition: DefaultDefinition,
  column: ColumnModel,
  table: Pick<TableModel, 'name'>,
  binding: Binding,
  database: DatabaseModel,
): DefaultModel {
  if (column.identity || column.type.name === 'rowversion') throw sqlError(1752, column.name, table.name);
  coerce(binding.with({ scope: undefined }).expression(definition.value), column.type);
  const objectId = newObjectId(database);
  return {
    objectId,
    name: definition.name ?? madeUpName('DF', table.name, objectId),
    definition: `(${definition.text})`,
  };
}

/** The table of a DECLARE @t TABLE, or a temporary one: no foreign keys, nobody else sees it. */
export function tableFromElements(name: string, written: readonly TableElement[], binding: Binding): TableModel {
  const elements = sortElements(written);
  if (elements.foreignKeys.length > 0) throw unknownToTrainingSite('foreign keys of temporary tables');
  const database = binding.database;
  const table: TableModel = {
    kind: 'table',
    objectId: -newObjectId(database),
    schemaId: 1,
    name,
    columns: columnModels(name, elements, binding),
    keys: [],
    foreignKeys: [],
    checks: [],
    identityLast: undefined,
    rows: new Map(),
    moving: { created: binding.run.now, modified: binding.run.now },
  };
  addConstraints(table, elements, binding, database);
  return table;
}

/** Keys, checks and defaults of a table that is being made. */
export function addConstraints(table: TableModel, elements: Elements, binding: Binding, database: DatabaseModel): void {
  if (elements.keys.filter((key) => key.kind === 'primary-key').length > 1) throw sqlError(8110, table.name);
  for (const key of elements.keys) table.keys.push(keyModel(key, table, database));
  for (const check of elements.checks) table.checks.push(checkModel(check, table, binding, database));
  for (const definition of elements.defaults) {
    const column = table.columns.find((one) => sameName(one.name, definition.column));
    if (!column) throw sqlError(1752, definition.column, table.name);
    if (column.default) throw sqlError(1781);
    column.default = defaultModel(definition, column, table, binding, database);
  }
}
