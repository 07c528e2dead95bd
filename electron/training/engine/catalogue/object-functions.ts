import type { DatabaseModel, TableModel } from '../model.ts';
import type { ScalarFunction, Surroundings } from '../registry.ts';
import { findSchema, objectById, schemaName } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import { char, int, nvarchar, smallint, sysname, type Value } from '../values/types.ts';
import { catalogueTypeName, maxLength, typeId, typeNames } from './column-facts.ts';
import { definitionFor } from './modules.ts';
import { columnProperty, objectProperty } from './object-properties.ts';
import { type CatalogueObject, objectsOf, owningId } from './objects.ts';
import { findNamedObject } from './text-names.ts';

/** OBJECT_ID and what goes by object and schema numbers. */

const NAME = nvarchar(776);

function databaseWithId(id: Value | undefined, { model, database }: Surroundings): DatabaseModel | undefined {
  return id === undefined ? database : model.databases.find((one) => one.databaseId === id);
}

/** The object of that number, where the asker sees it. */
function visibleObject(
  id: Value | undefined,
  database: DatabaseModel | undefined,
  { rights }: Surroundings,
): CatalogueObject | undefined {
  if (database === undefined || !rights.mayEnter(database)) return undefined;
  const object = objectsOf(database).find((one) => one.objectId === id);
  return object !== undefined && rights.seesObject(owningId(object), database) ? object : undefined;
}

function visibleTable(id: Value | undefined, surroundings: Surroundings): TableModel | undefined {
  const object = visibleObject(id, surroundings.database, surroundings);
  const model = object === undefined ? undefined : objectById(surroundings.database, object.objectId);
  return model?.kind === 'table' ? model : undefined;
}

const byId = { minimumArguments: 1, maximumArguments: 2, parameters: [int, int], nullIn: true } as const;
const one = { minimumArguments: 1, maximumArguments: 1, nullIn: true } as const;

export const objectFunctions: readonly ScalarFunction[] = [
  {
    name: 'OBJECT_ID',
    minimumArguments: 1,
    maximumArguments: 2,
    parameters: [NAME, char(2)],
    type: int,
    nullIn: true,
    evaluate([name, code], surroundings) {
      const kind = typeof code === 'string' ? code : undefined;
      return typeof name === 'string' ? (findNamedObject(name, surroundings, kind)?.object.objectId ?? null) : null;
    },
  },
  {
    ...byId,
    name: 'OBJECT_NAME',
    type: sysname,
    evaluate: ([id, database], surroundings) =>
      visibleObject(id, databaseWithId(database, surroundings), surroundings)?.name ?? null,
  },
  {
    ...byId,
    name: 'OBJECT_SCHEMA_NAME',
    type: sysname,
    evaluate([id, databaseId], surroundings) {
      const database = databaseWithId(databaseId, surroundings);
      const object = visibleObject(id, database, surroundings);
      return database === undefined || object === undefined ? null : schemaName(database, object.schemaId);
    },
  },
  {
    ...one,
    name: 'OBJECT_DEFINITION',
    parameters: [int],
    type: nvarchar('max'),
    evaluate([id], surroundings) {
      const module = surroundings.database.objects.find((object) => object.objectId === id);
      return module === undefined || module.kind === 'table' ? null : definitionFor(module, surroundings);
    },
  },
  ...['OBJECTPROPERTY', 'OBJECTPROPERTYEX'].map((name): ScalarFunction => ({
    name,
    minimumArguments: 2,
    maximumArguments: 2,
    parameters: [int, sysname],
    type: int,
    nullIn: true,
    evaluate([id, property], surroundings) {
      const object = visibleObject(id, surroundings.database, surroundings);
      if (object === undefined || typeof property !== 'string') return null;
      return objectProperty(object, property, surroundings) ?? null;
    },
  })),
  {
    name: 'SCHEMA_ID',
    minimumArguments: 0,
    maximumArguments: 1,
    parameters: [sysname],
    type: int,
    nullIn: true,
    evaluate([name], { database }) {
      return findSchema(database, typeof name === 'string' ? name : 'dbo')?.schemaId ?? null;
    },
  },
  {
    name: 'SCHEMA_NAME',
    minimumArguments: 0,
    maximumArguments: 1,
    parameters: [int],
    type: sysname,
    nullIn: true,
    evaluate([id], { database }) {
      if (id === undefined) return 'dbo';
      return database.schemas.find((schema) => schema.schemaId === id)?.name ?? null;
    },
  },
  {
    name: 'COL_NAME',
    minimumArguments: 2,
    maximumArguments: 2,
    parameters: [int, int],
    type: sysname,
    nullIn: true,
    evaluate([id, columnId], surroundings) {
      const table = visibleTable(id, surroundings);
      return table?.columns.find((column) => column.columnId === columnId)?.name ?? null;
    },
  },
  {
    name: 'COL_LENGTH',
    minimumArguments: 2,
    maximumArguments: 2,
    parameters: [NAME, sysname],
    type: smallint,
    nullIn: true,
    evaluate([table, name], surroundings) {
      const found = typeof table === 'string' ? findNamedObject(table, surroundings, undefined) : undefined;
      const model = found === undefined ? undefined : objectById(found.database, found.object.objectId);
      if (model?.kind !== 'table' || typeof name !== 'string') return null;
      const column = model.columns.find((each) => sameName(each.name, name));
      return column === undefined ? null : maxLength(column.type);
    },
  },
  {
    name: 'COLUMNPROPERTY',
    minimumArguments: 3,
    maximumArguments: 3,
    parameters: [int, sysname, sysname],
    type: int,
    nullIn: true,
    evaluate([id, name, property], surroundings) {
      const table = visibleTable(id, surroundings);
      if (table === undefined || typeof name !== 'string' || typeof property !== 'string') return null;
      return columnProperty(table, name, property);
    },
  },
  {
    ...one,
    name: 'TYPE_NAME',
    parameters: [int],
    type: sysname,
    evaluate([id]) {
      if (id === 256) return 'sysname';
      const name = typeNames().find((each) => typeId({ name: each }) === id);
      return name === undefined ? null : catalogueTypeName({ name });
    },
  },
  {
    ...one,
    name: 'TYPE_ID',
    parameters: [sysname],
    type: int,
    evaluate([text]) {
      const name = typeNames().find(
        (each) => typeof text === 'string' && sameName(catalogueTypeName({ name: each }), text),
      );
      return name === undefined ? null : typeId({ name });
    },
  },
];
