import type { Definition } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { definitionLock, objectResource } from '../evaluate/access.ts';
import type { SchemaModel } from '../model.ts';
import { isAllowed } from '../security/permissions.ts';
import { userIn } from '../security/identity.ts';
import { sqlError } from '../sql-error.ts';
import { findPrincipal, findSchema } from '../storage/names.ts';
import type { DefinitionChange } from './definition.ts';

/** CREATE SCHEMA and DROP SCHEMA (learn.microsoft.com/sql/t-sql/statements/create-schema-transact-sql). */
export function createSchema(
  statement: Extract<Definition, { kind: 'create-schema' }>,
  binding: Binding,
): DefinitionChange {
  const { database } = binding;
  const { model } = binding.run.server;
  const { identity } = binding.frame;
  if (!isAllowed(model, identity, 'CREATE SCHEMA', { class: 'DATABASE', database })) {
    throw sqlError(2760, statement.name);
  }
  binding.needs.locks.push(definitionLock(objectResource(database.name, statement.name, '')));
  if (findSchema(database, statement.name)) throw sqlError(2714, statement.name);
  const owner =
    statement.authorization === undefined
      ? userIn(model, identity, database)
      : findPrincipal(database, statement.authorization)?.principalId;
  if (owner === undefined) throw sqlError(15_151, 'find', 'user', statement.authorization ?? '');
  const schema: SchemaModel = { schemaId: database.moving.nextSchemaId++, name: statement.name, ownerId: owner };
  return (log) => log.add(database.schemas, schema);
}

/** 3729 where something lives in it still. */
export function dropSchema(
  statement: Extract<Definition, { kind: 'drop-schema' }>,
  binding: Binding,
): DefinitionChange {
  const { database } = binding;
  const schema = findSchema(database, statement.name);
  const { model } = binding.run.server;
  const allowed =
    schema &&
    isAllowed(model, binding.frame.identity, 'CONTROL', { class: 'SCHEMA', database, schemaId: schema.schemaId });
  if (!schema || !allowed) {
    if (!schema && statement.ifExists) return () => {};
    throw sqlError(15_151, 'drop', 'schema', statement.name);
  }
  if (schema.schemaId <= 4) throw sqlError(15_150, 'drop', 'schema', schema.name);
  binding.needs.locks.push(definitionLock(objectResource(database.name, statement.name, '')));
  const inside = database.objects.find((object) => object.schemaId === schema.schemaId);
  if (inside) throw sqlError(3729, 'drop schema', schema.name, inside.name);
  const rights = database.permissions.filter((one) => one.class === 'SCHEMA' && one.majorId === schema.schemaId);
  return (log) => {
    for (const permission of rights) log.remove(database.permissions, permission);
    log.remove(database.schemas, schema);
  };
}
