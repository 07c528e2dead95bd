import type { Definition, ObjectName } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { definitionLock } from '../evaluate/access.ts';
import { findNamed } from '../evaluate/resolve.ts';
import type { DatabaseModel, ObjectModel, TableModel } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import type { ChangeLog } from '../storage/change-log.ts';
import { referencesTo, triggersOf } from '../storage/names.ts';
import type { DefinitionChange } from './definition.ts';
import { mayAlter } from './places.ts';
import { removeRightsOn } from './rights-of-objects.ts';

type Drop = Extract<Definition, { kind: 'drop' }>;

/**
 * DROP TABLE, VIEW, PROCEDURE, FUNCTION, TRIGGER. 3701 where the object is not there or one may not; 3726 for a table
 * that a foreign key points at, for everyone.
 */
export function dropObjects(statement: Drop, binding: Binding): DefinitionChange {
  const steps = statement.names.map((name) => dropOne(name, statement, binding));
  return (log) => {
    for (const step of steps) step(log);
  };
}

function dropOne(name: ObjectName, statement: Drop, binding: Binding): DefinitionChange {
  const { what, ifExists } = statement;
  const text = name.parts.join('.');
  const found = findNamed(name, binding);
  if (found?.kind === 'temporary' && what === 'table') return (log) => dropTemporary(found.table, binding, log);
  const object = found?.kind === 'object' ? found.object : undefined;
  if (found?.kind !== 'object' || !object) {
    if (ifExists) return () => {};
    throw sqlError(3701, 'drop', what, text);
  }
  if (object.kind !== what) {
    throw sqlError(3705, what.toUpperCase(), text, text, object.kind, object.kind.toUpperCase());
  }
  const { database, resource } = found;
  if (!mayAlter(binding, database, object)) throw sqlError(3701, 'drop', what, text);
  if (object.kind === 'table') refuseReferenced(object, database, text);
  binding.needs.locks.push(definitionLock(resource));
  return (log) => removeObject(object, database, log);
}

function refuseReferenced(table: TableModel, database: DatabaseModel, text: string): void {
  const references = referencesTo(database, table.objectId).filter((one) => one.table !== table);
  if (references.length > 0) throw sqlError(3726, text);
}

function removeObject(object: ObjectModel, database: DatabaseModel, log: ChangeLog): void {
  if (object.kind === 'table') {
    for (const trigger of triggersOf(database, object.objectId)) log.remove(database.objects, trigger);
  }
  log.remove<ObjectModel>(database.objects, object);
  removeRightsOn(database, object.objectId, log);
}

function dropTemporary(table: TableModel, binding: Binding, log: ChangeLog): void {
  const { temporaryTables } = binding.run.session;
  const key = table.name.toLowerCase();
  log.make({
    apply: () => void temporaryTables.delete(key),
    revert: () => void temporaryTables.set(key, table),
  });
}
