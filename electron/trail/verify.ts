import { createHash, createPublicKey, verify } from 'node:crypto';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { scanLog } from '#electron/log/durable-log.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import type { Frame } from '#electron/log/frames.ts';
import { beforeTheFirst, endsOperation, hashOfLine, parseLine, sealedText } from './trail-line.ts';
import type { SealLine, TrailLine } from './trail-line.ts';

/** What was done to a trail that does not hold. */
export type TrailProblem =
  | 'edited'
  | 'removed'
  | 'reordered'
  | 'inserted'
  /** Every hash holds, the signature does not: somebody without the key wrote it anew. */
  | 'rewritten'
  /** Signed with another key than the first seal, or than the one that was asked for. */
  | 'another-key'
  /** The entry that is known from elsewhere is not there: the end is missing. */
  | 'cut-off';

export interface TrailProof {
  readonly entries: number;
  readonly holds: boolean;
  /** The first entry that does not hold, is missing, or is out of its place. */
  readonly firstBroken: number | null;
  readonly problem: TrailProblem | null;
  readonly sentence: string;
  /** Left by a crash in the middle of a write; never acknowledged, so no sign of tampering. */
  readonly tornBytes: number;
  /** Entries behind the last seal: in the chain, but not signed yet. */
  readonly unsealed: number;
  readonly head: string;
  /** SHA-256 of the signing key, to compare with the one in the handover report; null where nothing is sealed. */
  readonly keyFingerprint: string | null;
}

/** What is known of the trail from elsewhere, such as the head that the site database keeps. */
export interface TrailExpectation {
  readonly head?: { readonly sequence: number; readonly hash: string };
  readonly keyFingerprint?: string;
}

interface Break {
  readonly problem: TrailProblem;
  readonly at: number;
}

function fingerprint(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex');
}

function signatureHolds(seal: SealLine): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(seal.key, 'base64'), format: 'der', type: 'spki' });
    return verify(null, sealedText(seal), key, Buffer.from(seal.signature, 'base64'));
  } catch {
    return false;
  }
}

/** How often each number occurs, to tell an entry that was moved from one that is gone or was copied. */
function occurrences(lines: readonly (TrailLine | undefined)[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const line of lines) {
    if (line?.kind === 'entry') counts.set(line.sequence, (counts.get(line.sequence) ?? 0) + 1);
  }
  return counts;
}

/** An entry with a number that is not the next one. Everything before it holds. */
function outOfPlace(found: number, expected: number, counts: ReadonlyMap<number, number>): Break {
  if (found < expected) return { problem: 'inserted', at: found };
  if (!counts.has(expected)) return { problem: 'removed', at: expected };
  return { problem: (counts.get(found) ?? 0) > 1 ? 'inserted' : 'reordered', at: expected };
}

/** Walks the chain up to the first line that does not hold. */
function brokenChain(lines: readonly (TrailLine | undefined)[]): Break | undefined {
  const counts = occurrences(lines);
  let before: TrailLine | undefined;
  let expected = 1;
  for (const line of lines) {
    const lastNumber = Math.max(1, expected - 1);
    if (line === undefined) return { problem: 'edited', at: endsOperation(before) ? lastNumber : expected };
    if (line.kind === 'entry') {
      if (endsOperation(before)) return { problem: 'removed', at: line.sequence === expected ? lastNumber : expected };
      if (line.sequence !== expected) return outOfPlace(line.sequence, expected, counts);
    } else if (line.sequence !== expected - 1) {
      return line.sequence >= expected
        ? outOfPlace(line.sequence + 1, expected, counts)
        : { problem: 'reordered', at: lastNumber };
    } else if (before?.kind === 'seal') {
      return { problem: 'inserted', at: lastNumber };
    }
    // The line before carries a hash that fits itself, but it is not the one that this line was written behind.
    if (line.previous !== (before?.hash ?? beforeTheFirst)) return { problem: 'edited', at: lastNumber };
    if (line.kind === 'entry') expected += 1;
    before = line;
  }
  return undefined;
}

/**
 * A chain that holds is signed as a whole by its last seal; where that one does not hold, the first that does not
 * tells from where on it was written anew.
 */
