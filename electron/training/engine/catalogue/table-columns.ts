import type { ColumnModel, TableModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { isText } from '../values/facts.ts';
import { bigint, bit, decimal, int, nvarchar, smallint, sysname, tinyint, type DataType } from '../values/types.ts';
import { catalogueTypeName, maxLength, precision, scale, typeId, typeNames } from './column-facts.ts';
import {
  always,
  type Column,
  column,
  flag,
  nameColumn,
  never,
  numberColumn,
  required,
  smallColumn,
  view,
} from './view.ts';

/** sys.columns and sys.types. */

export interface TableColumn {
  readonly table: TableModel;
  readonly column: ColumnModel;
}

export function visibleTables(surroundings: Surroundings): readonly TableModel[] {
  const { database, rights } = surroundings;
  return database.objects
    .filter((object) => object.kind === 'table')
    .filter((table) => rights.seesObject(table.objectId, database));
}

export function visibleColumns(surroundings: Surroundings): readonly TableColumn[] {
  return visibleTables(surroundings).flatMap((table) => table.columns.map((each) => ({ table, column: each })));
}

const COLUMNS: readonly Column<TableColumn>[] = [
  numberColumn('object_id', (one) => one.table.objectId),
  column('name', sysname, (one) => one.column.name),
  numberColumn('column_id', (one) => one.column.columnId),
  smallColumn('system_type_id', (one) => typeId(one.column.type)),
  numberColumn('user_type_id', (one) => typeId(one.column.type)),
  required('max_length', smallint, (one) => maxLength(one.column.type)),
  smallColumn('precision', (one) => precision(one.column.type)),
  smallColumn('scale', (one) => scale(one.column.type)),
  column('collation_name', sysname, (one) => one.column.collation ?? null),
  column('is_nullable', bit, (one) => one.column.nullable),
  always('is_ansi_padded', bit, true),
  never('is_rowguidcol'),
  flag('is_identity', (one) => one.column.identity !== undefined),
  never('is_computed'),
  never('is_filestream'),
  never('is_replicated'),
  never('is_non_sql_subscribed'),
  never('is_merge_published'),
  never('is_dts_replicated'),
  never('is_xml_document'),
  always('xml_collection_id', int, 0),
  numberColumn('default_object_id', (one) => one.column.default?.objectId ?? 0),
  always('rule_object_id', int, 0),
  never('is_sparse'),
  never('is_column_set'),
  always('generated_always_type', tinyint, 0),
  always('generated_always_type_desc', nvarchar(60), 'NOT_APPLICABLE'),
  never('is_hidden'),
  never('is_masked'),
];

interface TypeRow {
  readonly name: string;
  readonly type: DataType;
  readonly userTypeId: number;
}

/** Types at their widest, as sys.types shows them; sysname is the one alias. */
function types(): readonly TypeRow[] {
  const plain = typeNames().map((name) => {
    const type: DataType = name === 'decimal' ? decimal(38, 38) : { name };
    return { name: catalogueTypeName(type), type, userTypeId: typeId(type) };
  });
  const numeric = { name: 'numeric', type: decimal(38, 38), userTypeId: 108 };
  return [...plain, numeric, { name: 'sysname', type: sysname, userTypeId: 256 }];
}

function collationOf(type: DataType, surroundings: Surroundings): string | null {
  return isText(type) ? surroundings.database.collation : null;
}

export const columnViews: readonly SystemView[] = [
  view({ name: 'columns', columns: COLUMNS, items: visibleColumns }),
  view({ name: 'all_columns', columns: COLUMNS, items: visibleColumns }),
  view<TableColumn>({
    name: 'identity_columns',
    columns: [
      ...COLUMNS,
      column('seed_value', bigint, (one) => one.column.identity?.seed ?? null),
      column('increment_value', bigint, (one) => one.column.identity?.increment ?? null),
      column('last_value', bigint, (one) => one.table.identityLast ?? null),
      always('is_not_for_replication', bit, false),
    ],
    items: (surroundings) => visibleColumns(surroundings).filter((one) => one.column.identity !== undefined),
  }),
  view<TableColumn>({ name: 'computed_columns', columns: COLUMNS, items: () => [] }),
  view<TypeRow>({
    name: 'types',
    columns: [
      nameColumn('name', (one) => one.name),
      smallColumn('system_type_id', (one) => (one.name === 'numeric' ? 108 : typeId(one.type))),
      numberColumn('user_type_id', (one) => one.userTypeId),
      always('schema_id', int, 4),
      always('principal_id', int, null),
      required('max_length', smallint, (one) => maxLength(one.type)),
      smallColumn('precision', (one) => precision(one.type)),
      smallColumn('scale', (one) => scale(one.type)),
      column('collation_name', sysname, (one, surroundings) => collationOf(one.type, surroundings)),
      column('is_nullable', bit, (one) => one.name !== 'sysname' && one.type.name !== 'rowversion'),
      never('is_user_defined'),
      never('is_assembly_type'),
      always('default_object_id', int, 0),
      always('rule_object_id', int, 0),
      never('is_table_type'),
    ],
    items: types,
  }),
];
