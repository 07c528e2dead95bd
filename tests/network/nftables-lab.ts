import { expect } from 'vitest';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import type { Firewall, FirewallState } from '#electron/firewall/firewall.ts';
import type { AllowedAddress, BlockedPort, Listener } from '#shared/secure-mode.ts';
import { openTwoHosts } from './two-hosts.ts';
import type { Rights, TwoHosts } from './two-hosts.ts';

export const nft = '/usr/sbin/nft';

/** The lab with a server that listens as SQL Server does, and the product's own firewall on it. */
export interface NftablesLab extends TwoHosts {
  readonly firewall: Firewall;
  /** The port that the system chose for a named instance. */
  readonly dynamicPort: number;
  readonly listeners: readonly Listener[];
  block(allowed?: readonly AllowedAddress[]): Promise<void>;
  unblock(): Promise<void>;
  state(): Promise<FirewallState>;
  /** Packets that our rules dropped since they were put up. */
  dropped(protocol: 'tcp' | 'udp'): Promise<number>;
}

export const listenersOf = (...ports: readonly BlockedPort[]): readonly Listener[] =>
  ports.map((port) => ({ ...port, address: '0.0.0.0', purpose: 'SQL Server' }));

/** The port that leads into the container. */
export const publishedPort = 14_330;

export async function openNftablesLab(rights: Rights): Promise<NftablesLab> {
  const hosts = await openTwoHosts(rights);
  const { a, container } = hosts;
  await a.listen('tcp', '::', 1433);
  const dynamicPort = await a.listen('tcp', '::', 0);
  await a.listen('udp', '::', 1434);
  await container.listen('tcp', '0.0.0.0', 1433);
  const listeners = listenersOf(
    { protocol: 'tcp', port: 1433 },
    { protocol: 'tcp', port: dynamicPort },
    { protocol: 'tcp', port: publishedPort },
    { protocol: 'udp', port: 1434 },
  );
  const firewall = nftablesFirewall({ clock: systemClock, privileged: a.privileged() });
  return {
    ...hosts,
    firewall,
    dynamicPort,
    listeners,
    block: async (allowed = []) => expect(await firewall.block({ listeners, allowed })).toMatchObject({ ok: true }),
    unblock: async () => expect(await firewall.unblock()).toMatchObject({ ok: true }),
    state: async () => {
      const reading = await firewall.read();
      if (reading.state === 'unknown') throw new Error(reading.cause.sentence);
      return reading.value;
    },
    dropped: async (protocol) => {
      const text = await a.run(nft, 'list', 'chain', 'inet', 'mortise', 'other_machines');
      const [, packets] = new RegExp(`${protocol} dport .*counter packets (\\d+)`, 'u').exec(text) ?? [];
      return Number(packets);
    },
  };
}

/** A container engine's rule: what arrives at the published port goes to the container. */
export async function publishContainer({ a }: TwoHosts): Promise<void> {
  await a.runEach(
    nft,
    `add table ip engine
    add chain ip engine pre { type nat hook prerouting priority -100 ; }
    add rule ip engine pre fib daddr type local tcp dport ${publishedPort} dnat to 172.31.0.2:1433`,
  );
}
