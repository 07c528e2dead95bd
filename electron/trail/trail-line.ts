import { createHash } from 'node:crypto';
import { z } from 'zod';
import { trailEntrySchema } from '#shared/snapshot.ts';
import type { TrailEntry } from '#shared/snapshot.ts';

/**
 * The two kinds of lines of the trail. Each holds the hash of the line before it, so that none can be changed, left
 * out, moved or added without breaking the next; a seal signs everything up to it.
 */
const chained = { previous: z.string(), hash: z.string() };

export const entryLineSchema = trailEntrySchema.extend({
  kind: z.literal('entry'),
  /** Facts of the case by name; never a secret. */
  details: z.record(z.string(), z.string()),
  ...chained,
});
export type EntryLine = z.infer<typeof entryLineSchema>;

export const sealLineSchema = z.strictObject({
  kind: z.literal('seal'),
  /** The last entry that is sealed. */
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  /** The public half, as base64 of its SubjectPublicKeyInfo. */
  key: z.string(),
  /** Ed25519 over the canonical form of the line without signature and hash, as base64. */
  signature: z.string(),
  ...chained,
});
export type SealLine = z.infer<typeof sealLineSchema>;

export const trailLineSchema = z.discriminatedUnion('kind', [entryLineSchema, sealLineSchema]);
export type TrailLine = z.infer<typeof trailLineSchema>;

/** What the first line holds in place of a hash before it. */
export const beforeTheFirst = '0'.repeat(64);

/**
 * One text for one value: names in order (by UTF-16 units), no white space, absent ones left out. Enough of RFC 8785 for lines, which hold strings,
 * whole numbers and one level of nesting.
 */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The hash that a line must carry. */
export function hashOfLine(line: Omit<EntryLine, 'hash'> | Omit<SealLine, 'hash'>): string {
  return sha256(canonical({ ...line, hash: undefined }));
}

/** What a seal signs. */
export function sealedText(seal: Pick<SealLine, 'kind' | 'sequence' | 'at' | 'key' | 'previous'>): Uint8Array {
  const { kind, sequence, at, key, previous } = seal;
  return new TextEncoder().encode(canonical({ kind, sequence, at, key, previous }));
}

export function parseLine(text: string): TrailLine | undefined {
  try {
    return trailLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether an operation is over with this entry, so that a seal belongs behind it. */
export function endsOperation(line: TrailLine | undefined): boolean {
  return line?.kind === 'entry' && (line.phase === 'ended' || line.phase === 'failed');
}

/** The entry as the screens show it. */
export function shownEntry(line: EntryLine): TrailEntry {
  const { sequence, at, actor, operation, phase, text, hash } = line;
  return { sequence, at, actor, operation, phase, text, hash };
}
