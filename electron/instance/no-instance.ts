import { failure } from '#shared/errors.ts';
import { unknown } from '#shared/reading.ts';
import { failed } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { InstanceNetwork } from './instance-network.ts';

/** A machine whose SQL Server keeps its settings where Mortise does not look. */
export function noInstance(clock: Clock): InstanceNetwork {
  const notHere = failure('instance-not-here', { cause: 'there is no adapter for this machine' });
  return {
    service: '',
    layers: [],
    read: async () => await Promise.resolve(unknown(notHere, clock.now())),
    describe: async () => await Promise.resolve(failed(notHere)),
    write: async () => await Promise.resolve(failed(notHere)),
  };
}
