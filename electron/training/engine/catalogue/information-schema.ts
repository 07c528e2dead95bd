import type { KeyModel, TableModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { schemaName } from '../storage/names.ts';
import { familyOf, isText, isUnicode } from '../values/facts.ts';
import { int, nvarchar, smallint, sysname, tinyint, varchar, type DataType } from '../values/types.ts';
import { maxLength, precision, scale, catalogueTypeName } from './column-facts.ts';
import { definitionFor } from './modules.ts';
import { type CatalogueObject, visibleObjects } from './objects.ts';
import { type TableColumn, visibleColumns, visibleTables } from './table-columns.ts';
import { always, type Column, column, nameColumn, numberColumn, required, view } from './view.ts';

/** The standard's own catalogue. https://learn.microsoft.com/sql/relational-databases/system-information-schema-views/system-information-schema-views-transact-sql */

function schemaOf(item: { readonly schemaId: number }, { database }: Surroundings): string {
  return schemaName(database, item.schemaId);
}

const catalogue = <Item>(name: string): Column<Item> => column(name, sysname, (_item, { database }) => database.name);

const TABLES: readonly Column<CatalogueObject>[] = [
  catalogue('TABLE_CATALOG'),
  column('TABLE_SCHEMA', sysname, schemaOf),
  nameColumn('TABLE_NAME', (one) => one.name),
  column('TABLE_TYPE', varchar(10), (one) => (one.code === 'U' ? 'BASE TABLE' : 'VIEW')),
];

function characters(type: DataType): number | null {
  const family = familyOf(type);
  if (family !== 'text' && family !== 'binary') return null;
  return type.length === 'max' ? -1 : isUnicode(type) ? maxLength(type) / 2 : maxLength(type);
}

function isExactOrFloat(type: DataType): boolean {
  return ['integer', 'decimal', 'float'].includes(familyOf(type));
}

const COLUMNS: readonly Column<TableColumn>[] = [
  catalogue('TABLE_CATALOG'),
  column('TABLE_SCHEMA', sysname, ({ table }, surroundings) => schemaOf(table, surroundings)),
  nameColumn('TABLE_NAME', ({ table }) => table.name),
  column('COLUMN_NAME', sysname, (one) => one.column.name),
  numberColumn('ORDINAL_POSITION', ({ table, column: own }) => table.columns.indexOf(own) + 1),
  column('COLUMN_DEFAULT', nvarchar(4000), (one) => one.column.default?.definition ?? null),
  column('IS_NULLABLE', varchar(3), (one) => (one.column.nullable ? 'YES' : 'NO')),
  column('DATA_TYPE', sysname, (one) => catalogueTypeName(one.column.type)),
  column('CHARACTER_MAXIMUM_LENGTH', int, (one) => characters(one.column.type)),
  column('CHARACTER_OCTET_LENGTH', int, (one) =>
    characters(one.column.type) === null ? null : maxLength(one.column.type),
  ),
  column('NUMERIC_PRECISION', tinyint, (one) => (isExactOrFloat(one.column.type) ? precision(one.column.type) : null)),
  column('NUMERIC_PRECISION_RADIX', smallint, ({ column: { type } }) => {
    if (!isExactOrFloat(type)) return null;
    return familyOf(type) === 'float' ? 2 : 10;
  }),
  column('NUMERIC_SCALE', int, (one) => (isExactOrFloat(one.column.type) ? scale(one.column.type) : null)),
  column('DATETIME_PRECISION', smallint, ({ column: { type } }) =>
    ['moment', 'time'].includes(familyOf(type)) ? scale(type) : null,
  ),
  always('CHARACTER_SET_CATALOG', sysname, null),
  always('CHARACTER_SET_SCHEMA', sysname, null),
  column('CHARACTER_SET_NAME', sysname, ({ column: { type } }) => {
    if (!isText(type)) return null;
    return isUnicode(type) ? 'UNICODE' : 'iso_1';
  }),
  always('COLLATION_CATALOG', sysname, null),
  always('COLLATION_SCHEMA', sysname, null),
  column('COLLATION_NAME', sysname, (one) => one.column.collation ?? null),
  always('DOMAIN_CATALOG', sysname, null),
  always('DOMAIN_SCHEMA', sysname, null),
  always('DOMAIN_NAME', sysname, null),
];

interface TableConstraint {
  readonly table: TableModel;
  readonly name: string;
  readonly kind: 'PRIMARY KEY' | 'UNIQUE' | 'FOREIGN KEY' | 'CHECK';
  readonly columnIds: readonly number[];
}

const KEY_KINDS = { 'primary-key': 'PRIMARY KEY', unique: 'UNIQUE' } as const;

function constraints(surroundings: Surroundings): readonly TableConstraint[] {
  return visibleTables(surroundings).flatMap((table) => [
    ...table.keys.flatMap((key) => keyConstraint(table, key)),
    ...table.foreignKeys.map((key) => ({
      table,
      name: key.name,
      kind: 'FOREIGN KEY' as const,
      columnIds: key.columnIds,
    })),
    ...table.checks.map((check) => ({ table, name: check.name, kind: 'CHECK' as const, columnIds: [] })),
  ]);
}

function keyConstraint(table: TableModel, key: KeyModel): readonly TableConstraint[] {
  return key.kind === 'index' ? [] : [{ table, name: key.name, kind: KEY_KINDS[key.kind], columnIds: key.columnIds }];
}

interface KeyColumn {
  readonly constraint: TableConstraint;
  readonly columnId: number;
  readonly position: number;
}

function keyColumns(surroundings: Surroundings): readonly KeyColumn[] {
  return constraints(surroundings).flatMap((constraint) =>
    constraint.columnIds.map((columnId, index) => ({ constraint, columnId, position: index + 1 })),
  );
}

function constraintColumns<Item>(of: (item: Item) => TableConstraint): readonly Column<Item>[] {
  return [
    catalogue('CONSTRAINT_CATALOG'),
    column('CONSTRAINT_SCHEMA', sysname, (one, surroundings) => schemaOf(of(one).table, surroundings)),
    nameColumn('CONSTRAINT_NAME', (one) => of(one).name),
    catalogue('TABLE_CATALOG'),
    column('TABLE_SCHEMA', sysname, (one, surroundings) => schemaOf(of(one).table, surroundings)),
    nameColumn('TABLE_NAME', (one) => of(one).table.name),
  ];
}

function definitionOf(one: CatalogueObject, surroundings: Surroundings): string | null {
  const module = surroundings.database.objects.find((object) => object.objectId === one.objectId);
  return module === undefined || module.kind === 'table' ? null : definitionFor(module, surroundings);
}

const schema = 'INFORMATION_SCHEMA';

export const informationSchemaViews: readonly SystemView[] = [
  view({
    schema,
    name: 'TABLES',
    columns: TABLES,
    items: (surroundings) => visibleObjects(surroundings).filter((one) => one.code === 'U' || one.code === 'V'),
  }),
  view({ schema, name: 'COLUMNS', columns: COLUMNS, items: visibleColumns }),
  view<CatalogueObject>({
    schema,
    name: 'VIEWS',
    columns: [
      ...TABLES.slice(0, 3),
      column('VIEW_DEFINITION', nvarchar(4000), definitionOf),
      always('CHECK_OPTION', varchar(7), 'NONE'),
      always('IS_UPDATABLE', varchar(2), 'NO'),
    ],
    items: (surroundings) => visibleObjects(surroundings).filter((one) => one.code === 'V'),
  }),
  view<CatalogueObject>({
    schema,
    name: 'ROUTINES',
    columns: [
      catalogue('ROUTINE_CATALOG'),
      column('ROUTINE_SCHEMA', sysname, schemaOf),
      nameColumn('ROUTINE_NAME', (one) => one.name),
      column('ROUTINE_TYPE', nvarchar(20), (one) => (one.code === 'P' ? 'PROCEDURE' : 'FUNCTION')),
      column('DATA_TYPE', sysname, (one) => (one.code === 'P' ? null : 'TABLE')),
      column('ROUTINE_DEFINITION', nvarchar(4000), definitionOf),
    ],
    items: (surroundings) => visibleObjects(surroundings).filter((one) => one.code === 'P' || one.code === 'IF'),
  }),
  view<Surroundings['database']['schemas'][number]>({
    schema,
    name: 'SCHEMATA',
    columns: [
      catalogue('CATALOG_NAME'),
      nameColumn('SCHEMA_NAME', (one) => one.name),
      column('SCHEMA_OWNER', sysname, (one, { database }) => {
        return database.principals.find((principal) => principal.principalId === one.ownerId)?.name ?? null;
      }),
    ],
    items: ({ database }) => database.schemas,
  }),
  view<TableConstraint>({
    schema,
    name: 'TABLE_CONSTRAINTS',
    columns: [
      ...constraintColumns<TableConstraint>((one) => one),
      required('CONSTRAINT_TYPE', varchar(11), (one) => one.kind),
      always('IS_DEFERRABLE', varchar(2), 'NO'),
      always('INITIALLY_DEFERRED', varchar(2), 'NO'),
    ],
    items: constraints,
  }),
  view<KeyColumn>({
    schema,
    name: 'KEY_COLUMN_USAGE',
    columns: [
      ...constraintColumns<KeyColumn>((one) => one.constraint),
      column('COLUMN_NAME', sysname, ({ constraint, columnId }) => {
        return constraint.table.columns.find((each) => each.columnId === columnId)?.name ?? null;
      }),
      numberColumn('ORDINAL_POSITION', (one) => one.position),
    ],
    items: keyColumns,
  }),
];
