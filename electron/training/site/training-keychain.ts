import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { StoredRecord } from '../control/control.ts';
import type { FaultSwitches } from './fault-switches.ts';
import type { MachineState } from './machine-state.ts';

export interface TrainingKeychain {
  read(login: string): Result<StoredRecord | null>;
  write(login: string, record: StoredRecord): Promise<Result<null>>;
  remove(login: string): Promise<Result<null>>;
}

/** Keeps practice secrets in the site's own file, in the clear: they open nothing but the simulated server. */
export function createTrainingKeychain(machine: MachineState, faults: FaultSwitches): TrainingKeychain {
  const closed = () => {
    if (faults.isOn('keychain-gone')) return failure('keychain-absent', { cause: 'nothing answers for it' });
    return faults.isOn('keychain-locked') ? failure('keychain-locked') : undefined;
  };
  const change = async (login: string, record: StoredRecord | undefined): Promise<Result<null>> => {
    const why = closed();
    if (why !== undefined) return failed(why);
    await machine.change(({ keychain }) => {
      const { [login]: _replaced, ...others } = keychain;
      return { keychain: record === undefined ? others : { ...others, [login]: record } };
    });
    return succeed(null);
  };
  return {
    read: (login) => {
      const why = closed();
      return why === undefined ? succeed(machine.now().keychain[login] ?? null) : failed(why);
    },
    write: (login, record) => change(login, record),
    remove: (login) => change(login, undefined),
  };
}
