import type { ObjectName } from '../ast.ts';
import type { DatabaseModel, ObjectModel, TableModel } from '../model.ts';
import { findView, type SystemView } from '../registry.ts';
import { userIn } from '../security/identity.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { findDatabase, findObject, findSchema, principalById, schemaName } from '../storage/names.ts';
import { objectResource } from './access.ts';
import type { Binding } from './binding.ts';

/** What a name in FROM, or the target of a statement, stands for. */
export type Found =
  | {
      readonly kind: 'object';
      readonly database: DatabaseModel;
      readonly object: ObjectModel;
      readonly resource: string;
    }
  | { readonly kind: 'temporary'; readonly table: TableModel }
  | { readonly kind: 'system-view'; readonly view: SystemView; readonly database: DatabaseModel };

/** A name taken apart: which database, which schemas to look in. */
export interface Place {
  readonly database: DatabaseModel;
  readonly schemas: readonly string[];
  readonly name: string;
}

/** 208 for a name that stands for nothing; 916 for a database that one may not enter. */
export function resolveName(name: ObjectName, binding: Binding): Found {
  const found = findNamed(name, binding);
  if (!found) throw sqlError(208, name.parts.join('.'));
  return found;
}

export function findNamed(name: ObjectName, binding: Binding): Found | undefined {
  const { parts } = name;
  const last = parts.at(-1) ?? '';
  if (last.startsWith('#')) {
    const table = binding.run.session.temporaryTables.get(last.toLowerCase());
    return table && { kind: 'temporary', table };
  }
  const place = placeOf(name, binding);
  const { database } = place;
  for (const schemaText of place.schemas) {
    const view = findView(database.name, schemaText, last);
    if (view && (parts.length > 1 || schemaText !== 'sys')) return { kind: 'system-view', view, database };
    const schema = findSchema(database, schemaText);
    const resource = objectResource(database.name, schemaText, last);
    const object = schema && findObject(database, schema.schemaId, last);
    if (object) return { kind: 'object', database, object, resource };
    // Dropped or renamed by a transaction that is still open: wait for how it ends.
    if (binding.run.server.locks.isHeldByOther(binding.run.session, resource, 'Sch-S')) {
      throw new PendingDefinition(resource);
    }
  }
  return undefined;
}

/** Thrown where a name's meaning depends on another session's open transaction; the statement waits and binds anew. */
export class PendingDefinition extends Error {
  readonly resource: string;

  constructor(resource: string) {
    super('definition changed by an open transaction');
    this.resource = resource;
  }
}

export function placeOf(name: ObjectName, binding: Binding): Place {
  const { parts } = name;
  if (parts.length > 3) throw unknownToTrainingSite(`linked servers ('${parts.join('.')}')`);
  const databaseName = parts.at(-3);
  const database =
    databaseName === undefined || databaseName === '' ? binding.database : databaseNamed(databaseName, binding);
  const schema = parts.at(-2);
  const schemas = schema === undefined || schema === '' ? defaultSchemas(database, binding) : [schema];
  return { database, schemas, name: parts.at(-1) ?? '' };
}

export function databaseNamed(name: string, binding: Binding): DatabaseModel {
  const { model } = binding.run.server;
  const database = findDatabase(model, name);
  if (!database) throw sqlError(911, name);
  if (userIn(model, binding.frame.identity, database) === undefined) {
    throw sqlError(916, binding.surroundings.rights.loginName, database.name);
  }
  return database;
}

/** A module's own schema; otherwise the user's default schema; then dbo. */
function defaultSchemas(database: DatabaseModel, binding: Binding): readonly string[] {
  const home = binding.module?.schemaId ?? binding.frame.schemaId;
  const homeDatabase = binding.module?.database ?? binding.frame.database;
  if (home !== undefined && homeDatabase === database) {
    return [...new Set([schemaName(database, home), 'dbo'])];
  }
  return [...new Set([defaultSchema(database, binding), 'dbo'])];
}

/** Where CREATE puts what is named without a schema. */
export function defaultSchema(database: DatabaseModel, binding: Binding): string {
  const userId = userIn(binding.run.server.model, binding.frame.identity, database);
  const user = userId === undefined ? undefined : principalById(database, userId);
  return user?.defaultSchema ?? 'dbo';
}
