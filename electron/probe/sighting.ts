import type { BlockedPort, ProbedListener } from '#shared/secure-mode.ts';

/**
 * Why a port could not be tried, so that nothing is known of it. no-route: this machine knows no way there, or does not
 * speak that family. unreachable: something on the way, or nobody at its end, says that the machine is not to be reached.
 * forbidden: this machine may not try. error: anything else.
 */
export const obstacles = ['no-route', 'unreachable', 'forbidden', 'error'] as const;
export type Obstacle = (typeof obstacles)[number];

export const obstacleText: Readonly<Record<Obstacle, string>> = {
  'no-route': 'there is no way to it from here',
  unreachable: 'the network says that it cannot be reached: it is off, or something on the way turns away',
  forbidden: 'this machine, or a firewall that says so, forbids it',
  error: 'the attempt failed here',
};

/** What came of trying one port. Silence is `filtered`: nothing came back within the time limit. */
export type Seen =
  | { readonly saw: ProbedListener['saw']; readonly version: string | null }
  | { readonly saw: 'untried'; readonly why: Obstacle };

/** The same, of one port at one address. */
export type Sighting = BlockedPort & { readonly address: string } & Seen;

const obstacleByCode: Readonly<Record<string, Obstacle>> = {
  ENETUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  EAFNOSUPPORT: 'no-route',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
};

/**
 * What an error of a socket says of the port, before anything was answered. A connection that is reset was open, for whoever
 * does not let it open refuses it; of a datagram, Windows tells "port unreachable" as a reset.
 */
export function seenByError(protocol: BlockedPort['protocol'], code: string): Seen {
  if (code === 'ECONNREFUSED') return { saw: 'refused', version: null };
  if (code === 'ECONNRESET') return { saw: protocol === 'tcp' ? 'open' : 'refused', version: null };
  if (code === 'ETIMEDOUT') return { saw: 'filtered', version: null };
  return { saw: 'untried', why: obstacleByCode[code] ?? 'error' };
}

/** How much a sighting says against a block. */
const weight = { answered: 4, open: 3, refused: 2, filtered: 1 } as const;

/**
 * One entry a port over all its addresses: the most that any address let through. A port that could be tried at no
 * address is not in it.
 */
export function worstOf(sightings: readonly Sighting[]): ProbedListener[] {
  const ports = new Map<string, ProbedListener>();
  for (const sighting of sightings) {
    if (sighting.saw === 'untried') continue;
    const { protocol, port, saw, version } = sighting;
    const key = portText(sighting);
    const before = ports.get(key);
    if (before === undefined || weight[saw] > weight[before.saw]) ports.set(key, { protocol, port, saw, version });
  }
  return [...ports.values()];
}

/** `1433`, and `1434/udp`: as the command line takes it. */
export const portText = ({ protocol, port }: BlockedPort): string => (protocol === 'tcp' ? `${port}` : `${port}/udp`);

/** The sightings of each address, in their order. */
export function byAddress(sightings: readonly Sighting[]): ReadonlyMap<string, readonly Sighting[]> {
  const addresses = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const before = addresses.get(sighting.address);
    if (before === undefined) addresses.set(sighting.address, [sighting]);
    else before.push(sighting);
  }
  return addresses;
}
