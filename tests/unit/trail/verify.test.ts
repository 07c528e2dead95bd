import { describe, expect, it } from 'vitest';
import { frame } from '#electron/log/frames.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import { createTrailKey } from '#electron/trail/trail-key.ts';
import { beforeTheFirst, canonical, hashOfLine } from '#electron/trail/trail-line.ts';
import type { EntryLine, TrailLine } from '#electron/trail/trail-line.ts';
import { verifyTrail } from '#electron/trail/verify.ts';
import type { TrailExpectation } from '#electron/trail/verify.ts';
import { chainedAnew, codeOf, linesOf, path, portWith, sampleTrail, valueOf, withText } from './sample-trail.ts';

const proofOf = async (port: MemoryFilePort, expected?: TrailExpectation) =>
  valueOf(await verifyTrail(port, path, expected));
/** Where in the file an entry or a seal stands: three entries and a seal an operation. */
const entryAt = (sequence: number) => Math.floor((sequence - 1) / 3) * 4 + ((sequence - 1) % 3);
const without = (lines: readonly TrailLine[], index: number) => lines.toSpliced(index, 1);
function lineAt(lines: readonly TrailLine[], index: number): TrailLine {
  return lines[index] ?? expect.fail(`no line ${index}`);
}
function entryOf(lines: readonly TrailLine[], sequence: number): EntryLine {
  const line = lineAt(lines, entryAt(sequence));
  return line.kind === 'entry' ? line : expect.fail(`no entry ${sequence}`);
}
const swapped = (lines: readonly TrailLine[], a: number, b: number) =>
  lines.with(a, lineAt(lines, b)).with(b, lineAt(lines, a));

