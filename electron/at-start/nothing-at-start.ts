import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { AtStart } from './at-start.ts';

/** A machine on which Mortise knows no way to put the block up at its start. */
export function nothingAtStart(clock: Clock): AtStart {
  const no = failure('at-start-failed', { what: 'installed', cause: 'there is no systemd here' });
  return {
    read: async () => await Promise.resolve(known('not-installed', clock.now())),
    describe: () => [],
    describeRemoval: () => [],
    install: async () => await Promise.resolve(failed(no)),
    remove: async () => await Promise.resolve(failed(no)),
  };
}
