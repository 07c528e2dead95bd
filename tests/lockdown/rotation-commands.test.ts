import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verification } from '#shared/verification.ts';
import { acsReports } from '#electron/training/practice-logins.ts';
import { mortise as runMortise } from '#tests/mortise.ts';
import { asAdministrator, endSessionsOf } from './as-administrator.ts';
import { newStateFolder, removeStateFolder } from './open-mortise.ts';

let stateFolder = '';
beforeEach(async () => {
  stateFolder = await newStateFolder();
});
afterEach(async () => {
  await removeStateFolder(stateFolder);
});

/** The command line; what a person would type is piped in, a line each. */
const mortise = async (args: readonly string[], ...typed: readonly string[]) =>
  await runMortise(args, { stateFolder, typed });

/** The password that the service's own file holds. */
const held = async () =>
  /Password=([^;"]+)/.exec(await readFile(join(stateFolder, 'training/AcsService.exe.config'), 'utf8'))?.[1] ?? '';

describe('Passwords on the command line', () => {
  it('are verified, rotated all at once, and verified again as one JSON document', async () => {
    expect(await mortise(['verify', 'acs_service'])).toMatchObject({
      code: 6,
      out: expect.stringContaining('one that stands in a copy only'),
    });
    const all = await mortise(['rotate', '--all', '--yes']);
    expect(all).toMatchObject({ code: 0, out: expect.stringContaining('2 logins were rotated') });
    const { code, out } = await mortise(['verify', '--json']);
    expect(code).toBe(0);
    const verified = JSON.parse(out) as Verification[];
    expect(verified.map(({ login, verdict }) => `${login} ${verdict}`).toSorted()).toEqual([
      'acs_service agrees',
      'mortise_run agrees',
    ]);
  }, 60_000);

  it('are adopted, brought into line, and reset: each says what it found, and none is an argument', async () => {
    const outside = 'Set-by-the-vendor_2026';
    await mortise(['rotate', 'acs_service', '--yes']);
    await asAdministrator(
      stateFolder,
      `ALTER LOGIN acs_service WITH PASSWORD = N'${outside}';`,
      endSessionsOf('acs_service'),
    );
    expect(await mortise(['reconcile', 'acs_service', '--yes'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('None of the passwords that are known logs in as acs_service.'),
    });
    expect(await mortise(['adopt', 'acs_service', '--yes'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('No password was given for acs_service'),
    });
    expect(await mortise(['adopt', 'acs_service', '--yes'], 'mistyped')).toMatchObject({ code: 5 });
    expect(await mortise(['adopt', 'acs_service', '--yes'], outside)).toMatchObject({ code: 0 });
    expect(await mortise(['verify', 'acs_service'])).toMatchObject({ code: 6 });
    expect(await mortise(['reconcile', 'acs_service', '--yes'])).toMatchObject({ code: 0 });
    expect(await mortise(['verify', 'acs_service'])).toMatchObject({ code: 0 });
    const reset = await mortise(['reset', 'acs_service', '--yes']);
    expect(reset).toMatchObject({ code: 0, out: expect.stringContaining("PASSWORD = N'[secret]' UNLOCK") });
    expect(reset.out + reset.err).not.toContain(outside);
  }, 60_000);

  it('of a person are changed by two lines that are piped in, and judged before anything is sent', async () => {
    const { login, password } = acsReports;
    expect(await mortise(['passwd', login, '--yes'], password, 'short')).toMatchObject({
      code: 1,
      err: expect.stringContaining('It has fewer than 12 characters.'),
    });
    expect(await mortise(['passwd', login, '--yes'], password)).toMatchObject({ code: 2 });
    expect(await mortise(['passwd', login, '--yes'], password, 'My-own-2026-password')).toMatchObject({ code: 0 });
    expect(await mortise(['passwd', login, '--yes'], password, 'Another-2026-password')).toMatchObject({ code: 5 });
  }, 60_000);

  it('that are published defaults are found', async () => {
    expect(await mortise(['try-defaults', 'acs_service', '--yes'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('acs_service has a published default'),
    });
  }, 60_000);

  it('reach another account in a kit, which is never overwritten, and never overwrites what works', async () => {
    const kit = join(stateFolder, 'site.age');
    const passphrase = 'three doors and a lake';
    await mortise(['rotate', 'acs_service', '--yes']);
    expect(await mortise(['kit', 'export', kit, '--yes'], 'short')).toMatchObject({ code: 1 });
    expect(await mortise(['kit', 'export', kit, '--yes'], passphrase)).toMatchObject({ code: 0 });
    expect(await mortise(['kit', 'export', kit, '--yes'], passphrase)).toMatchObject({
      code: 1,
      err: expect.stringContaining('could not be saved'),
    });
    const inKit = await held();
    expect(await mortise(['kit', 'import', kit, '--yes'], passphrase)).toMatchObject({ code: 3 });
    await mortise(['rotate', 'acs_service', '--yes']);
    expect(await mortise(['kit', 'import', kit, '--yes'], 'three doors and a cake')).toMatchObject({
      code: 1,
      err: expect.stringContaining('This passphrase does not open'),
    });
    // An old kit never takes the place of what works.
    expect(await mortise(['kit', 'import', kit, '--yes'], passphrase)).toMatchObject({ code: 3 });
    expect(await mortise(['verify', 'acs_service'])).toMatchObject({ code: 0 });
    await asAdministrator(
      stateFolder,
      `ALTER LOGIN acs_service WITH PASSWORD = N'${inKit}';`,
      endSessionsOf('acs_service'),
    );
    expect(await mortise(['kit', 'import', kit, '--yes'], passphrase)).toMatchObject({
      code: 0,
      out: expect.stringContaining('is no longer in force'),
    });
    expect(await mortise(['reconcile', 'acs_service', '--yes'])).toMatchObject({ code: 0 });
    expect(await mortise(['verify', 'acs_service'])).toMatchObject({ code: 0 });
  }, 120_000);

  it('that lie in further files are found, with what to write into the profile, and never shown', async () => {
    const folder = join(stateFolder, 'vendor');
    await mkdir(folder);
    await writeFile(
      join(folder, 'appsettings.json'),
      JSON.stringify({ ConnectionStrings: { Acs: 'Server=acs;User ID=acs_service;Password=ChangeMe123' } }),
    );
    const found = await mortise(['consumers', 'find', folder]);
    expect(found).toMatchObject({ code: 6, out: expect.stringContaining('and the one that Mortise knows') });
    expect(found.out).toContain('"kind":"json"');
    expect(found.out).toContain('appsettings.json:1');
    expect(found.out + found.err).not.toContain('ChangeMe123');
    expect(JSON.parse((await mortise(['consumers', 'find', folder, '--json'])).out)).toMatchObject({
      proposals: [{ holds: 'known secret', login: 'acs_service', entry: { kind: 'json' } }],
    });
    expect(await mortise(['consumers', 'find'])).toMatchObject({ code: 0 });
  }, 60_000);
});
