import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServerDisk, readServerDisk } from '#electron/training/site/server-disk.ts';
import { until } from './practice-site.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-disk-'));
  path = join(folder, 'server.json');
});
afterEach(() => rm(folder, { recursive: true }));

function failOnTrouble(problem: unknown): never {
  throw problem;
}

describe("the simulated server's disk", () => {
  it('is empty before the first start', async () => {
    expect(await readServerDisk(path)).toBeUndefined();
  });

  it('holds what was committed when a flush comes back', async () => {
    let content = 'one';
    const disk = createServerDisk(path, () => content, failOnTrouble);
    disk.changed();
    await disk.flush();
    expect(await readServerDisk(path)).toBe('one');
    content = 'two';
    disk.changed();
    await disk.flush();
    expect(await readServerDisk(path)).toBe('two');
  });

  it('is written soon although nobody waits', async () => {
    const disk = createServerDisk(path, () => 'one', failOnTrouble);
    disk.changed();
    await until(async () => (await readServerDisk(path)) === 'one', 2000);
  });

  it('writes once for all who wait at the same time', async () => {
    let writings = 0;
    const disk = createServerDisk(path, () => String((writings += 1)), failOnTrouble);
    const flushes: Promise<void>[] = [];
    for (let change = 0; change < 50; change += 1) {
      disk.changed();
      flushes.push(disk.flush());
    }
    await Promise.all(flushes);
    // One that was under way when the later ones came, and one for those.
    expect(writings).toBe(2);
    expect(await readServerDisk(path)).toBe('2');
  });

  it('never lets an older state that is still being written replace a newer one', async () => {
    for (let round = 0; round < 20; round += 1) {
      let content = 'old';
      const disk = createServerDisk(path, () => content, failOnTrouble);
      disk.changed();
      const slow = disk.flush();
      content = 'new';
      disk.changed();
      disk.flushNow();
      await slow;
      await disk.flush();
      expect(await readFile(path, 'utf8')).toBe('new');
    }
    expect(await readdir(folder)).toEqual(['server.json']);
  });

  it('reports what went wrong, and recovers with the next change', async () => {
    const problems: unknown[] = [];
    let broken = true;
    const disk = createServerDisk(
      path,
      () => {
        if (broken) throw new Error('no');
        return 'fine';
      },
      (problem) => problems.push(problem),
    );
    disk.changed();
    await until(() => problems.length === 1);
    broken = false;
    disk.changed();
    await disk.flush();
    expect(await readServerDisk(path)).toBe('fine');
  });
});
