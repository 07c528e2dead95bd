import type { Definition } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import { sqlError } from '../sql-error.ts';
import { triggersOf } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import type { DefinitionChange } from './definition.ts';
import { changeable } from './places.ts';

/** ENABLE and DISABLE TRIGGER: 1088 for a table or trigger that is not there or that one may not change. */
export function switchTriggers(
  statement: Extract<Definition, { kind: 'switch-trigger' }>,
  binding: Binding,
): DefinitionChange {
  const found = changeable(statement.table, binding);
  if (found?.object.kind !== 'table') throw sqlError(1088, statement.table.parts.join('.'));
  const { object: table, database } = found;
  const triggers = triggersOf(database, table.objectId);
  const chosen =
    statement.names?.map((name) => {
      const trigger = triggers.find((one) => sameName(one.name, name.parts.at(-1) ?? ''));
      if (!trigger) throw sqlError(1088, name.parts.join('.'));
      return trigger;
    }) ?? triggers;
  return (log) => {
    for (const trigger of chosen) {
      log.set(trigger, 'disabled', !statement.enabled);
      log.set(trigger.moving, 'modified', binding.run.now);
    }
  };
}
