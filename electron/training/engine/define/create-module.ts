import type { CreateFunction, CreateProcedure, CreateTrigger, CreateView, ExecuteAs } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { findNamed, resolveName } from '../evaluate/resolve.ts';
import type { DatabaseModel, ModuleModel, ObjectModel, TableModel, TriggerEvent } from '../model.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { findObject, findPrincipal, newObjectId, triggersOf } from '../storage/names.ts';
import { definitionLock, objectResource } from '../evaluate/access.ts';
import { mayAlter, newPlace, placeIn, type NewPlace } from './places.ts';
import type { DefinitionChange } from './definition.ts';

type CreateModule = CreateTrigger | CreateProcedure | CreateFunction | CreateView;

const permissions: Readonly<Record<CreateModule['kind'], string>> = {
  'create-trigger': 'ALTER',
  'create-procedure': 'CREATE PROCEDURE',
  'create-function': 'CREATE FUNCTION',
  'create-view': 'CREATE VIEW',
};

/**
 * CREATE, ALTER and CREATE OR ALTER of modules. The text is what is stored; it was parsed, and its names are looked up
 * when it runs (deferred name resolution). Altering keeps the object's id and the rights on it.
 */
export function createModule(statement: CreateModule, binding: Binding): DefinitionChange {
  return statement.kind === 'create-trigger'
    ? createTrigger(statement, binding)
    : createPlainModule(statement, binding);
}

function createPlainModule(statement: Exclude<CreateModule, CreateTrigger>, binding: Binding): DefinitionChange {
  const { old, place } = oldOrNew(statement, permissions[statement.kind], binding);
  const common = commonFields(statement, place, old, binding);
  const module = ((): ModuleModel => {
    switch (statement.kind) {
      case 'create-procedure':
        return { ...common, kind: 'procedure', executeAs: executeAs(statement.executeAs, place.database) };
      case 'create-function':
        return { ...common, kind: 'function' };
      case 'create-view':
        bindOnce(statement, place, binding);
        return { ...common, kind: 'view' };
    }
  })();
  return put(module, old, place.database);
}

/** A view's names are looked up at once: there is no deferred resolution for it. */
function bindOnce(statement: CreateView, place: NewPlace, binding: Binding): void {
  const module = { database: place.database, schemaId: place.schema.schemaId, owner: place.schema.ownerId };
  const query = binding.with({ module }).query(statement.query);
  if (statement.columns.length > 0 && statement.columns.length !== query.columns.length) {
    throw sqlError(statement.columns.length < query.columns.length ? 8158 : 8159, place.name);
  }
}

/** A DML trigger lives in the schema of its table: 2103 otherwise. It needs ALTER on the table. */
function createTrigger(statement: CreateTrigger, binding: Binding): DefinitionChange {
  const found = resolveName(statement.table, binding);
  if (found.kind !== 'object') throw sqlError(8197, statement.table.parts.join('.'));
  const { database, object: table } = found;
  if (table.kind !== 'table') throw unknownToTrainingSite('triggers on views');
  if (!mayAlter(binding, database, table)) throw sqlError(8197, statement.table.parts.join('.'));
  binding.needs.locks.push(definitionLock(found.resource));
  const schema = database.schemas.find((one) => one.schemaId === table.schemaId);
  if (!schema) throw sqlError(8197, statement.table.parts.join('.'));
  const name = statement.name.parts.at(-1) ?? '';
  const written = statement.name.parts.at(-2);
  if (written !== undefined && written !== '' && written.toLowerCase() !== schema.name.toLowerCase()) {
    throw sqlError(2103, statement.name.parts.join('.'));
  }
  const old = findObject(database, schema.schemaId, name);
  if (old && statement.mode === 'create') throw sqlError(2714, name);
  if (!old && statement.mode === 'alter') throw sqlError(208, statement.name.parts.join('.'));
  if (old && (old.kind !== 'trigger' || old.tableId !== table.objectId)) throw sqlError(2110, name, table.name);
  if (statement.executeAs.kind !== 'caller') throw unknownToTrainingSite('triggers with EXECUTE AS');
  const events = statement.events.map((event) => event.toUpperCase() as TriggerEvent);
  if (statement.timing === 'instead-of') refuseSecondInsteadOf(table, database, events, name);
  const place: NewPlace = { database, schema, name };
  binding.needs.locks.push(definitionLock(objectResource(database.name, schema.name, name)));
  const module: ModuleModel = {
    ...commonFields(statement, place, old, binding),
    kind: 'trigger',
    tableId: table.objectId,
    events,
    insteadOf: statement.timing === 'instead-of',
    disabled: false,
  };
  return put(module, old, database);
}

