import { momentWords } from '#shared/moment-words.ts';
import { known } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Finding } from '#shared/secure-mode.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Firewall, FirewallState } from './firewall.ts';

/** How long a reading that needed rights stands where none can be had without asking, in milliseconds. */
const stands = 60_000;

type Known = Extract<Reading<FirewallState>, { readonly state: 'known' }>;

/**
 * Where rights were given for one reading, the ones after it have none: for a minute the one that had is shown, with its own
 * time and in doubt, because rules may change without anybody looking; then nothing is known again. What Mortise itself
 * changes ends it.
 */
export function rememberReading(firewall: Firewall, clock: Clock): Firewall {
  let last: Known | undefined;
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
      return clock.now().getTime() - new Date(last.at).getTime() < stands ? doubted(last) : reading;
    },
    block: async (block) => forget(await firewall.block(block)),
    unblock: async () => forget(await firewall.unblock()),
    watch: (changed, ended) => firewall.watch(changed, ended),
  };
}

function doubted({ value, at }: Known): Reading<FirewallState> {
  const finding: Finding = {
    effect: 'doubts',
    sentence: `The firewall was read ${momentWords(at)}; nobody has looked since, because this account may not.`,
    next: 'Read the state again and give the rights for it, so that the firewall itself is asked.',
  };
  return known({ ...value, findings: [...value.findings, finding] }, new Date(at));
}
