import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { isIP } from 'node:net';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { BlockedPort } from '#shared/secure-mode.ts';
import { codeOf, within } from '#electron/database/connect/within.ts';
import { machineAddresses } from './addresses.ts';
import type { Sighting } from './sighting.ts';
import { tryTcp } from './try-tcp.ts';
import type { TcpPatience } from './try-tcp.ts';
import { tryUdp } from './try-udp.ts';

/** How long each part of a probe may take, in milliseconds. */
export interface Patience extends TcpPatience {
  /** For the name service. */
  readonly lookup: number;
}

export const usualPatience: Patience = { lookup: 4_000, silence: 5_000, word: 3_000 };

/** As many attempts at once as every system has sockets for. */
const atOnce = 100;

export interface ProbeQuestion {
  /** Names or addresses of one machine; all addresses of a name are tried. */
  readonly hosts: readonly string[];
  readonly ports: readonly BlockedPort[];
  readonly nonce: string | null;
  readonly patience?: Patience;
  readonly lookup?: (host: string) => Promise<readonly string[]>;
}

/** What this machine saw of another one. */
export interface Probe {
  readonly nonce: string | null;
  readonly from: { readonly name: string; readonly addresses: readonly string[] };
  /** When it began, by the clock of this machine. */
  readonly at: string;
  /** One for each port at each address, in the order in which they were asked for. */
  readonly sightings: readonly Sighting[];
}

/**
 * Tries every port at every address of a machine. Needs nothing of a site, sends no login, changes nothing. A name that
 * does not resolve is `probe-failed`.
 */
export async function probeHost(question: ProbeQuestion): Promise<Result<Probe>> {
  const { hosts, ports, nonce, patience = usualPatience } = question;
  const at = new Date().toISOString();
  const addresses: string[] = [];
  for (const host of hosts) {
    const found = await addressesOf(host, question.lookup ?? systemLookup, patience.lookup);
    if (!found.ok) return found;
    addresses.push(...found.value);
  }
  const targets = [...new Set(addresses)].flatMap((address) => ports.map((port) => ({ address, ...port })));
  const sightings = await eachOf(targets, async ({ address, protocol, port }): Promise<Sighting> => {
    const seen =
      protocol === 'tcp' ? await tryTcp(address, port, patience) : await tryUdp(address, port, patience.silence);
    return { address, protocol, port, ...seen };
  });
  return succeed({ nonce, from: { name: hostname(), addresses: machineAddresses() }, at, sightings });
}

const systemLookup = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);

async function addressesOf(
  host: string,
  ask: (host: string) => Promise<readonly string[]>,
  limit: number,
): Promise<Result<readonly string[]>> {
  if (isIP(host) !== 0) return succeed([host]);
  const unnamed = (why: string) =>
    failed(failure('probe-failed', { cause: `the name service knows no address of "${host}" (${why})` }));
  try {
    const found = await within(limit, ask(host));
    if (found === undefined) return unnamed(`no answer within ${limit / 1000} seconds`);
    return found.length === 0 ? unnamed('an empty answer') : succeed(found);
  } catch (error) {
    return unnamed(codeOf(error));
  }
}

/** Works through all of them, some at a time, and answers in their order. */
async function eachOf<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  const waiting = all.entries();
  const worker = async () => {
    for (const [index, one] of waiting) answers[index] = await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}