function refuseSecondInsteadOf(
  table: TableModel,
  database: DatabaseModel,
  events: readonly TriggerEvent[],
  name: string,
): void {
  const event = events.find((one) =>
    triggersOf(database, table.objectId).some(
      (trigger) =>
        trigger.insteadOf && trigger.events.includes(one) && trigger.name.toLowerCase() !== name.toLowerCase(),
    ),
  );
  if (event) throw sqlError(2111, 'create', name, 'table', table.name, event);
}

function oldOrNew(
  statement: Exclude<CreateModule, CreateTrigger>,
  permission: string,
  binding: Binding,
): { old: ObjectModel | undefined; place: NewPlace } {
  if (statement.mode === 'create') return { old: undefined, place: newPlace(statement.name, permission, binding) };
  const text = statement.name.parts.join('.');
  const found = findNamed(statement.name, binding);
  if (found?.kind !== 'object') {
    if (statement.mode === 'alter') throw sqlError(208, text);
    return { old: undefined, place: newPlace(statement.name, permission, binding) };
  }
  const kind = statement.kind.slice('create-'.length);
  if (found.object.kind !== kind) throw sqlError(2010, statement.name.parts.at(-1) ?? '');
  if (!mayAlter(binding, found.database, found.object)) throw sqlError(3701, 'alter', kind, text);
  binding.needs.locks.push(definitionLock(found.resource));
  const schema = found.database.schemas.find((one) => one.schemaId === found.object.schemaId);
  if (!schema) return { old: found.object, place: placeIn(statement.name, permission, binding) };
  return { old: found.object, place: { database: found.database, schema, name: found.object.name } };
}

function commonFields(
  statement: CreateModule,
  place: NewPlace,
  old: ObjectModel | undefined,
  binding: Binding,
): Omit<Extract<ModuleModel, { kind: 'view' }>, 'kind'> {
  const { now } = binding.run;
  return {
    objectId: old?.objectId ?? newObjectId(place.database),
    schemaId: place.schema.schemaId,
    name: place.name,
    definition: statement.definition,
    ...('encrypted' in statement && statement.encrypted ? { encrypted: true } : {}),
    usesQuotedIdentifier: binding.frame.settings.quotedIdentifier,
    usesAnsiNulls: binding.frame.settings.ansiNulls,
    moving: { created: old?.moving.created ?? now, modified: now },
  };
}

/** 15151 for a user that is not there. OWNER and SELF would need more than this site has. */
function executeAs(clause: ExecuteAs, database: DatabaseModel): number | undefined {
  if (clause.kind === 'caller') return undefined;
  if (clause.kind !== 'user') throw unknownToTrainingSite(`EXECUTE AS ${clause.kind.toUpperCase()}`);
  const principal = findPrincipal(database, clause.name);
  if (principal?.kind !== 'user') throw sqlError(15_151, 'execute as', 'user', clause.name);
  return principal.principalId;
}

function put(module: ModuleModel, old: ObjectModel | undefined, database: DatabaseModel): DefinitionChange {
  return (log) => {
    if (!old) {
      log.add<ObjectModel>(database.objects, module);
      return;
    }
    const index = database.objects.indexOf(old);
    log.make({
      apply: () => void (database.objects[index] = module),
      revert: () => void (database.objects[index] = old),
    });
  };
}
