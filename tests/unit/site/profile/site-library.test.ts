import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { siteFilesIn } from '#electron/site/profile/site-files.ts';
import { SiteLibrary, profileText } from '#electron/site/profile/site-library.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { storedProfile } from './stored-profile.ts';

const north = { ...storedProfile, name: 'North Gate' };
const seen = { at: '2026-11-21T20:00:00.000Z', commissioning: 'off', controllers: 24, drift: 0 };

let folder = '';
let library: SiteLibrary;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'mortise-sites-')), 'sites');
  library = new SiteLibrary(siteFilesIn(folder));
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

const entries = async () => valueOf(await library.list(null));

describe('The library of sites', () => {
  it('has none before the first is kept, and makes no folder for that', async () => {
    expect(await entries()).toEqual([]);
    expect(await readdir(join(folder, '..'))).toEqual([]);
  });

  it('keeps a profile for this account only, in a text that is always the same', async () => {
    valueOf(await library.write('north-gate', north));
    const path = join(folder, 'north-gate.json');
    expect(await readFile(path, 'utf8')).toBe(profileText(north));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual(['north-gate.json']);
    expect(await entries()).toEqual([{ id: 'north-gate', profile: north, faults: [], lastSeen: null, open: false }]);
  });

  it('says which one is open and what was last seen of each', async () => {
    valueOf(await library.write('a', storedProfile));
    valueOf(await library.write('b', north));
    await library.keepSeen('a', seen);
    const [a, b] = valueOf(await library.list('b'));
    expect(a).toMatchObject({ id: 'a', lastSeen: seen, open: false });
    expect(b).toMatchObject({ id: 'b', lastSeen: null, open: true });
  });

  it('takes a site away with what was seen of it, and nothing else', async () => {
    for (const id of ['a', 'a-2']) {
      valueOf(await library.write(id, storedProfile));
      await library.keepSeen(id, seen);
    }
    await mkdir(join(folder, 'a.journals'), { mode: 0o700 });
    valueOf(await library.remove('a'));
    expect((await readdir(folder)).toSorted()).toEqual(['a-2.json', 'a-2.seen.json', 'a.journals']);
    expect(codeOf(await library.read('a'))).toBe('site-unknown');
  });

  it.each([
    ['North Gate', 'north-gate'],
    ['Zürich, Depot 2', 'zurich-depot-2'],
    ['  --  ', 'site'],
    ['鍵', 'site'],
    ['con', 'site-con'],
    ['../../etc/passwd', 'etc-passwd'],
    ['x'.repeat(100), 'x'.repeat(50)],
  ])('makes of the name %j the id %s', async (name, id) => {
    expect(valueOf(await library.freeId(name))).toBe(id);
  });

  it('gives no id that anything of another site bears, be it only its journals', async () => {
    valueOf(await library.write('north-gate', north));
    await mkdir(join(folder, 'north-gate-2.journals'), { mode: 0o700 });
    await library.keepSeen('north-gate-3', seen);
    expect(valueOf(await library.freeId('North gate!'))).toBe('north-gate-4');
  });

  it('lists a damaged file with its faults and leaves it as it is', async () => {
    valueOf(await library.write('a', storedProfile));
    const damaged = profileText(storedProfile).slice(0, 200);
    await writeFile(join(folder, 'b.json'), damaged, { mode: 0o600 });
    await writeFile(join(folder, 'c.json'), Buffer.alloc(300_000), { mode: 0o600 });
    await mkdir(join(folder, 'd.json'), { mode: 0o700 });
    const listed = await entries();
    expect(listed.map(({ id, profile, faults: [fault] }) => [id, profile === null, fault?.code])).toEqual([
      ['a', false, undefined],
      ['b', true, 'json'],
      ['c', true, 'size'],
      ['d', true, 'text'],
    ]);
    expect(await readFile(join(folder, 'b.json'), 'utf8')).toBe(damaged);
  });

  it('does not trust a file that others can write, or that is a link, and says how to mend it', async () => {
    valueOf(await library.write('a', storedProfile));
    valueOf(await library.write('b', storedProfile));
    await chmod(join(folder, 'a.json'), 0o620);
    await symlink(join(folder, 'b.json'), join(folder, 'c.json'));
    await symlink(join(folder, 'nothing.json'), join(folder, 'e.json'));
    const [a, b, c, e] = await entries();
    expect(a).toMatchObject({
      profile: null,
      faults: [{ sentence: expect.stringContaining('can be written by others') }],
    });
    expect(a?.faults[0]?.sentence).toContain('chmod go-w');
    expect(b?.profile).toEqual(storedProfile);
    for (const link of [c, e])
      expect(link).toMatchObject({ profile: null, faults: [{ sentence: expect.stringContaining('link') }] });
  });

  it('does not trust a folder that others can write', async () => {
    valueOf(await library.write('a', storedProfile));
    await chmod(folder, 0o777);
    expect(codeOf(await library.list(null))).toBe('state-folder-unsafe');
    expect(codeOf(await library.write('a', north))).toBe('state-folder-unsafe');
    await chmod(folder, 0o700);
    expect((await entries())[0]?.profile).toEqual(storedProfile);
  });

  it.each(['', '{', 'null', '[]', '{"at":"yesterday"}', JSON.stringify({ ...seen, more: 1 })])(
    'knows nothing of what was seen where that file says %j',
    async (text) => {
      valueOf(await library.write('a', storedProfile));
      await writeFile(join(folder, 'a.seen.json'), text, { mode: 0o600 });
      expect((await entries())[0]).toMatchObject({ profile: storedProfile, lastSeen: null });
    },
  );
});

/** Writes two profiles in turn until it is ended. */
const writer = `
  import { siteFilesIn } from '#electron/site/profile/site-files.ts';
  import { SiteLibrary } from '#electron/site/profile/site-library.ts';
  const [folder, one, other] = process.argv.slice(1);
  const library = new SiteLibrary(siteFilesIn(folder));
  process.stdout.write('begun');
  for (;;) for (const text of [one, other]) {
    const written = await library.write('a', JSON.parse(text));
    if (!written.ok) { process.stderr.write(written.error.sentence); process.exit(1); }
  }
`;

describe('The library, written by another process', () => {
  it('shows one whole profile or the other at every moment, also after that process is killed', async () => {
    const long = {
      ...north,
      name: 'x'.repeat(100),
      controllerTable: {
        ...north.controllerTable,
        unsupportedModels: Array.from({ length: 500 }, (_, index) => `Model ${index}`),
      },
    };
    valueOf(await library.write('a', storedProfile));
    const texts = new Set([storedProfile, long].map((each) => profileText(each)));
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(
        process.execPath,
        ['--input-type=module-typescript', '-e', writer, folder, JSON.stringify(storedProfile), JSON.stringify(long)],
        { cwd: join(import.meta.dirname, '../../../..'), stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await once(child.stdout, 'data');
      const found = new Set<string>();
      for (let reading = 0; reading < 300; reading += 1) found.add(valueOf(await library.read('a')).text ?? '');
      child.kill('SIGKILL');
      await once(child, 'close');
      for (const text of found) expect(texts.has(text)).toBe(true);
      expect(texts.has(valueOf(await library.read('a')).text ?? '')).toBe(true);
    }
    expect((await entries()).map(({ id }) => id)).toEqual(['a']);
    valueOf(await library.write('a', north));
    expect((await entries())[0]?.profile).toEqual(north);
  }, 60_000);
});
