import type {
  DatabaseModel,
  DatabasePrincipalModel,
  LoginModel,
  ObjectModel,
  SchemaModel,
  ServerModel,
  TableModel,
  TriggerModel,
} from '../model.ts';
import { sameName } from '../values/collation.ts';

/** Looking things up in the model by name or number. Names compare without case. */

export function findDatabase(model: ServerModel, name: string): DatabaseModel | undefined {
  return model.databases.find((database) => sameName(database.name, name));
}

export function findLogin(model: ServerModel, name: string): LoginModel | undefined {
  return model.logins.find((login) => sameName(login.name, name));
}

export function findSchema(database: DatabaseModel, name: string): SchemaModel | undefined {
  return database.schemas.find((schema) => sameName(schema.name, name));
}

export function schemaName(database: DatabaseModel, schemaId: number): string {
  return database.schemas.find((schema) => schema.schemaId === schemaId)?.name ?? '';
}

export function findObject(database: DatabaseModel, schemaId: number, name: string): ObjectModel | undefined {
  return database.objects.find((object) => object.schemaId === schemaId && sameName(object.name, name));
}

export function objectById(database: DatabaseModel, objectId: number): ObjectModel | undefined {
  return database.objects.find((object) => object.objectId === objectId);
}

export function tableById(database: DatabaseModel, objectId: number): TableModel | undefined {
  const found = objectById(database, objectId);
  return found?.kind === 'table' ? found : undefined;
}

export function triggersOf(database: DatabaseModel, tableId: number): readonly TriggerModel[] {
  return database.objects.filter((object) => object.kind === 'trigger' && object.tableId === tableId) as TriggerModel[];
}

export function findPrincipal(database: DatabaseModel, name: string): DatabasePrincipalModel | undefined {
  return database.principals.find((principal) => sameName(principal.name, name));
}

export function principalById(database: DatabaseModel, id: number): DatabasePrincipalModel | undefined {
  return database.principals.find((principal) => principal.principalId === id);
}

/** The principal that owns what lives in the schema; objects have no owner of their own here. */
export function ownerOf(database: DatabaseModel, schemaId: number): number {
  return database.schemas.find((schema) => schema.schemaId === schemaId)?.ownerId ?? 1;
}

/** Names of constraints share a schema's namespace with its objects. */
export function constraintNamed(
  database: DatabaseModel,
  schemaId: number,
  name: string,
): { table: TableModel; kind: 'C' | 'D' | 'F' | 'PK' | 'UQ'; objectId: number } | undefined {
  for (const table of database.objects) {
    if (table.kind !== 'table' || table.schemaId !== schemaId) continue;
    const found = constraintsOf(table).find((constraint) => sameName(constraint.name, name));
    if (found) return { table, kind: found.kind, objectId: found.objectId };
  }
  return undefined;
}

export function constraintsOf(
  table: TableModel,
): readonly { name: string; kind: 'C' | 'D' | 'F' | 'PK' | 'UQ'; objectId: number }[] {
  return [
    ...table.keys
      .filter((key) => key.kind !== 'index')
      .map((key) => ({ ...key, kind: key.kind === 'primary-key' ? ('PK' as const) : ('UQ' as const) })),
    ...table.foreignKeys.map(({ name, objectId }) => ({ name, objectId, kind: 'F' as const })),
    ...table.checks.map(({ name, objectId }) => ({ name, objectId, kind: 'C' as const })),
    ...table.columns.flatMap((column) =>
      column.default ? [{ name: column.default.name, objectId: column.default.objectId, kind: 'D' as const }] : [],
    ),
  ];
}

/** The foreign keys anywhere in the database that point at a table. */
export function referencesTo(
  database: DatabaseModel,
  tableId: number,
): readonly { table: TableModel; key: TableModel['foreignKeys'][number] }[] {
  return database.objects.flatMap((table) =>
    table.kind === 'table'
      ? table.foreignKeys.filter((key) => key.referencedObjectId === tableId).map((key) => ({ table, key }))
      : [],
  );
}

/** Object and constraint ids are given out in one row. */
export function newObjectId(database: DatabaseModel): number {
  // Spread like SQL Server's own, so that nobody takes them for small running numbers.
  database.moving.nextObjectId += 16_000_057;
  if (database.moving.nextObjectId > 2_147_483_647) database.moving.nextObjectId -= 2_000_000_000;
  return database.moving.nextObjectId;
}
