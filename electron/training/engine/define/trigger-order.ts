import type { Argument } from '../execute/procedures.ts';
import { findNamed } from '../evaluate/resolve.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { prepare } from '../execute/prepare.ts';
import { asStatement } from '../execute/transactions.ts';
import type { TriggerEvent, TriggerModel } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { triggersOf } from '../storage/names.ts';
import { mayAlter } from './places.ts';

/**
 * sp_settriggerorder for DML triggers
 * (learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-settriggerorder-transact-sql): one AFTER trigger
 * of an action may be the first, one the last. Altering a trigger takes its place away.
 */
const parameters = ['@triggername', '@order', '@stmttype'] as const;

const orders: Readonly<Record<string, 'first' | 'last' | undefined>> = {
  first: 'first',
  last: 'last',
  none: undefined,
};

export async function setTriggerOrder(args: readonly Argument[], frame: CallFrame, run: Run): Promise<number> {
  const [name, order, event] = parameters.map((parameter, index) => {
    const found =
      args.find((one) => one.name === parameter) ?? (args[index]?.name === undefined ? args[index] : undefined);
    if (typeof found?.value !== 'string') throw sqlError(201, 'sp_settriggerorder', parameter);
    return found.value;
  });
  const place = (order ?? '').toLowerCase();
  if (!(place in orders)) throw sqlError(15600, 'sys.sp_settriggerorder');
  const action = ['INSERT', 'UPDATE', 'DELETE'].find((each) => each === (event ?? '').toUpperCase()) as
    | TriggerEvent
    | undefined;
  if (action === undefined) throw sqlError(15600, 'sys.sp_settriggerorder');
  const parts = (name ?? '').split('.').map((part) =>
    part
      .trim()
      .replace(/^\[(.*)\]$/, '$1')
      .replaceAll(']]', ']'),
  );
  await asStatement(run.server, run.session, async (transaction) => {
    const change = await prepare(run, frame, (binding) => {
      const found = findNamed({ parts, line: 0 }, binding);
      if (
        found?.kind !== 'object' ||
        found.object.kind !== 'trigger' ||
        !mayAlter(binding, found.database, found.object)
      )
        throw sqlError(15165, name ?? '');
      const { object: trigger, database } = found;
      if (!trigger.events.includes(action)) throw sqlError(15125, name ?? '', action);
      if (trigger.insteadOf) throw sqlError(15133, name ?? '');
      const wanted = orders[place];
      if (wanted !== undefined) {
        const holder = triggersOf(database, trigger.tableId).find(
          (one) => one !== trigger && one.order?.[action] === wanted,
        );
        if (holder) throw sqlError(15130, wanted, action);
      }
      return { trigger, order: withOrder(trigger, action, wanted) };
    });
    transaction.log.set(change.trigger, 'order', change.order);
  });
  return 0;
}

function withOrder(trigger: TriggerModel, action: TriggerEvent, wanted: 'first' | 'last' | undefined) {
  const { [action]: _former, ...others } = trigger.order ?? {};
  return wanted === undefined ? others : { ...others, [action]: wanted };
}
