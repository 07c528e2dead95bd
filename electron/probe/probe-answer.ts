import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { BlockedPort, ProbedListener } from '#shared/secure-mode.ts';
import { canonicalAddress } from '#electron/machine/canonical-address.ts';
import { isSameEverywhere } from './addresses.ts';
import { answersIn } from './answer-block.ts';
import type { ReadProbe } from './answer-block.ts';
import { obstacleText, portText, worstOf } from './sighting.ts';
import type { Obstacle } from './sighting.ts';

/** What the answer must be one to. */
export interface ProbeExpectation {
  readonly nonce: string;
  /** The addresses of this machine that were to be tried. */
  readonly addresses: readonly string[];
  /** All addresses of this machine, loopback included: an answer from here proves nothing. */
  readonly ownAddresses: readonly string[];
  readonly listeners: readonly BlockedPort[];
  readonly askedAt: Date;
  readonly now: Date;
}

/** What an engineer carried here: a statement, not a proof, for nothing in it is signed. */
export interface ProbeAnswer {
  /** The other machine's name and first address, by its own account. */
  readonly from: string;
  /** By the other machine's clock. */
  readonly at: string;
  /** The most that any of this machine's addresses let through, for every listener. */
  readonly seen: readonly ProbedListener[];
  /** Addresses of this machine of which the answer says nothing for some listener, in sentences. */
  readonly untried: readonly string[];
}

/** How far two clocks may differ, in milliseconds. */
const clocksDiffer = 24 * 60 * 60 * 1000;

const notOne = (cause: string) => failed(failure('probe-not-one', { cause }));

/** Reads an answer that was pasted or loaded; `probe-not-one` with the cause where it is none to this request. */
export function readProbeAnswer(text: string, expected: ProbeExpectation): Result<ProbeAnswer> {
  const answers = answersIn(text);
  if (!answers.ok) return answers;
  const [first] = answers.value;
  const ours = answers.value.filter(({ nonce }) => nonce === expected.nonce);
  const [answer, ...more] = ours;
  if (answer === undefined)
    return notOne(`it answers the request ${first.nonce}, and the last one from here is ${expected.nonce}`);
  if (more.some((other) => JSON.stringify(other) !== JSON.stringify(answer)))
    return notOne('it holds several answers, and they differ: take one after the other');
  const cause = timeFault(answer, expected) ?? placeFault(answer, expected);
  if (cause !== undefined) return notOne(cause);
  return seenOf(answer, expected);
}

function timeFault({ at }: ReadProbe, { askedAt, now }: ProbeExpectation): string | undefined {
  const time = new Date(at).getTime();
  if (time < askedAt.getTime() - clocksDiffer)
    return `it says ${at}, more than a day before it was asked for: it is too old, or the clock over there is wrong`;
  if (time > now.getTime() + clocksDiffer)
    return `it says ${at}, more than a day from now: the clock over there or the one here is wrong`;
  return undefined;
}

function placeFault({ from, sightings }: ReadProbe, expected: ProbeExpectation): string | undefined {
  const own = canonicalOf([...expected.ownAddresses, ...expected.addresses]);
  if (from.addresses.length === 0) return 'it does not say from which address it tried';
  if (from.addresses.every((address) => own.has(address)))
    return `it was made on this very machine (${from.addresses.join(', ')}), and a connection to oneself proves nothing`;
  const tried = [...new Set(sightings.map(({ address }) => address))];
  if (!tried.some((address) => own.has(address) && !isSameEverywhere(address)))
    return `it tried ${tried.join(', ') || 'no address'}, which is not this machine`;
  return undefined;
}

function seenOf({ from, at, sightings }: ReadProbe, expected: ProbeExpectation): Result<ProbeAnswer> {
  const there = new Set(from.addresses);
  const own = canonicalOf([...expected.ownAddresses, ...expected.addresses]);
  // Loopback, and an address that the other machine has as well (of a container network, say), led it to itself.
  const here = sightings.filter(({ address }) => own.has(address) && !there.has(address) && !isSameEverywhere(address));
  const seen = worstOf(here);
  const key = new Set(seen.map(portText));
  const missing = expected.listeners.filter((listener) => !key.has(portText(listener)));
  const [first] = missing;
  if (first !== undefined) {
    const obstacle = here.find((each) => portText(each) === portText(first) && each.saw === 'untried');
    const why =
      obstacle?.saw === 'untried' ? `could not be tried over there: ${obstacleText[obstacle.why]}` : undefined;
    const ports = missing.slice(0, 10).map(portText).join(', ');
    return failed(
      failure('probe-not-one', {
        cause: why === undefined ? `it says nothing of the port ${ports}` : `the port ${portText(first)} ${why}`,
      }),
    );
  }
  const untried = [...canonicalOf(expected.addresses)].flatMap((address) => {
    const ports = new Map(here.filter((each) => each.address === address).map((each) => [portText(each), each]));
    const left = expected.listeners.filter((each) => (ports.get(portText(each))?.saw ?? 'untried') === 'untried');
    if (left.length === 0) return [];
    const why = left.flatMap((each) => whyOf(ports.get(portText(each))));
    return [`${address}: ${why[0] === undefined ? 'not tried' : obstacleText[why[0]]}`];
  });
  return succeed({ from: `${from.name} (${from.addresses[0] ?? 'no address'})`, at, seen, untried });
}

function whyOf(sighting: ReadProbe['sightings'][number] | undefined): Obstacle[] {
  return sighting?.saw === 'untried' ? [sighting.why] : [];
}

const canonicalOf = (addresses: readonly string[]): Set<string> =>
  new Set(addresses.flatMap((address) => canonicalAddress(address) ?? []));
