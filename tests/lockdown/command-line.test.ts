import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLock } from '#electron/machine/file-lock.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { mortise as runMortise } from '#tests/mortise.ts';
import { newStateFolder, removeStateFolder, siteImage, valueOf } from './open-mortise.ts';

describe('The command line, as a process of its own', () => {
  let stateFolder = '';
  beforeEach(async () => {
    stateFolder = await newStateFolder();
  });
  afterEach(async () => {
    await removeStateFolder(stateFolder);
  });

  const mortise = async (...args: readonly string[]) => await runMortise(args, { stateFolder });

  it('commissions, locks, shows and takes back, with the documented exit codes', async () => {
    expect(await mortise('prepare', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('CREATE SCHEMA mortise'),
    });
    expect(await mortise('commissioning', 'off', '--reason', 'Handover', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('commissioning', 'status')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^off since/),
    });
    expect(await mortise('commissioning', 'off', '--yes')).toMatchObject({ code: 3 });
    expect(await mortise('remove', '--yes')).toMatchObject({
      code: 3,
      err: expect.stringContaining('Commissioning mode is off'),
    });
    expect(await mortise('secure-mode', 'on', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('rotate', 'acs_service', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('rotate', 'acs_service', '--back', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('secure-mode', 'off', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('commissioning', 'on', '--reason', 'Door 7', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('remove', '--yes')).toMatchObject({ code: 0 });
    expect(await mortise('trail', 'verify')).toMatchObject({ code: 0, out: expect.stringContaining('hold') });
  }, 120_000);

  it('answers one JSON document with --json, known and unknown told apart', async () => {
    const status = await mortise('status', '--json');
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      site: { kind: 'training' },
      server: { state: 'known' },
      commissioning: { value: { state: 'not-prepared' } },
    });
    const failed = await mortise('rotate', 'nobody', '--json', '--yes');
    expect(failed.code).not.toBe(0);
    expect(JSON.parse(failed.out)).toMatchObject({ plan: null, failure: { code: 'login-not-rotatable' } });
  });

  it('changes nothing without --yes where nobody can be asked', async () => {
    await mortise('status');
    const before = await siteImage(stateFolder);
    expect(await mortise('lockdown')).toMatchObject({
      code: 3,
      out: expect.stringContaining('Who notices'),
      err: expect.stringContaining('Nothing was changed'),
    });
    expect(await siteImage(stateFolder)).toBe(before);
  });

  it('says what it did not understand', async () => {
    expect(await mortise('lokdown')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no command "lokdown".'),
    });
    expect(await mortise('commissioning', 'perhaps')).toMatchObject({ code: 2 });
  });

  it('tells the second one who changes the site and since when', async () => {
    const other = createFileLock({
      folder: stateFolder,
      actor: { account: 'ACS\\lena', elevated: true, machine: 'ACS' },
      clock: systemClock,
    });
    const held = valueOf(await other.take('Rotate acs_service'));
    expect(await mortise('prepare', '--yes')).toMatchObject({
      code: 4,
      err: expect.stringMatching(/ACS\\lena .* since \d{4}-/),
    });
    await held.release();
  });

  it('names the first entry of the trail that was edited', async () => {
    expect((await mortise('prepare', '--yes')).code).toBe(0);
    const path = join(stateFolder, 'trail.log');
    const bytes = await readFile(path);
    const at = bytes.indexOf('site.prepare');
    bytes.write('site.PREPARE', at);
    await writeFile(path, bytes);
    const verdict = await mortise('trail', 'verify');
    expect(verdict.code).not.toBe(0);
    expect(verdict.out + verdict.err).toMatch(/1/);
  });

  it('never takes an unreachable real site for an open or a locked one', async () => {
    const profile = join(stateFolder, 'site.json');
    await writeFile(
      profile,
      JSON.stringify({
        format: 1,
        name: 'Harbour',
        endpoint: {
          host: '127.0.0.1',
          transport: { kind: 'tcp', port: 1 },
          trust: { kind: 'ca', certificate: null },
          database: 'Acs',
        },
        controllerTable: {
          schema: 'dbo',
          table: 'Controllers',
          key: { column: 'ControllerId', type: 'int' },
          identifying: [{ column: 'SerialNumber', type: 'nvarchar(32)' }],
          serial: 'SerialNumber',
          displayName: 'Name',
          address: 'Address',
          model: 'Model',
          lastSeen: { column: 'LastSeenUtc', timeBase: 'utc' },
          heartbeatSeconds: 60,
          unsupportedModels: [],
          guardUpdates: true,
        },
        runLogin: 'mortise_run',
        serviceLogins: [],
        services: [],
        consumers: [],
      }),
    );
    const status = await mortise('secure-mode', 'status', '--profile', profile);
    expect(status).toMatchObject({
      code: 6,
      out: expect.stringMatching(/^(?:unknown|not in force):/u),
    });
    const commissioning = await mortise('commissioning', 'status', '--profile', profile);
    expect(commissioning).toMatchObject({ code: 6, out: expect.stringMatching(/^unknown:/) });
  });
});
