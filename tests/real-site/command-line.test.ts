import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardErrors } from '#shared/vocabulary.ts';
import { mortise } from '#tests/mortise.ts';
import type { Answer } from '#tests/mortise.ts';
import { filesUnder } from './files-under.ts';
import { keychainIsThere, ownLogin, secondServer } from './second-server.ts';
import type { SecondServer } from './second-server.ts';

const added =
  "INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) VALUES (9001, N'SN-9001', N'New', N'10.0.9.1', N'ACU-4');";
const taken = 'DELETE FROM dbo.Controllers WHERE ControllerId = 9001;';

describe.runIf(keychainIsThere)('A real site, from the first visit to the last, by the command line', () => {
  let server: SecondServer;
  let stateFolder = '';
  const site = ['--site', 'harbour-office'];
  const everything: string[] = [];

  async function run(...args: readonly string[]): Promise<Answer> {
    const answer = await mortise(args, { stateFolder, typed: [server.admin.password] });
    everything.push(answer.out, answer.err);
    return answer;
  }
  const asSetup = async (...args: readonly string[]) =>
    await run(...args, ...site, '--setup-login', server.admin.login, '--yes');
  const asOurselves = async (...args: readonly string[]) => await run(...args, ...site, '--yes');

  beforeAll(async () => {
    server = await secondServer();
    stateFolder = await mkdtemp(join(tmpdir(), 'mortise-real-'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(stateFolder, { recursive: true, force: true });
  });

  it('takes its profile into the library', async () => {
    expect(await run('profile', 'import', server.profilePath, '--yes')).toMatchObject({ code: 0 });
    expect((await run('profile', 'list')).out).toContain('harbour-office');
  });

  it('assesses it as the setup principal before anything is there, and changes nothing', async () => {
    const before = await server.ask('SELECT name FROM sys.objects ORDER BY name;');
    const visit = await run('assess', ...site, '--setup-login', server.admin.login, '--json');
    const report = JSON.parse(visit.out) as { readonly site: { readonly name: string }; readonly findings: unknown[] };
    expect(report.site.name).toBe('Harbour office');
    expect(report.findings.length).toBeGreaterThan(10);
    expect(await server.ask('SELECT name FROM sys.objects ORDER BY name;')).toEqual(before);
  });

  it('says that its own login is not there yet, and how to make it', async () => {
    const status = await run('status', ...site);
    expect(status.code).not.toBe(0);
    expect(status.out + status.err).not.toContain('simulated');
  });

  it('creates its own login, with its password in the keychain', async () => {
    expect(await asSetup('create-login')).toMatchObject({ code: 0 });
    expect(await server.ask(`SELECT name FROM sys.sql_logins WHERE name = N'${ownLogin}';`)).toEqual([
      { name: ownLogin },
    ]);
    const status = await run('status', ...site, '--json');
    expect(JSON.parse(status.out)).toMatchObject({
      site: { kind: 'real' },
      secretStore: { kind: 'keychain' },
      server: { value: { connection: { login: ownLogin, encrypted: true, certificate: 'verified' } } },
      commissioning: { value: { state: 'not-prepared' } },
      // By what this machine's own firewall says of it.
      secureMode: { firewall: 'nftables', drift: [], probe: { state: 'not-probed' } },
    });
  });

  it('prepares it, locks it, and the lock holds against everybody else', async () => {
    expect(await asSetup('prepare')).toMatchObject({ code: 0 });
    expect(await server.ask(`${added} ${taken}`)).toEqual([]);
    expect(await asOurselves('commissioning', 'off', '--reason', 'Handover')).toMatchObject({ code: 0 });
    expect(await server.ask(added)).toBe(guardErrors.membership);
    expect(await run('commissioning', 'status', ...site)).toMatchObject({ code: 0 });
  });

  it('opens it until a time, and rehearses the lock', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect(await asOurselves('commissioning', 'on', '--reason', 'Door 7', '--until', until)).toMatchObject({ code: 0 });
    expect(await server.ask(`${added} ${taken}`)).toEqual([]);
    const rehearsed = await asOurselves('commissioning', 'rehearse', '--reason', 'Try it', '--minutes', '5');
    expect(rehearsed).toMatchObject({ code: 0 });
    expect(await server.ask(added)).toBe(guardErrors.membership);
    expect(await asOurselves('commissioning', 'off', '--reason', 'It works')).toMatchObject({ code: 0 });
  });

  it('names who disabled the trigger, and mends it', async () => {
    await server.ask('DISABLE TRIGGER dbo.mortise_guard_membership ON dbo.Controllers;');
    const status = await run('commissioning', 'status', ...site);
    expect(status).toMatchObject({ code: 6, out: expect.stringContaining('Guard disabled') });
    expect(await asSetup('guard', 'up', '--reason', 'Somebody disabled it')).toMatchObject({ code: 0 });
    expect(await run('commissioning', 'status', ...site)).toMatchObject({ code: 0 });
    expect(await server.ask(added)).toBe(guardErrors.membership);
  });

  it('names what went past the guard, and renews the register when asked to', async () => {
    await server.ask('DISABLE TRIGGER dbo.mortise_guard_membership ON dbo.Controllers;');
    expect(await server.ask(added)).toEqual([]);
    await server.ask('ENABLE TRIGGER dbo.mortise_guard_membership ON dbo.Controllers;');
    expect(await run('commissioning', 'status', ...site)).toMatchObject({
      code: 6,
      out: expect.stringContaining('Register differs'),
    });
    expect(await asOurselves('commissioning', 'renew', '--reason', 'Reviewed')).toMatchObject({ code: 0 });
    expect(await run('commissioning', 'status', ...site)).toMatchObject({ code: 0 });
  });

  it('takes the guard down for the vendor, and puts it up again', async () => {
    expect(await asOurselves('commissioning', 'on', '--reason', 'Upgrade')).toMatchObject({ code: 0 });
    expect(await asSetup('upgrade', 'begin', '--reason', 'Version 9')).toMatchObject({ code: 0 });
    expect(await run('commissioning', 'status', ...site)).toMatchObject({
      code: 6,
      out: expect.stringMatching(/^upgrading/),
    });
    expect(await asSetup('upgrade', 'end', '--reason', 'Version 9')).toMatchObject({ code: 0 });
  });

  it('is removed without trace', async () => {
    expect(await asSetup('remove')).toMatchObject({ code: 0 });
    expect(await server.ask("SELECT name FROM sys.objects WHERE name LIKE N'mortise%';")).toEqual([]);
    expect(await server.ask("SELECT name FROM sys.schemas WHERE name = N'mortise';")).toEqual([]);
  });

  it('told no password to anybody: not on the screen, not in a file', async () => {
    expect(everything.join('\n')).not.toContain(server.admin.password);
    const files = await filesUnder(stateFolder);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(await readFile(file, 'latin1'), file).not.toContain(server.admin.password);
  });
});

if (!keychainIsThere) {
  describe('A real site, by the command line', () => {
    it.skip('left out: MORTISE_TEST_KEYCHAIN is not set');
  });
}
