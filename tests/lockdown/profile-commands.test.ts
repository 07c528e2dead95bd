import { chmod, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mortise as runMortise } from '#tests/mortise.ts';
import { storedProfile } from '#tests/unit/site/profile/stored-profile.ts';
import { newStateFolder, removeStateFolder } from './open-mortise.ts';

describe('The profile commands', () => {
  let stateFolder = '';
  beforeEach(async () => {
    stateFolder = await newStateFolder();
  });
  afterEach(async () => {
    await removeStateFolder(stateFolder);
  });

  const mortise = async (...args: readonly string[]) => await runMortise(args, { stateFolder, folder: stateFolder });

  const place = async (name: string, content: string) => {
    const path = join(stateFolder, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  /** A server that nobody answers on. */
  const away = {
    ...storedProfile,
    endpoint: { ...storedProfile.endpoint, transport: { kind: 'tcp', port: 1 } },
  };

  it('keeps a profile, shows, compares and saves it, and takes it away', async () => {
    const file = await place('harbour.json', JSON.stringify(away));
    expect(await mortise('profile', 'check', file)).toMatchObject({ code: 0, out: 'The profile is usable.\n' });
    const kept = await mortise('profile', 'import', file, '--yes');
    expect(kept).toMatchObject({ code: 0, out: expect.stringContaining('+  "name": "Harbour Office",') });
    expect(await mortise('profile', 'list')).toMatchObject({
      code: 0,
      out: 'harbour-office  Harbour Office, 127.0.0.1:1, database Acs\n  not seen yet\n',
    });
    const shown = await mortise('profile', 'show', 'harbour-office');
    expect(JSON.parse(shown.out)).toEqual(away);

    const other = await place('other.json', JSON.stringify({ ...away, name: 'North Gate' }));
    expect(await mortise('profile', 'import', other, '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('profile', 'diff', 'harbour-office', 'north-gate')).toMatchObject({
      code: 6,
      out: 'name\n  harbour-office: Harbour Office\n  north-gate: North Gate\n',
    });
    expect(await mortise('profile', 'diff', 'north-gate', 'north-gate')).toMatchObject({ code: 0 });
    expect(await mortise('profile', 'export', 'north-gate')).toMatchObject({
      code: 0,
      out: 'Saved to north-gate.json.\n',
    });
    expect(await readFile(join(stateFolder, 'north-gate.json'))).toEqual(
      await readFile(join(stateFolder, 'sites', 'north-gate.json')),
    );
    expect(await mortise('profile', 'remove', 'north-gate', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('profile', 'show', 'north-gate')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no site "north-gate" in the library.'),
    });
  }, 60_000);

  it('needs no training site to answer from the library', async () => {
    await mortise('profile', 'list');
    await mortise('profile', 'new', '--template', 'generic');
    await mortise('profile', 'schema');
    expect(await readdir(stateFolder)).toEqual([]);
  }, 30_000);

  it('opens a site of the library without a training site, and tells what stands in the way', async () => {
    await mortise('profile', 'list');
    const file = await place('harbour.json', JSON.stringify(away));
    expect(await mortise('status', '--profile', file, '--json')).toMatchObject({ code: 6 });
    const sites = join(stateFolder, 'sites');
    await writeFile(join(sites, 'harbour.json'), JSON.stringify(away), { mode: 0o600 });
    const status = await mortise('status', '--site', 'harbour', '--json');
    expect(status.code).toBe(6);
    expect(JSON.parse(status.out)).toMatchObject({
      site: { id: 'harbour', kind: 'real', name: 'Harbour Office' },
      commissioning: { state: 'unknown' },
    });
    expect(await readdir(stateFolder)).not.toContain('training');
    expect((await readdir(sites)).toSorted()).toEqual([
      expect.stringMatching(/^file-[0-9a-f]{16}\.journals$/),
      'harbour.journals',
      'harbour.json',
    ]);
  }, 60_000);

  it('refuses a profile that others can write, and says how to mend it', async () => {
    const file = await place('harbour.json', JSON.stringify(away));
    await chmod(file, 0o666);
    expect(await mortise('status', '--profile', file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/can be written by others \(every account\).*\n.*chmod go-w /),
    });
    await chmod(file, 0o600);
    expect((await mortise('status', '--profile', file)).err).not.toContain('chmod');
  }, 30_000);

  it('keeps nothing of a profile with faults, and names every one with its place', async () => {
    const file = await place('broken.json', JSON.stringify({ ...away, name: '', runLogin: 5, more: 1 }));
    const refused = await mortise('profile', 'import', file, '--yes');
    expect(refused.code).toBe(1);
    for (const start of ['name: This is empty.', 'runLogin: Here stands a number.', 'more: "more" is unknown'])
      expect(refused.err).toContain(start);
    const checked = await mortise('profile', 'check', file, '--json');
    expect(checked.code).toBe(6);
    expect(JSON.parse(checked.out)).toMatchObject({
      profile: null,
      faults: [{ path: 'name' }, { path: 'runLogin' }, { path: 'more' }],
    });
    expect(await mortise('profile', 'list')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No site is kept'),
    });
  }, 30_000);
});
