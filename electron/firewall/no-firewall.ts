import { failure } from '#shared/errors.ts';
import { unknown } from '#shared/reading.ts';
import { failed } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Firewall, OutsideProbe } from './firewall.ts';

/** A site without a firewall adapter: everything about its firewall is unknown, and nothing is changed. */
export function noFirewall(clock: Clock): Firewall & OutsideProbe {
  const missing = failure('firewall-no-adapter');
  return {
    describe: () => [],
    read: async () => await Promise.resolve(unknown(missing, clock.now())),
    block: async () => await Promise.resolve(failed(missing)),
    unblock: async () => await Promise.resolve(failed(missing)),
    probe: async () => await Promise.resolve(failed(missing)),
  };
}
