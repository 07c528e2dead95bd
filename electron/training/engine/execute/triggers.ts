import type { DatabaseModel, Row, TableModel, TriggerEvent, TriggerModel } from '../model.ts';
import type { CallFrame, Run, TriggerContext } from '../evaluate/run.ts';
import { parsedTrigger } from '../evaluate/modules.ts';
import { sqlError } from '../sql-error.ts';
import { ownerOf, triggersOf } from '../storage/names.ts';
import type { Transaction } from '../storage/transaction.ts';

/**
 * DML triggers (learn.microsoft.com/sql/t-sql/statements/create-trigger-transact-sql): fired once for a statement with all
 * of its rows, for none too; in the statement's transaction; with XACT_ABORT ON; by the statement's user, with the
 * ownership chain of the table's schema.
 */
export interface Firing {
  readonly database: DatabaseModel;
  readonly table: TableModel;
  readonly event: TriggerEvent;
  readonly inserted: readonly Row[];
  readonly deleted: readonly Row[];
  readonly updated: TriggerContext['updated'];
}

export const deepestNesting = 32;

export function enabledTriggers(
  database: DatabaseModel,
  table: TableModel,
  event: TriggerEvent,
): readonly TriggerModel[] {
  const place = (trigger: TriggerModel): number => {
    const order = trigger.order?.[event];
    return order === undefined ? 1 : { first: 0, last: 2 }[order];
  };
  return triggersOf(database, table.objectId)
    .filter((trigger) => !trigger.disabled && trigger.events.includes(event))
    .toSorted((one, other) => place(one) - place(other));
}

export function insteadOfTrigger(
  database: DatabaseModel,
  table: TableModel,
  event: TriggerEvent,
  frame: CallFrame,
): TriggerModel | undefined {
  const trigger = enabledTriggers(database, table, event).find((one) => one.insteadOf);
  // Inside of itself the statement acts on the table.
  return trigger && !isRunning(trigger, frame) ? trigger : undefined;
}

export async function fireTriggers(
  firing: Firing,
  transaction: Transaction,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  for (const trigger of enabledTriggers(firing.database, firing.table, firing.event)) {
    if (trigger.insteadOf || !mayNest(frame, run)) continue;
    // RECURSIVE_TRIGGERS is off: a trigger does not fire itself.
    if (frame.kind === 'trigger' && frame.moduleId === trigger.objectId) continue;
    await fireTrigger(trigger, firing, transaction, frame, run);
  }
}

export async function fireTrigger(
  trigger: TriggerModel,
  firing: Firing,
  transaction: Transaction,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  if (frame.level >= deepestNesting) throw sqlError(217);
  const { database, table } = firing;
  const inner: CallFrame = {
    parent: frame,
    kind: 'trigger',
    name: trigger.name,
    moduleId: trigger.objectId,
    database,
    schemaId: trigger.schemaId,
    owner: ownerOf(database, table.schemaId),
    identity: frame.identity,
    settings: { ...frame.settings, xactAbort: true, noCount: frame.settings.noCount },
    variables: new Map(),
    tableVariables: new Map(),
    trigger: { table, inserted: firing.inserted, deleted: firing.deleted, updated: firing.updated },
    level: frame.level + 1,
    caught: [],
    scopeIdentity: null,
    returnValue: 0,
  };
  const { rowCount } = run.session;
  // What the trigger reads as @@ROWCOUNT at first is the statement's.
  run.session.rowCount = Math.max(firing.inserted.length, firing.deleted.length);
  await run.execute(parsedTrigger(trigger).body, inner, run);
  run.session.rowCount = rowCount;
  if (run.session.transaction !== transaction) throw sqlError(3609);
  if (transaction.doomed) throw sqlError(3616);
}

function isRunning(trigger: TriggerModel, frame: CallFrame | undefined): boolean {
  return frame !== undefined && (frame.moduleId === trigger.objectId || isRunning(trigger, frame.parent));
}

/** The server option `nested triggers`. */
function mayNest(frame: CallFrame, run: Run): boolean {
  if (frame.kind !== 'trigger') return true;
  const option = run.server.model.instance.configurations.find((one) => one.name === 'nested triggers');
  return option === undefined || option.valueInUse !== 0;
}
