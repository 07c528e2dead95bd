import { spawnSync } from 'node:child_process';
import { LabHost } from './lab-host.ts';

/** Addresses of the lab. */
export const addresses = {
  /** The server's. */
  a: '10.77.0.1',
  a6: 'fd77::1',
  /** Two of the other machine's. */
  b: '10.77.0.2',
  bSecond: '10.77.0.3',
  b6: 'fd77::2',
  broadcast: '10.77.0.255',
  /** A container on the server, which others reach through the server only. */
  container: '172.31.0.2',
} as const;

/** A server (a), another machine on its network (b), and a container on the server. */
export interface TwoHosts {
  readonly a: LabHost;
  readonly b: LabHost;
  readonly container: LabHost;
  close(): Promise<void>;
}

export type Rights = 'as root' | 'under rights of its own';

/** Why this machine lets nobody make the hosts; undefined where it does. */
export function whyNoHosts(rights: Rights): string | undefined {
  if (rights === 'as root' && process.getuid?.() !== 0) return 'only root may make network namespaces';
  const tried = spawnSync('/usr/bin/unshare', [
    rights === 'as root' ? '-n' : '-rn',
    '/usr/sbin/nft',
    'list',
    'ruleset',
  ]);
  return tried.status === 0 ? undefined : `network namespaces ${rights}, or nft in them, are not to be had here`;
}

/** Takes about half a second. Everything in it ends with this process. */
export async function openTwoHosts(rights: Rights = 'as root'): Promise<TwoHosts> {
  const ownUser = rights !== 'as root';
  const a = await LabHost.open({ ownUser });
  const b = await LabHost.open({ inside: a, ownUser });
  const container = await LabHost.open({ inside: a, ownUser });
  const ip = '/usr/sbin/ip';
  await a.runEach(
    ip,
    `link set lo up
    link add to_b type veth peer name to_a netns ${b.pid}
    link add to_c type veth peer name to_a netns ${container.pid}
    addr add ${addresses.a}/24 brd + dev to_b
    addr add ${addresses.a6}/64 dev to_b nodad
    addr add 172.31.0.1/24 dev to_c
    link set to_b up
    link set to_c up`,
  );
  await b.runEach(
    ip,
    `link set lo up
    addr add ${addresses.b}/24 brd + dev to_a
    addr add ${addresses.bSecond}/24 dev to_a
    addr add ${addresses.b6}/64 dev to_a nodad
    link set to_a up`,
  );
  await container.runEach(
    ip,
    `link set lo up
    addr add ${addresses.container}/24 dev to_a
    link set to_a up
    route add default via 172.31.0.1`,
  );
  await a.run('/bin/sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
  return {
    a,
    b,
    container,
    close: async () => void (await Promise.all([a.close(), b.close(), container.close()])),
  };
}
