import type { Reading } from '#shared/reading.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Firewall, FirewallState } from './firewall.ts';

/** How long a reading that needed rights stands where none can be had without asking, in milliseconds. */
const stands = 60_000;

/**
 * Where rights were given for one reading, the ones after it have none: for a minute the one that had is shown, with its own
 * time, and then nothing is known again. What Mortise itself changes ends it.
 */
export function rememberReading(firewall: Firewall, clock: Clock): Firewall {
  let last: Reading<FirewallState> | undefined;
  const forget = <T>(done: T): T => {
    last = undefined;
    return done;
  };
  return {
    kind: firewall.kind,
    describe: (block) => firewall.describe(block),
    read: async (options) => {
      const reading = await firewall.read(options);
      if (options?.thorough === true) last = reading.state === 'known' ? reading : undefined;
      if (reading.state === 'known' || reading.cause.code !== 'firewall-no-right' || last === undefined) return reading;
      return clock.now().getTime() - new Date(last.at).getTime() < stands ? last : reading;
    },
    block: async (block) => forget(await firewall.block(block)),
    unblock: async () => forget(await firewall.unblock()),
    watch: (changed, ended) => firewall.watch(changed, ended),
  };
}
