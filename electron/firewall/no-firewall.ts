import { failure } from '#shared/errors.ts';
import { unknown } from '#shared/reading.ts';
import { failed } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Firewall } from './firewall.ts';

/** A machine without a firewall adapter: everything about its firewall is unknown, and nothing is changed. */
export function noFirewall(clock: Clock): Firewall {
  const missing = failure('firewall-no-adapter');
  return {
    kind: 'none',
    describe: () => [],
    read: async () => await Promise.resolve(unknown(missing, clock.now())),
    block: async () => await Promise.resolve(failed(missing)),
    unblock: async () => await Promise.resolve(failed(missing)),
    watch: (_changed, ended) => {
      queueMicrotask(() => ended(missing));
      return { close: async () => await Promise.resolve() };
    },
  };
}
