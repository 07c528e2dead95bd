import { failure } from '#shared/errors.ts';
import { unknown } from '#shared/reading.ts';
import { failed } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Services } from './services.ts';

/** A site whose services cannot be reached yet: their state is unknown, and none is stopped or started. */
export function noServices(clock: Clock): Services {
  const missing = failure('services-no-adapter');
  return {
    inspect: async () => await Promise.resolve(unknown(missing, clock.now())),
    stop: async () => await Promise.resolve(failed(missing)),
    start: async () => await Promise.resolve(failed(missing)),
    runningDependants: async () => await Promise.resolve(unknown(missing, clock.now())),
  };
}
