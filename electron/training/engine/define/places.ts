import type { ObjectName } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { definitionLock, objectResource } from '../evaluate/access.ts';
import { defaultSchema, findNamed, placeOf } from '../evaluate/resolve.ts';
import type { DatabaseModel, ObjectModel, SchemaModel, TableModel } from '../model.ts';
import { isAllowed } from '../security/permissions.ts';
import { sqlError } from '../sql-error.ts';
import { constraintNamed, findObject, findSchema } from '../storage/names.ts';

/** Where CREATE puts an object, with the rights and the free name that it needs. */
export interface NewPlace {
  readonly database: DatabaseModel;
  readonly schema: SchemaModel;
  readonly name: string;
}

/** 2760 for a schema that is not there, 262 without the right to create, 2714 for a name that is taken. */
export function newPlace(name: ObjectName, permission: string, binding: Binding): NewPlace {
  const place = placeIn(name, permission, binding);
  const { database, schema } = place;
  binding.needs.locks.push(definitionLock(objectResource(database.name, schema.name, place.name)));
  const taken =
    findObject(database, schema.schemaId, place.name) ?? constraintNamed(database, schema.schemaId, place.name);
  if (taken) throw sqlError(2714, place.name);
  return place;
}

export function placeIn(name: ObjectName, permission: string, binding: Binding): NewPlace {
  const { database } = placeOf(name, binding);
  const written = name.parts.at(-2);
  const schemaText = written === undefined || written === '' ? defaultSchema(database, binding) : written;
  const { model } = binding.run.server;
  const { identity } = binding.frame;
  if (!isAllowed(model, identity, permission, { class: 'DATABASE', database })) {
    throw sqlError(262, permission, database.name);
  }
  const schema = findSchema(database, schemaText);
  const mayUse =
    schema && isAllowed(model, identity, 'ALTER', { class: 'SCHEMA', database, schemaId: schema.schemaId });
  if (!schema || !mayUse) throw sqlError(2760, schemaText);
  return { database, schema, name: name.parts.at(-1) ?? '' };
}

export interface FoundObject<T extends ObjectModel = ObjectModel> {
  readonly database: DatabaseModel;
  readonly object: T;
}

/** An object that is to be changed, locked for that; undefined where it is not there or one may not. */
export function changeable(name: ObjectName, binding: Binding): FoundObject | undefined {
  const found = findNamed(name, binding);
  if (found?.kind !== 'object') return undefined;
  const { database, object, resource } = found;
  if (!mayAlter(binding, database, object)) return undefined;
  binding.needs.locks.push(definitionLock(resource));
  return { database, object };
}

/** ALTER on the object; on its table for a trigger. */
export function mayAlter(binding: Binding, database: DatabaseModel, object: ObjectModel): boolean {
  const objectId = object.kind === 'trigger' ? object.tableId : object.objectId;
  return isAllowed(binding.run.server.model, binding.frame.identity, 'ALTER', { class: 'OBJECT', database, objectId });
}

/** The table that ALTER TABLE and CREATE INDEX change: 4902 if it is not there, 1088 without the right. */
export function changeableTable(name: ObjectName, binding: Binding): FoundObject<TableModel> {
  const text = name.parts.join('.');
  const found = findNamed(name, binding);
  if (found?.kind === 'temporary') return { database: binding.database, object: found.table };
  if (found?.kind !== 'object' || found.object.kind !== 'table') throw sqlError(4902, text);
  const { database, object, resource } = found;
  if (!mayAlter(binding, database, object)) throw sqlError(1088, text);
  binding.needs.locks.push(definitionLock(resource));
  return { database, object };
}

export function objectMoment(binding: Binding): { created: bigint; modified: bigint } {
  const { now } = binding.run;
  return { created: now, modified: now };
}