describe('verification of a trail', () => {
  it('holds for what was recorded, without changing the file', async () => {
    const port = await sampleTrail(4);
    const before = port.content(path);
    expect(await proofOf(port)).toMatchObject({
      holds: true,
      entries: 12,
      firstBroken: null,
      problem: null,
      unsealed: 0,
    });
    expect(port.content(path)).toEqual(before);
  });

  it('counts what is not sealed yet', async () => {
    const lines = await linesOf(await sampleTrail(2));
    expect(await proofOf(portWith(lines.slice(0, 6)))).toMatchObject({ holds: true, entries: 5, unsealed: 2 });
  });

  it.each([1, 2, 3, 4, 7, 12])('names entry %i when it was edited', async (sequence) => {
    const lines = await linesOf(await sampleTrail(4));
    const found = { holds: false, firstBroken: sequence, problem: 'edited' };
    expect(await proofOf(portWith(withText(lines, sequence, 'nothing happened', false)))).toMatchObject(found);
    expect(await proofOf(portWith(withText(lines, sequence, 'nothing happened', true)))).toMatchObject(found);
  });

  it.each([1, 6, 12])('names entry %i when its bytes were edited in the file', async (sequence) => {
    const port = await sampleTrail(4);
    const content = port.content(path);
    const phases = ['begun', 'noted', 'ended'];
    const text = `operation ${Math.ceil(sequence / 3)} ${phases[(sequence - 1) % 3]}`;
    content[Buffer.from(content).indexOf(text)] = 0x4f;
    port.place(path, content);
    expect(await proofOf(port)).toMatchObject({ holds: false, firstBroken: sequence, problem: 'edited' });
  });

  it('does not take an edited last line for a torn one', async () => {
    const lines = await linesOf(await sampleTrail(1));
    const port = portWith(lines.slice(0, 2));
    const content = port.content(path);
    content[Buffer.from(content).lastIndexOf('noted')] = 0x4e;
    port.place(path, content);
    expect(await proofOf(port)).toMatchObject({ holds: false, firstBroken: 2, problem: 'edited' });
  });

  it.each([1, 2, 4, 5, 11])('names entry %i when it was removed', async (sequence) => {
    const lines = await linesOf(await sampleTrail(4));
    expect(await proofOf(portWith(without(lines, entryAt(sequence))))).toMatchObject({
      holds: false,
      firstBroken: sequence,
      problem: 'removed',
    });
  });

  it('notices a seal that was removed', async () => {
    const lines = await linesOf(await sampleTrail(4));
    const found = { holds: false, firstBroken: 6, problem: 'removed' };
    expect(await proofOf(portWith(without(lines, 7)))).toMatchObject(found);
    expect(await proofOf(portWith(chainedAnew(without(lines, 7))))).toMatchObject(found);
  });

  it.each([
    [1, 2],
    [4, 5],
    [2, 10],
  ])('notices that entries %i and %i changed places', async (a, b) => {
    const lines = await linesOf(await sampleTrail(4));
    expect(await proofOf(portWith(swapped(lines, entryAt(a), entryAt(b))))).toMatchObject({
      holds: false,
      firstBroken: a,
      problem: 'reordered',
    });
  });

  it('notices an entry that was inserted, copied or made up', async () => {
    const lines = await linesOf(await sampleTrail(4));
    const copied = lines.toSpliced(entryAt(8), 0, entryOf(lines, 2));
    expect(await proofOf(portWith(copied))).toMatchObject({ holds: false, problem: 'inserted' });
    const early = lines.toSpliced(entryAt(2), 0, entryOf(lines, 8));
    expect(await proofOf(portWith(early))).toMatchObject({ holds: false, problem: 'inserted', firstBroken: 2 });
    const forged = { ...entryOf(lines, 8), text: 'made up' };
    const madeUp = lines.toSpliced(entryAt(8), 0, { ...forged, hash: hashOfLine(forged) });
    expect(await proofOf(portWith(madeUp))).toMatchObject({ holds: false, problem: 'inserted', firstBroken: 8 });
    const seal = lines.toSpliced(4, 0, lineAt(lines, 3));
    expect(await proofOf(portWith(seal))).toMatchObject({ holds: false, problem: 'inserted', firstBroken: 3 });
  });

  it('notices that everything from an entry on was written anew without the key', async () => {
    const lines = await linesOf(await sampleTrail(4));
    const forged = chainedAnew(withText(lines, 8, 'nothing happened', false));
    expect(await proofOf(portWith(forged))).toMatchObject({ holds: false, firstBroken: 7, problem: 'rewritten' });
  });

  it('notices that everything from an entry on was signed with another key', async () => {
    const lines = await linesOf(await sampleTrail(4));
    const altered = withText(lines, 8, 'nothing happened', false).slice(8);
    const forged = [...lines.slice(0, 8), ...chainedAnew(altered, createTrailKey(), lineAt(lines, 7).hash)];
    expect(await proofOf(portWith(forged))).toMatchObject({ holds: false, firstBroken: 7, problem: 'another-key' });
  });

  it('notices a trail that is made up as a whole only by the key that is known from elsewhere', async () => {
    const genuine = await proofOf(await sampleTrail(2));
    const other = await sampleTrail(2);
    expect((await proofOf(other)).holds).toBe(true);
    const keyFingerprint = genuine.keyFingerprint ?? '';
    expect(await proofOf(other, { keyFingerprint })).toMatchObject({ holds: false, problem: 'another-key' });
  });

  it('notices a cut-off end by the head that is known from elsewhere', async () => {
    const port = await sampleTrail(4);
    const { head } = await proofOf(port);
    const known = { head: { sequence: 12, hash: head } };
    expect((await proofOf(port, known)).holds).toBe(true);
    const lines = await linesOf(port);
    expect(await proofOf(portWith(lines.slice(0, 8)))).toMatchObject({ holds: true, entries: 6 });
    expect(await proofOf(portWith(lines.slice(0, 8)), known)).toMatchObject({
      holds: false,
      firstBroken: 7,
      problem: 'cut-off',
    });
  });

  it('holds for an empty trail and fails for one that is not there', async () => {
    const port = new MemoryFilePort();
    expect(codeOf(await verifyTrail(port, path))).toBe('state-folder-unusable');
    port.place(path, new Uint8Array(0));
    expect(await proofOf(port)).toMatchObject({ holds: true, entries: 0, head: beforeTheFirst });
  });

  it('reads a hundred thousand entries and names the one that was altered', async () => {
    const key = createTrailKey();
    const template = entryOf(await linesOf(await sampleTrail(1, key)), 2);
    const many = chainedAnew(
      Array.from({ length: 100_000 }, (_, index) => ({ ...template, sequence: index + 1 })),
      key,
    );
    expect(await proofOf(portWith(many))).toMatchObject({ holds: true, entries: 100_000, unsealed: 100_000 });
    expect(await proofOf(portWith(withText(many, 99_998, 'altered', true)))).toMatchObject({ firstBroken: 99_998 });
  });
});

describe('the canonical form of a line', () => {
  it('does not depend on the order in which its fields were given', () => {
    const line = { b: 'ü"\n', a: { z: 1, c: '€' } };
    expect(canonical(line)).toBe(canonical({ a: { c: '€', z: 1 }, b: 'ü"\n' }));
    expect(JSON.parse(canonical(line))).toEqual(line);
    expect(() => frame(1, canonical({ text: '\0' }))).not.toThrow();
  });
});
