import type { CheckModel, ColumnModel, DefaultModel, ForeignKeyModel, KeyModel, TableModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { bit, int, nvarchar, sysname, tinyint } from '../values/types.ts';
import { type CatalogueObject, objectColumns } from './objects.ts';
import { visibleTables } from './table-columns.ts';
import { always, column, flag, never, numberColumn, view } from './view.ts';

/** Keys, foreign keys, CHECK and DEFAULT constraints. */

interface Of<Part> {
  readonly table: TableModel;
  readonly part: Part;
}

/** The parts of every table that the asker sees. */
function parts<Part>(of: (table: TableModel) => readonly Part[]): (surroundings: Surroundings) => readonly Of<Part>[] {
  return (surroundings) => visibleTables(surroundings).flatMap((table) => of(table).map((part) => ({ table, part })));
}

function asObject(
  { table, part }: Of<{ readonly name: string; readonly objectId: number }>,
  code: string,
): CatalogueObject {
  const { schemaId, objectId: parentId, moving } = table;
  return { name: part.name, objectId: part.objectId, schemaId, parentId, code, moving };
}

interface DefaultPart extends DefaultModel {
  readonly column: ColumnModel;
}

function defaults(table: TableModel): readonly DefaultPart[] {
  return table.columns.flatMap((each) => (each.default === undefined ? [] : [{ ...each.default, column: each }]));
}

interface ForeignKeyColumn {
  readonly key: ForeignKeyModel;
  readonly index: number;
}

function foreignKeyColumns(table: TableModel): readonly ForeignKeyColumn[] {
  return table.foreignKeys.flatMap((key) => key.columnIds.map((_id, index) => ({ key, index })));
}

export const constraintViews: readonly SystemView[] = [
  view<Of<ForeignKeyModel>>({
    name: 'foreign_keys',
    columns: [
      ...objectColumns<Of<ForeignKeyModel>>((one) => asObject(one, 'F')),
      numberColumn('referenced_object_id', ({ part }) => part.referencedObjectId),
      always('key_index_id', int, 1),
      flag('is_disabled', ({ part }) => part.disabled),
      never('is_not_for_replication'),
      flag('is_not_trusted', ({ part }) => !part.trusted),
      always('delete_referential_action', tinyint, 0),
      always('delete_referential_action_desc', nvarchar(60), 'NO_ACTION'),
      always('update_referential_action', tinyint, 0),
      always('update_referential_action_desc', nvarchar(60), 'NO_ACTION'),
      flag('is_system_named', ({ part }) => isSystemNamed(part.name)),
    ],
    items: parts((table) => table.foreignKeys),
  }),
  view<Of<ForeignKeyColumn>>({
    name: 'foreign_key_columns',
    columns: [
      numberColumn('constraint_object_id', ({ part }) => part.key.objectId),
      numberColumn('constraint_column_id', ({ part }) => part.index + 1),
      numberColumn('parent_object_id', ({ table }) => table.objectId),
      column('parent_column_id', int, ({ part }) => part.key.columnIds[part.index] ?? null),
      numberColumn('referenced_object_id', ({ part }) => part.key.referencedObjectId),
      column('referenced_column_id', int, ({ part }) => part.key.referencedColumnIds[part.index] ?? null),
    ],
    items: parts(foreignKeyColumns),
  }),
  view<Of<KeyModel>>({
    name: 'key_constraints',
    columns: [
      ...objectColumns<Of<KeyModel>>((one) => asObject(one, one.part.kind === 'primary-key' ? 'PK' : 'UQ')),
      column('unique_index_id', int, ({ table, part }) => indexIdOf(table, part)),
      flag('is_system_named', ({ part }) => isSystemNamed(part.name)),
      always('is_enforced', bit, true),
    ],
    items: parts((table) => table.keys.filter((key) => key.kind !== 'index')),
  }),
  view<Of<CheckModel>>({
    name: 'check_constraints',
    columns: [
      ...objectColumns<Of<CheckModel>>((one) => asObject(one, 'C')),
      flag('is_disabled', ({ part }) => part.disabled),
      never('is_not_for_replication'),
      flag('is_not_trusted', ({ part }) => !part.trusted),
      always('parent_column_id', int, 0),
      column('definition', nvarchar('max'), ({ part }) => part.definition),
      flag('is_system_named', ({ part }) => isSystemNamed(part.name)),
    ],
    items: parts((table) => table.checks),
  }),
  view<Of<DefaultPart>>({
    name: 'default_constraints',
    columns: [
      ...objectColumns<Of<DefaultPart>>((one) => asObject(one, 'D')),
      numberColumn('parent_column_id', ({ part }) => part.column.columnId),
      column('definition', nvarchar('max'), ({ part }) => part.definition),
      flag('is_system_named', ({ part }) => isSystemNamed(part.name)),
    ],
    items: parts(defaults),
  }),
  ...indexViews(),
];

/** Names that the server makes up end in two underscores and hexadecimal digits. */
function isSystemNamed(name: string): boolean {
  return /__[0-9A-F]{8,16}$/u.test(name);
}

/** 1 for the clustered index, 2 and up for the others in their order. https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-indexes-transact-sql */
function indexIdOf(table: TableModel, key: KeyModel): number {
  return key.clustered ? 1 : 2 + table.keys.filter((each) => !each.clustered).indexOf(key);
}

/** A table without a clustered index is a heap, which has a row of its own. */
function indexesOf(table: TableModel): readonly (KeyModel | undefined)[] {
  const heap = table.keys.some((key) => key.clustered) ? [] : [undefined];
  return [...heap, ...table.keys.toSorted((a, b) => indexIdOf(table, a) - indexIdOf(table, b))];
}

interface IndexColumn {
  readonly key: KeyModel;
  readonly index: number;
}

type IndexPart = Of<KeyModel | undefined>;

function indexViews(): readonly SystemView[] {
  return [
    view<IndexPart>({
      name: 'indexes',
      columns: [
        numberColumn('object_id', ({ table }) => table.objectId),
        column('name', sysname, ({ part }) => part?.name ?? null),
        numberColumn('index_id', indexId),
        column('type', tinyint, (one) => Math.min(indexId(one), 2)),
        column(
          'type_desc',
          nvarchar(60),
          (one) => ['HEAP', 'CLUSTERED', 'NONCLUSTERED'][Math.min(indexId(one), 2)] ?? null,
        ),
        flag('is_unique', ({ part }) => part?.unique ?? false),
        always('data_space_id', int, 1),
        never('ignore_dup_key'),
        flag('is_primary_key', ({ part }) => part?.kind === 'primary-key'),
        flag('is_unique_constraint', ({ part }) => part?.kind === 'unique'),
        always('fill_factor', tinyint, 0),
        never('is_padded'),
        never('is_disabled'),
        never('is_hypothetical'),
        always('allow_row_locks', bit, true),
        always('allow_page_locks', bit, true),
        never('has_filter'),
        always('filter_definition', nvarchar('max'), null),
      ],
      items: parts(indexesOf),
    }),
    view<Of<IndexColumn>>({
      name: 'index_columns',
      columns: [
        numberColumn('object_id', ({ table }) => table.objectId),
        numberColumn('index_id', ({ table, part }) => indexIdOf(table, part.key)),
        numberColumn('index_column_id', ({ part }) => part.index + 1),
        column('column_id', int, ({ part }) => part.key.columnIds[part.index] ?? null),
        column('key_ordinal', tinyint, ({ part }) => part.index + 1),
        always('partition_ordinal', tinyint, 0),
        never('is_descending_key'),
        never('is_included_column'),
      ],
      items: parts((table) =>
        table.keys.flatMap((key) => key.columnIds.map((_id, index): IndexColumn => ({ key, index }))),
      ),
    }),
  ];
}

function indexId({ table, part }: IndexPart): number {
  return part === undefined ? 0 : indexIdOf(table, part);
}
