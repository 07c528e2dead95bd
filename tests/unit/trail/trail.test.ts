import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trailEntrySchema } from '#shared/snapshot.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import { createTrailKey, openTrailKey } from '#electron/trail/trail-key.ts';
import { openTrail } from '#electron/trail/trail.ts';
import { verifyTrail } from '#electron/trail/verify.ts';
import { clockAt, codeOf, path, valueOf } from './sample-trail.ts';

const key = createTrailKey();
const opened = async (port: MemoryFilePort, clock = clockAt('2026-03-01T08:00:00.000Z')) =>
  valueOf(await openTrail({ port, path, key, clock, actor: 'acme\\eve' }));

describe('the trail', () => {
  it('records who did what, when, and how it went, in the shape that the screens show', async () => {
    const trail = await opened(new MemoryFilePort());
    const entry = valueOf(
      await trail.record('rotation.rotate', 'begun', 'Rotation of acs_service', { login: 'acs_service' }),
    );
    expect(trailEntrySchema.parse(entry)).toEqual(entry);
    expect(entry).toMatchObject({
      sequence: 1,
      at: '2026-03-01T08:00:00.000Z',
      actor: 'acme\\eve',
      operation: 'rotation.rotate',
      phase: 'begun',
    });
    expect(trail.head).toBe(entry.hash);
  });

  it('is on the disk when it answers', async () => {
    const port = new MemoryFilePort();
    const trail = await opened(port);
    valueOf(await trail.record('a', 'begun', 'first'));
    port.crash({ keep: 'nothing' });
    expect((await opened(port)).recent(10).map((each) => each.text)).toEqual(['first']);
  });

  it('lists the last entries, newest first', async () => {
    const trail = await opened(new MemoryFilePort());
    for (const text of ['one', 'two', 'three']) valueOf(await trail.record('a', 'ended', text));
    expect(trail.recent(2).map((each) => each.text)).toEqual(['three', 'two']);
    expect(trail.recent(100)).toHaveLength(3);
    expect(trail.entries).toBe(3);
  });

  it('keeps the order of entries that are not waited for', async () => {
    const port = new MemoryFilePort();
    const trail = await opened(port);
    await Promise.all(['one', 'two', 'three'].map((text) => trail.record('a', 'ended', text)));
    expect(trail.recent(3).map((each) => each.text)).toEqual(['three', 'two', 'one']);
    expect(valueOf(await verifyTrail(port, path))).toMatchObject({ holds: true, entries: 3, unsealed: 0 });
  });

  it('says at opening that the clock went back, and records all the same', async () => {
    const port = new MemoryFilePort();
    valueOf(await (await opened(port, clockAt('2026-03-01T08:00:00.000Z'))).record('a', 'ended', 'before'));
    const later = await opened(port, clockAt('2026-03-01T07:58:59.000Z'));
    expect(later.notices.map((each) => each.id)).toEqual(['clock-went-back']);
    valueOf(await later.record('a', 'ended', 'after, by sequence'));
    expect(later.recent(2).map((each) => each.at)).toEqual(['2026-03-01T07:58:59.000Z', '2026-03-01T08:00:00.000Z']);
    expect(valueOf(await verifyTrail(port, path)).holds).toBe(true);
  });

  it('does not mind a clock that jumps back by a minute', async () => {
    const port = new MemoryFilePort();
    valueOf(await (await opened(port, clockAt('2026-03-01T08:00:00.000Z'))).record('a', 'ended', 'before'));
    expect((await opened(port, clockAt('2026-03-01T07:59:00.000Z'))).notices).toEqual([]);
  });

  it('seals at the next opening what a crash left without a seal', async () => {
    const port = new MemoryFilePort();
    const trail = await opened(port);
    valueOf(await trail.record('a', 'begun', 'begun'));
    // The power is cut behind the entry's own flush, before that of its seal.
    const flushes = port.flushes;
    const recorded = trail.record('a', 'ended', 'ended');
    while (port.flushes === flushes) await Promise.resolve();
    port.crash({ keep: 'nothing' });
    await recorded;
    expect(valueOf(await verifyTrail(port, path))).toMatchObject({ holds: true, entries: 2, unsealed: 2 });
    await opened(port);
    expect(valueOf(await verifyTrail(port, path))).toMatchObject({ holds: true, entries: 2, unsealed: 0 });
  });

  it('says that the disk is full, and goes on with a whole chain when there is space', async () => {
    const port = new MemoryFilePort();
    const trail = await opened(port);
    port.limitSpace(0);
    expect(codeOf(await trail.reserve())).toBe('disk-full');
    expect(codeOf(await trail.record('a', 'begun', 'x'))).toBe('disk-full');
    port.limitSpace(1_000_000);
    valueOf(await trail.record('a', 'ended', 'y'));
    expect(valueOf(await verifyTrail(port, path))).toMatchObject({ holds: true, entries: 1 });
  });

  it('goes on behind what another process recorded', async () => {
    const port = new MemoryFilePort();
    const window = await opened(port);
    valueOf(await window.record('a', 'ended', 'window'));
    const commandLine = await opened(port);
    valueOf(await commandLine.record('a', 'ended', 'command line'));
    valueOf(await window.record('a', 'ended', 'window again'));
    expect(window.recent(9).map((each) => each.text)).toEqual(['window again', 'command line', 'window']);
    expect(valueOf(await verifyTrail(port, path))).toMatchObject({ holds: true, entries: 3 });
    valueOf(await commandLine.refresh());
    expect(commandLine.entries).toBe(3);
  });

  it('survives a torn entry, says so, and the chain holds', async () => {
    const port = new MemoryFilePort();
    valueOf(await (await opened(port)).record('a', 'ended', 'whole'));
    const content = port.content(path);
    const end = content.findLastIndex((byte) => byte !== 0) + 1;
    content.set([0xf7, 0x4d, 0x31, 0xff, 200], end);
    port.place(path, content);
    expect(valueOf(await verifyTrail(port, path))).toMatchObject({ holds: true, tornBytes: 5 });
    const trail = await opened(port);
    expect(trail.notices.map((each) => each.id)).toEqual(['trail-torn']);
    valueOf(await trail.record('a', 'ended', 'next'));
    expect(valueOf(await verifyTrail(port, path))).toMatchObject({ holds: true, tornBytes: 0, entries: 2 });
  });
});

describe('the key of the trail', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mortise-key-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is made at first use, for this account only, and is the same afterwards', async () => {
    const at = join(folder, 'trail.key');
    const first = valueOf(await openTrailKey(at));
    const second = valueOf(await openTrailKey(at));
    expect(second.publicKey).toBe(first.publicKey);
    if (process.platform !== 'win32') expect((await stat(at)).mode & 0o777).toBe(0o600);
  });

  it('is not replaced when it cannot be read', async () => {
    const at = join(folder, 'damaged.key');
    await writeFile(at, 'not a key');
    expect(codeOf(await openTrailKey(at))).toBe('state-folder-unusable');
    expect((await stat(at)).size).toBe(9);
  });
});
