import type { CallFrame, Run } from '../evaluate/run.ts';
import type { Argument } from '../execute/procedures.ts';
import { isAllowed } from '../security/permissions.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';

/**
 * sp_configure with a value, and RECONFIGURE, which takes over what can be changed while the server runs
 * (learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-configure-transact-sql). Both need ALTER
 * SETTINGS. Outside any transaction, as on a real server.
 */
export function configure(args: readonly Argument[], frame: CallFrame, run: Run): number {
  const [name, value] = ['@configname', '@configvalue'].map(
    (parameter, index) =>
      (args.find((one) => one.name === parameter) ?? (args[index]?.name === undefined ? args[index] : undefined))
        ?.value,
  );
  if (typeof name !== 'string' || typeof value !== 'number')
    throw unknownToTrainingSite('sp_configure without a value');
  const { configurations } = run.server.model.instance;
  const advanced = configurations.find((one) => one.name === 'show advanced options')?.valueInUse === 1;
  const option = configurations.find((one) => one.name === name.toLowerCase());
  if (option === undefined || (option.isAdvanced && !advanced)) throw sqlError(15123, name);
  if (!maySet(frame, run)) throw sqlError(15247);
  if (value < option.minimum || value > option.maximum) throw sqlError(15129, value, name);
  option.value = value;
  run.server.changed();
  return 0;
}

export function reconfigure(frame: CallFrame, run: Run): void {
  if (!maySet(frame, run)) throw sqlError(5812);
  for (const option of run.server.model.instance.configurations) if (option.isDynamic) option.valueInUse = option.value;
  run.server.changed();
}

const maySet = (frame: CallFrame, run: Run): boolean =>
  isAllowed(run.server.model, frame.identity, 'ALTER SETTINGS', { class: 'SERVER' });
