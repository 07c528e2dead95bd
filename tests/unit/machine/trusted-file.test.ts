import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNamedFile, readTrustedFile } from '#electron/machine/trusted-file.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-trusted-'));
  path = join(folder, 'site.json');
  await writeFile(path, 'text', { mode: 0o644 });
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const read = async (at = path) => await readTrustedFile(at, { mostBytes: 10 });

describe('A file that decides what Mortise does', () => {
  it('is read where only this account can write it', async () => {
    expect(valueOf(await read())).toEqual(new Uint8Array(Buffer.from('text')));
  });

  it.each([0o664, 0o646, 0o666, 0o620, 0o777])(
    'is refused with the mode %o, which lets others write it',
    async (mode) => {
      await chmod(path, mode);
      const refused = await read();
      expect(codeOf(refused)).toBe('file-unsafe');
      expect(refused).toMatchObject({ error: { next: expect.stringContaining(`(chmod go-w ${path})`) } });
    },
  );

  it('is refused in a folder that others can write, and in one below it', async () => {
    const below = join(folder, 'sites');
    await mkdir(below, { mode: 0o700 });
    await writeFile(join(below, 'a.json'), 'text');
    await chmod(folder, 0o777);
    expect(codeOf(await read())).toBe('state-folder-unsafe');
    expect(codeOf(await read(join(below, 'a.json')))).toBe('state-folder-unsafe');
  });

  it('is refused where another account owns it', async () => {
    // As that other account would see it: who runs the test owns the file.
    const refused = await readTrustedFile(path, { mostBytes: 10, uid: (process.geteuid?.() ?? 0) + 12_345 });
    if (process.geteuid?.() === 0) {
      await chown(path, 12_345, 0);
      expect(sentenceOf(await read())).toContain('its owner is user 12345');
    } else expect(codeOf(refused)).toMatch(/unsafe/);
  });

  it('is refused where it is a link, a folder, a device, or nothing', async () => {
    await symlink(path, join(folder, 'link'));
    expect(sentenceOf(await read(join(folder, 'link')))).toContain('it is a symbolic link');
    expect(codeOf(await read(folder))).toBe('file-unreadable');
    expect(codeOf(await read('/dev/zero'))).toMatch(/^file-un/);
    expect(sentenceOf(await read(join(folder, 'nothing')))).toContain('it does not exist');
  });

  it('of any length is read no further than one byte beyond what it may have', async () => {
    await writeFile(path, 'x'.repeat(100_000));
    expect(valueOf(await read())).toHaveLength(11);
  });
});

describe('A file that a person names', () => {
  it('is read whoever can write it: what it says is shown before anything comes of it', async () => {
    await chmod(path, 0o666);
    expect(valueOf(await readNamedFile(path, 10))).toEqual(new Uint8Array(Buffer.from('text')));
  });

  it('is told to be unreadable where it is no file', async () => {
    expect(sentenceOf(await readNamedFile(folder, 10))).toContain('it is not a file');
    expect(codeOf(await readNamedFile(join(folder, 'nothing'), 10))).toBe('file-unreadable');
  });
});
