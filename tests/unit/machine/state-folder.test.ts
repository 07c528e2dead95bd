import { execFile } from 'node:child_process';
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultStateFolder } from '#electron/machine/default-paths.ts';
import { osActor } from '#electron/machine/os-actor.ts';
import { openStateFolder } from '#electron/machine/state-folder.ts';
import { writeFileDurably } from '#electron/machine/write-file-durably.ts';

let base = '';
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'mortise-state-'));
});
afterEach(() => rm(base, { recursive: true }));

const open = async (path: string, create = false, uid?: number) => {
  const result = await openStateFolder(path, uid === undefined ? { create } : { create, uid });
  return result.ok
    ? { code: 'ok', text: result.value }
    : { code: result.error.code, text: `${result.error.sentence} ${result.error.next}` };
};

describe.skipIf(process.platform === 'win32')('the state folder', () => {
  it('is created with what it lies in, for this account only', async () => {
    const path = join(base, 'local', 'state', 'mortise');
    expect(await open(path, true)).toEqual({ code: 'ok', text: path });
    for (const each of [path, join(base, 'local')]) expect((await stat(each)).mode & 0o777).toBe(0o700);
    expect(await open(path)).toMatchObject({ code: 'ok' });
  });

  it('is not created unless asked', async () => {
    expect(await open(join(base, 'absent'))).toMatchObject({ code: 'state-folder-unusable' });
    expect(await readdir(base)).toEqual([]);
  });

  it.each([
    [0o777, 'every account'],
    [0o702, 'every account'],
    [0o770, 'group'],
    [0o1777, 'every account'],
  ])('is refused with mode %o, with who could write it and the command that mends it', async (mode, who) => {
    const path = join(base, "it's mine");
    await mkdir(path);
    await chmod(path, mode);
    const found = await open(path);
    expect(found.code).toBe('state-folder-unsafe');
    expect(found.text).toContain(who);
    expect(found.text).toContain(String.raw`chmod go-w '${base}/it'\''s mine'`);
    expect((await stat(path)).mode & 0o7777).toBe(mode);
  });

  it('is refused where a folder above it can be written by others, and nothing is created there', async () => {
    const above = join(base, 'shared');
    await mkdir(above);
    await chmod(above, 0o777);
    const found = await open(join(above, 'mortise'), true);
    expect(found.code).toBe('state-folder-unsafe');
    expect(found.text).toContain(`${above} can be written`);
    expect(await readdir(above)).toEqual([]);
  });

  it("is refused where it is there already, of one's own, in a folder that others can write", async () => {
    const path = join(base, 'shared', 'mortise');
    await mkdir(path, { recursive: true, mode: 0o700 });
    await chmod(join(base, 'shared'), 0o770);
    const found = await open(path);
    expect(found.code).toBe('state-folder-unsafe');
    expect(found.text).toContain(`chmod go-w ${join(base, 'shared')}`);
  });

  it('is accepted below a sticky folder that everybody can write', async () => {
    const above = join(base, 'sticky');
    await mkdir(above);
    await chmod(above, 0o1777);
    expect(await open(join(above, 'mortise'), true)).toMatchObject({ code: 'ok' });
  });

  it('is refused when it belongs to somebody else, below a sticky folder too', async () => {
    const path = join(base, 'theirs');
    await mkdir(path);
    // Only root can give a folder away; everybody else looks with the eyes of another account.
    if (process.geteuid?.() === 0) await chown(path, 12_345, 12_345);
    const found = await open(path, false, process.geteuid?.() === 0 ? undefined : 54_321);
    expect(found.code).toBe('state-folder-unsafe');
    expect(found.text).toContain('its owner is user');
  });

  it('is refused when it is a symbolic link, dangling or not', async () => {
    await mkdir(join(base, 'real'));
    await symlink(join(base, 'real'), join(base, 'link'));
    await symlink(join(base, 'nowhere'), join(base, 'dangling'));
    expect((await open(join(base, 'link'))).text).toContain('it is a symbolic link');
    expect(await open(join(base, 'dangling'), true)).toMatchObject({ code: 'state-folder-unsafe' });
    await expect(lstat(join(base, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  // Asked in a process of its own: a `mkdir` that never ends cannot be stopped from inside.
  it.skipIf(process.platform !== 'linux')(
    'is refused at once where its parent takes no folders',
    async () => {
      const asked = `import { openStateFolder } from '#electron/machine/state-folder.ts';
      const { ok, error } = await openStateFolder('/proc/mortise/state', { create: true });
      console.log(ok, error?.code);`;
      const answer = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', asked], {
        timeout: 20_000,
        killSignal: 'SIGKILL',
      });
      expect(answer.stdout.trim()).toBe('false state-folder-unusable');
    },
    30_000,
  );

  it('is refused when it is a file or not an absolute path', async () => {
    await writeFile(join(base, 'file'), '');
    expect(await open(join(base, 'file'), true)).toMatchObject({ code: 'state-folder-unusable' });
    expect(await open(join(base, 'file', 'below'), true)).toMatchObject({ code: 'state-folder-unusable' });
    expect(await open('relative/path', true)).toMatchObject({ code: 'state-folder-unusable' });
  });
});

const at = (platform: NodeJS.Platform, environment: Record<string, string>, home: string) =>
  defaultStateFolder({ platform, environment, home });

describe('where the state folder is by default', () => {
  it('follows the rules of the system', () => {
    expect(at('linux', {}, '/home/eve')).toBe('/home/eve/.local/state/mortise');
    expect(at('linux', { XDG_STATE_HOME: '/var/eve' }, '/home/eve')).toBe('/var/eve/mortise');
    expect(at('linux', { XDG_STATE_HOME: 'not/absolute' }, '/home/eve')).toBe('/home/eve/.local/state/mortise');
    const local = String.raw`C:\Users\eve\AppData\Local`;
    expect(at('win32', { LOCALAPPDATA: local }, String.raw`C:\Users\eve`)).toBe(String.raw`${local}\Mortise`);
    expect(at('win32', {}, String.raw`C:\Users\eve`)).toBe(String.raw`${local}\Mortise`);
  });
});

describe('the actor', () => {
  it('is the account that runs this process', () => {
    const { account, elevated, machine } = osActor();
    expect(machine).not.toBe('');
    if (process.platform === 'win32') return;
    expect(account).toContain(`(${process.getuid?.()})`);
    expect(elevated).toBe(process.geteuid?.() === 0);
  });
});

describe('a file that is written durably', () => {
  it('is replaced whole, for this account only, and leaves nothing else behind', async () => {
    const path = join(base, 'profile.json');
    await writeFile(path, 'old', { mode: 0o644 });
    expect(await writeFileDurably(path, 'new')).toEqual({ ok: true, value: undefined });
    expect(await readdir(base)).toEqual(['profile.json']);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves the old one where it cannot be replaced', async () => {
    await mkdir(join(base, 'folder'));
    const result = await writeFileDurably(join(base, 'folder'), 'x');
    expect(result.ok ? 'ok' : result.error.code).toBe('state-folder-unusable');
    expect(await readdir(base)).toEqual(['folder']);
    expect((await writeFileDurably(join(base, 'no', 'where'), 'x')).ok).toBe(false);
  });
});