function brokenSeal(seals: readonly SealLine[]): Break | undefined {
  const last = seals.at(-1);
  if (last === undefined) return undefined;
  const foreign = seals.findIndex((seal) => seal.key !== seals[0]?.key);
  if (foreign === -1 && signatureHolds(last)) return undefined;
  const forged = seals.findIndex((seal) => !signatureHolds(seal));
  const first = forged === -1 || (foreign !== -1 && foreign < forged) ? foreign : forged;
  const at = (seals[first - 1]?.sequence ?? 0) + 1;
  return { problem: first === foreign ? 'another-key' : 'rewritten', at };
}

function unexpected(
  lines: readonly TrailLine[],
  seals: readonly SealLine[],
  expected: TrailExpectation,
): Break | undefined {
  const { head, keyFingerprint } = expected;
  const key = seals[0]?.key;
  if (keyFingerprint !== undefined && (key === undefined || fingerprint(key) !== keyFingerprint)) {
    return { problem: 'another-key', at: 1 };
  }
  if (head === undefined) return undefined;
  const entries = lines.filter((line) => line.kind === 'entry');
  const found = entries[head.sequence - 1];
  if (found === undefined) return { problem: 'cut-off', at: entries.length + 1 };
  return found.hash === head.hash ? undefined : { problem: 'rewritten', at: head.sequence };
}

const whatWasFound: Readonly<Record<TrailProblem, (at: number) => string>> = {
  edited: (at) => `Entry ${at}, or the seal behind it, was altered after it was recorded.`,
  removed: (at) => `Entry ${at}, or the seal behind it, is missing.`,
  reordered: (at) => `The entries from ${at} on are not in the order in which they were recorded.`,
  inserted: (at) => `At entry ${at} there is a line that was not recorded there.`,
  rewritten: (at) => `The entries from ${at} on are not the ones that were signed.`,
  'another-key': (at) => `The entries from ${at} on are signed with another key.`,
  'cut-off': (at) => `The entries from ${at} on are missing at the end.`,
};

function wordedProof(entries: number, tornBytes: number, unsealed: number): string {
  const torn = tornBytes > 0 ? ` A crash left ${tornBytes} bytes at the end that were never acknowledged.` : '';
  if (entries === 0) return `The trail is empty.${torn}`;
  const sealed = unsealed === 0 ? 'the last one is sealed' : `the last ${unsealed} not sealed yet`;
  return `All ${entries} entries hold, ${sealed}.${torn}`;
}

/** A line that its own hash vouches for; undefined for one that was altered. */
function soundLine(frame: Frame): TrailLine | undefined {
  const line = frame.intact ? parseLine(Buffer.from(frame.payload).toString('utf8')) : undefined;
  return line !== undefined && hashOfLine(line) === line.hash ? line : undefined;
}

/**
 * Proves the trail without any secret and without changing it. Needs nothing but the file; what is `expected` from
 * elsewhere shows what the file alone cannot: a missing end, and a whole trail that somebody made up.
 */
export async function verifyTrail(
  port: FilePort,
  path: string,
  expected: TrailExpectation = {},
): Promise<Result<TrailProof>> {
  const scanned = await scanLog(port, path);
  if (!scanned.ok) return scanned;
  const { frames, tornBytes } = scanned.value;
  const lines = frames.map(soundLine);
  const sound = lines.filter((line) => line !== undefined);
  const seals = sound.filter((line) => line.kind === 'seal');
  const entries = lines.length - seals.length;
  const found = brokenChain(lines) ?? brokenSeal(seals) ?? unexpected(sound, seals, expected);
  const unsealed = entries - (seals.at(-1)?.sequence ?? 0);
  const key = seals[0]?.key;
  return succeed({
    entries,
    holds: found === undefined,
    firstBroken: found?.at ?? null,
    problem: found?.problem ?? null,
    sentence: found === undefined ? wordedProof(entries, tornBytes, unsealed) : whatWasFound[found.problem](found.at),
    tornBytes,
    unsealed: Math.max(0, unsealed),
    head: sound.findLast((line) => line.kind === 'entry')?.hash ?? beforeTheFirst,
    keyFingerprint: key === undefined ? null : fingerprint(key),
  });
}
