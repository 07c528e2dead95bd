import type { DatabaseModel, ObjectModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { constraintsOf } from '../storage/names.ts';
import { bit, int, nvarchar, sysname, tinyint } from '../values/types.ts';
import {
  always,
  codeColumn,
  type Column,
  column,
  dateColumn,
  nameColumn,
  never,
  numberColumn,
  view,
  wordColumn,
} from './view.ts';

/** sys.objects and the views that show one kind of object. */

export interface CatalogueObject {
  readonly name: string;
  readonly objectId: number;
  readonly schemaId: number;
  readonly parentId: number;
  /** U, V, P, IF, TR, PK, UQ, F, C, D. */
  readonly code: string;
  readonly moving: { readonly created: bigint; readonly modified: bigint };
}

const CODES: Readonly<Record<ObjectModel['kind'], string>> = {
  table: 'U',
  view: 'V',
  procedure: 'P',
  function: 'IF',
  trigger: 'TR',
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  U: 'USER_TABLE',
  V: 'VIEW',
  P: 'SQL_STORED_PROCEDURE',
  IF: 'SQL_INLINE_TABLE_VALUED_FUNCTION',
  TR: 'SQL_TRIGGER',
  PK: 'PRIMARY_KEY_CONSTRAINT',
  UQ: 'UNIQUE_CONSTRAINT',
  F: 'FOREIGN_KEY_CONSTRAINT',
  C: 'CHECK_CONSTRAINT',
  D: 'DEFAULT_CONSTRAINT',
};

/** Everything of a database that has an object id, constraints too. */
export function objectsOf(database: DatabaseModel): readonly CatalogueObject[] {
  return database.objects.flatMap((object) => {
    const parentId = object.kind === 'trigger' ? object.tableId : 0;
    const { name, objectId, schemaId, moving } = object;
    const own = { name, objectId, schemaId, parentId, code: CODES[object.kind], moving };
    if (object.kind !== 'table') return [own];
    const constraints = constraintsOf(object).map((constraint) => ({
      name: constraint.name,
      objectId: constraint.objectId,
      schemaId,
      parentId: objectId,
      code: constraint.kind,
      moving,
    }));
    return [own, ...constraints];
  });
}

/** What the asker sees of them: a constraint with its table. */
export function visibleObjects(surroundings: Surroundings): readonly CatalogueObject[] {
  const { database, rights } = surroundings;
  return objectsOf(database).filter((object) => rights.seesObject(owningId(object), database));
}

/** The table whose rights decide about a trigger or a constraint; the object itself otherwise. */
export function owningId(object: CatalogueObject): number {
  return object.parentId === 0 ? object.objectId : object.parentId;
}

const HEAD: readonly Column<CatalogueObject>[] = [
  nameColumn('name', (one) => one.name),
  numberColumn('object_id', (one) => one.objectId),
  always('principal_id', int, null),
  numberColumn('schema_id', (one) => one.schemaId),
  numberColumn('parent_object_id', (one) => one.parentId),
  codeColumn('type', 2, (one) => one.code),
  wordColumn('type_desc', (one) => describe(one.code)),
  dateColumn('create_date', (one) => one.moving.created),
  dateColumn('modify_date', (one) => one.moving.modified),
  never('is_ms_shipped'),
  never('is_published'),
  never('is_schema_published'),
];

export function describe(code: string): string {
  return DESCRIPTIONS[code] ?? '';
}

/** The columns that every view of objects begins with, over something that holds an object. */
export function objectColumns<Item>(object: (item: Item) => CatalogueObject): readonly Column<Item>[] {
  return HEAD.map((column) => ({
    ...column,
    value: (item, surroundings) => column.value(object(item), surroundings),
  }));
}

function ofKind(...codes: readonly string[]): (surroundings: Surroundings) => readonly CatalogueObject[] {
  return (surroundings) => visibleObjects(surroundings).filter((object) => codes.includes(object.code));
}

const TABLE_TAIL: readonly Column<CatalogueObject>[] = [
  always('lob_data_space_id', int, 0),
  always('filestream_data_space_id', int, null),
  column('max_column_id_used', int, (one, { database }) => {
    const table = database.objects.find((object) => object.objectId === one.objectId);
    return table?.kind === 'table' ? Math.max(...table.columns.map((each) => each.columnId)) : null;
  }),
  never('lock_on_bulk_load'),
  always('uses_ansi_nulls', bit, true),
  never('is_replicated'),
  never('has_replication_filter'),
  never('is_merge_published'),
  never('is_filetable'),
  never('is_tracked_by_cdc'),
  never('is_memory_optimized'),
  always('durability', tinyint, 0),
  always('durability_desc', nvarchar(60), 'SCHEMA_AND_DATA'),
  always('temporal_type', tinyint, 0),
  always('temporal_type_desc', nvarchar(60), 'NON_TEMPORAL_TABLE'),
  never('is_external'),
  never('is_node'),
  never('is_edge'),
];

const VIEW_TAIL: readonly Column<CatalogueObject>[] = [
  never('is_replicated'),
  never('has_replication_filter'),
  never('has_opaque_metadata'),
  never('has_unchecked_assembly_data'),
  never('with_check_option'),
  never('is_date_correlation_view'),
];

const PROCEDURE_TAIL: readonly Column<CatalogueObject>[] = [
  never('is_auto_executed'),
  never('is_execution_replicated'),
  never('is_repl_serializable_only'),
  never('skips_repl_constraints'),
];

export const objectViews: readonly SystemView[] = [
  view({ name: 'objects', columns: HEAD, items: visibleObjects }),
  view({ name: 'all_objects', columns: HEAD, items: visibleObjects }),
  view({ name: 'tables', columns: [...HEAD, ...TABLE_TAIL], items: ofKind('U') }),
  view({ name: 'views', columns: [...HEAD, ...VIEW_TAIL], items: ofKind('V') }),
  view({ name: 'all_views', columns: [...HEAD, ...VIEW_TAIL], items: ofKind('V') }),
  view({ name: 'procedures', columns: [...HEAD, ...PROCEDURE_TAIL], items: ofKind('P') }),
  view<DatabaseModel['schemas'][number]>({
    name: 'schemas',
    columns: [
      nameColumn('name', (one) => one.name),
      numberColumn('schema_id', (one) => one.schemaId),
      numberColumn('principal_id', (one) => one.ownerId),
    ],
    items: ({ database }) => database.schemas,
  }),
  // Kinds of objects that this server has none of.
  view<CatalogueObject>({
    name: 'synonyms',
    columns: [...HEAD, always('base_object_name', nvarchar(1035), null)],
    items: () => [],
  }),
  view<CatalogueObject>({ name: 'sequences', columns: HEAD, items: () => [] }),
  view<never>({
    name: 'extended_properties',
    columns: [
      always('class', tinyint, 0),
      always('class_desc', nvarchar(60), null),
      always('major_id', int, 0),
      always('minor_id', int, 0),
      always('name', sysname, ''),
      always('value', nvarchar(4000), null),
    ],
    items: () => [],
  }),
];
