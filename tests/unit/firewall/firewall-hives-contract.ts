import { expect, it } from 'vitest';
import { systemClock } from '#electron/machine/clock.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import type { RegistryValue } from '#electron/machine/registry.ts';
import type { FirewallState } from '#electron/firewall/firewall.ts';
import { MemoryWindows } from '#electron/firewall/netsecurity/memory-windows.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';
import type { Hive } from './reg-file.ts';

/** Where the exports say that SQL Server's program lies. */
export const program = String.raw`C:\Program Files\Microsoft SQL Server\MSSQL16.ACCESS\MSSQL\Binn\sqlservr.exe`;

export function memoryWith(keys: ReadonlyMap<string, Map<string, RegistryValue>>): MemoryWindows {
  const windows = new MemoryWindows();
  for (const [key, values] of keys) windows.keys.set(key, values);
  return windows;
}

export async function stateOf(registry: RegistryReader): Promise<FirewallState> {
  const firewall = netSecurityFirewall({ clock: systemClock, host: new MemoryWindows(), registry, program });
  const read = await firewall.read();
  if (read.state === 'unknown') throw new Error(JSON.stringify(read.cause));
  return read.value;
}

const tcp = [1433, 50_123, 50_124].map((port) => ({ protocol: 'tcp' as const, port }));
const udp = [{ protocol: 'udp' as const, port: 1434 }];
const unconfirmed = [
  'doubts',
  'The rules are written, but Windows Firewall itself has not confirmed yet that it enforces them.',
];
const rule = 'Mortise-SecureMode-3f9c2a61b07d-TCP';

/** What each export says: the ports that are blocked, and what there is to say besides. */
const expected: Readonly<
  Record<Hive, { readonly blocked: FirewallState['blocked']; readonly findings: readonly string[][] }>
> = {
  blocked: { blocked: [...tcp, ...udp], findings: [unconfirmed] },
  // The local setting says off; the policy says on, and counts. Its allow rule does not win over a block.
  'group-policy': { blocked: [...tcp, ...udp], findings: [unconfirmed] },
  'merge-off': {
    blocked: [],
    findings: [
      [
        'voids',
        'On the domain profile, rules of this machine are ignored, by a group policy; so are those of Mortise.',
      ],
      unconfirmed,
    ],
  },
  'profile-off': {
    blocked: [],
    findings: [['voids', 'Windows Firewall is switched off for the private profile, on this machine.'], unconfirmed],
  },
  'rule-disabled': {
    blocked: udp,
    findings: [unconfirmed, ['weakens', `The rule ${rule} of Mortise is switched off.`]],
  },
  'rule-edited': {
    blocked: udp,
    findings: [unconfirmed, ['weakens', `The rule ${rule} of Mortise is for the profile domain only.`]],
  },
  bypass: {
    blocked: [...tcp, ...udp],
    findings: [
      unconfirmed,
      ['weakens', 'The rule "Scanner" lets whom it names past every block, also that of Mortise.'],
    ],
  },
};

/** What every registry has to show of the exports, the one in memory and Windows' own. */
export function itReadsExportedHives(open: (hive: Hive) => Promise<RegistryReader>): void {
  it.each(Object.keys(expected) as Hive[])('tells what an export says: %s', async (hive) => {
    const { blocked, findings } = await stateOf(await open(hive));
    expect(blocked).toEqual(expected[hive].blocked);
    expect(findings.map(({ effect, sentence }) => [effect, sentence])).toEqual(expected[hive].findings);
  });
}
