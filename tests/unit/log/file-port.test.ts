import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilePort } from '#electron/log/file-port.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';

const text = (value: string) => new TextEncoder().encode(value);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-port-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ports: readonly (readonly [string, () => FilePort])[] = [
  ['on the disk', () => nodeFilePort],
  ['in memory', () => new MemoryFilePort()],
];

describe.each(ports)('a file port %s', (name, make) => {
  const pathOf = (file: string) => join(folder, `${name.replaceAll(' ', '-')}-${file}`);

  it('creates a file that is not there, empty', async () => {
    const file = await make().open(pathOf('new'));
    expect(await file.size()).toBe(0);
    expect(await file.read(0, 10)).toHaveLength(0);
    await file.close();
  });

  it('reads back what was written, and fewer bytes where the file ends', async () => {
    const file = await make().open(pathOf('written'));
    await file.write(0, text('abcdef'));
    await file.write(3, text('DEFGHI'));
    await file.flush();
    expect(Buffer.from(await file.read(2, 100)).toString()).toBe('cDEFGHI');
    await file.close();
  });

  it('keeps the content between two openings', async () => {
    const port = make();
    const first = await port.open(pathOf('kept'));
    await first.write(0, text('kept'));
    await first.close();
    const second = await port.open(pathOf('kept'));
    expect(Buffer.from(await second.read(0, 10)).toString()).toBe('kept');
    await second.close();
  });

  it('fills a gap with zeros, cuts off and grows', async () => {
    const file = await make().open(pathOf('gap'));
    await file.write(2, text('x'));
    expect([...(await file.read(0, 3))]).toEqual([0, 0, 120]);
    await file.truncate(1);
    expect(await file.size()).toBe(1);
    await file.truncate(4);
    expect([...(await file.read(0, 9))]).toEqual([0, 0, 0, 0]);
    await file.close();
  });

  it('opened for reading neither creates nor changes a file', async () => {
    const port = make();
    await expect(port.open(pathOf('absent'), 'read')).rejects.toMatchObject({ code: 'ENOENT' });
    const writing = await port.open(pathOf('read-only'));
    await writing.write(0, text('as it was'));
    const reading = await port.open(pathOf('read-only'), 'read');
    await expect(reading.write(0, text('X'))).rejects.toMatchObject({ code: 'EBADF' });
    expect(Buffer.from(await reading.read(0, 20)).toString()).toBe('as it was');
    await reading.close();
    await writing.close();
  });

  it('lists the names in a folder, none where there is no folder', async () => {
    const port = make();
    await (await port.open(pathOf('listed'))).close();
    expect(await port.list(folder)).toContain(pathOf('listed').slice(folder.length + 1));
    expect(await port.list(join(folder, 'nowhere'))).toEqual([]);
  });

  it('refuses a file that was closed', async () => {
    const file = await make().open(pathOf('closed'));
    await file.close();
    await expect(file.write(0, text('late'))).rejects.toMatchObject({ code: 'EBADF' });
  });
});

describe.skipIf(process.platform === 'win32')('the port on the disk', () => {
  it('creates files for this account only', async () => {
    await (await nodeFilePort.open(join(folder, 'private'))).close();
    expect((await stat(join(folder, 'private'))).mode & 0o777).toBe(0o600);
  });

  it('does not follow a symbolic link, not even one that leads nowhere', async () => {
    await writeFile(join(folder, 'target'), 'precious');
    await symlink(join(folder, 'target'), join(folder, 'link'));
    await symlink(join(folder, 'planted'), join(folder, 'dangling'));
    await expect(nodeFilePort.open(join(folder, 'link'))).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(nodeFilePort.open(join(folder, 'dangling'))).rejects.toMatchObject({ code: 'ELOOP' });
    expect(await readdir(folder)).not.toContain('planted');
  });
});

/** The bytes that a crash with this seed leaves of a write that was not flushed. */
async function left(seed: number): Promise<string> {
  const port = new MemoryFilePort();
  const file = await port.open('/a/torn');
  await file.write(0, new Uint8Array(4096).fill(1));
  port.crash({ keep: 'some', seed });
  return (await port.list('/a')).length === 0 ? 'lost' : Buffer.from(port.content('/a/torn')).toString('hex');
}

describe('a disk in memory that loses its power', () => {
  it('loses everything that was not flushed, the new file included', async () => {
    const port = new MemoryFilePort();
    const flushed = await port.open('/a/flushed');
    await flushed.write(0, text('safe'));
    await flushed.flush();
    await flushed.write(4, text(' and not'));
    await (await port.open('/a/new')).write(0, text('gone'));
    port.crash({ keep: 'nothing' });
    expect(Buffer.from(port.content('/a/flushed')).toString()).toBe('safe');
    expect(await port.list('/a')).toEqual(['flushed']);
    await expect(flushed.size()).rejects.toMatchObject({ code: 'EBADF' });
  });

  it('tears what was not flushed in different ways, the same way for the same seed', async () => {
    const ways = new Set(await Promise.all(Array.from({ length: 20 }, (_, seed) => left(seed))));
    expect(ways.size).toBeGreaterThan(10);
    expect(await left(7)).toBe(await left(7));
  });

  it('runs out of space in the middle of a write', async () => {
    const port = new MemoryFilePort();
    port.limitSpace(3);
    const file = await port.open('/a/full');
    await expect(file.write(0, text('abcdef'))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(Buffer.from(port.content('/a/full')).toString()).toBe('abc');
  });
});
