import type { Firewall, OutsideProbe, ProbeReport } from './firewall.ts';

/**
 * Keeps the last report of the other machine for the screen, and forgets it as soon as the rules change: a report from
 * before says nothing of what is in force now.
 */
export interface RememberedProbe {
  readonly firewall: Firewall;
  readonly probe: OutsideProbe;
  last(): ProbeReport | undefined;
}

export function rememberProbe(firewall: Firewall, probe: OutsideProbe): RememberedProbe {
  let last: ProbeReport | undefined;
  let rules = 0;
  const forget = <T>(value: T): T => {
    last = undefined;
    rules += 1;
    return value;
  };
  return {
    firewall: {
      describe: (listeners) => firewall.describe(listeners),
      read: async () => await firewall.read(),
      block: async (listeners) => forget(await firewall.block(listeners)),
      unblock: async () => forget(await firewall.unblock()),
    },
    probe: {
      probe: async (listeners) => {
        const before = rules;
        const report = await probe.probe(listeners);
        // One that ran while the rules changed saw some of both.
        last = report.ok && before === rules ? report.value : undefined;
        return report;
      },
    },
    last: () => last,
  };
}
