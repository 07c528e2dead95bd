import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { Verification } from '#shared/verification.ts';
import { answerConsent } from '#tests/e2e/harness/native-dialogs.ts';
import { openWindow } from '#tests/e2e/harness/window.ts';
import type { OpenWindow } from '#tests/e2e/harness/window.ts';
import { PlanDialog } from '#tests/e2e/pages/plan-dialog.ts';
import { SecurityTab } from '#tests/e2e/pages/security-tab.ts';
import { mortise } from '#tests/mortise.ts';
import { openHarbourOffice } from './harbour-office.ts';
import { keyringIsLocked, lockInTheMiddle, unlockKeyring, vendorTool } from './keyring.ts';
import { keychainIsThere, secondServer } from './second-server.ts';
import type { SecondServer } from './second-server.ts';

const login = 'harbour_app';
const first = 'Before-the-first-rotation_2026';
const site = ['--site', 'harbour-office'];

/** The site with a login of its own, whose password stands in a JSON file and in the vendor's tool. */
async function describedSite(server: SecondServer): Promise<{ readonly profilePath: string; readonly json: string }> {
  const { folder } = server;
  const json = join(folder, 'appsettings.json');
  await writeFile(json, `{ "Acs": "Server=acs;User ID=${login};Password=${first}" } // kept\n`, { mode: 0o600 });
  const { program } = await vendorTool(folder);
  const profile: SiteProfile = {
    ...server.profile,
    services: [],
    serviceLogins: [{ login, services: [], consumers: ['settings', 'vendor'] }],
    consumers: [
      {
        id: 'settings',
        kind: 'json',
        path: json,
        pointer: '/Acs',
        holds: 'connection-string',
        loginPointer: null,
        login,
      },
      { id: 'vendor', kind: 'command', program, arguments: [], speaks: 'line', seconds: 30, login },
    ],
  };
  const profilePath = join(folder, 'described.json');
  await writeFile(profilePath, JSON.stringify(profile), { mode: 0o600 });
  await server.ask(`CREATE LOGIN ${login} WITH PASSWORD = N'${first}', CHECK_POLICY = OFF;`);
  await server.ask(`CREATE USER ${login} FOR LOGIN ${login};`);
  return { profilePath, json };
}

describe.runIf(keychainIsThere)('A rotation at a real site, in the real window, with a real keyring', () => {
  let server: SecondServer;
  let opened: OpenWindow;
  let json = '';
  let stateFolder = '';

  const held = async () => /Password=([^"]+)/.exec(await readFile(json, 'utf8'))?.[1] ?? '';
  const inTool = async () => await readFile(join(server.folder, 'vendor-tool.password'), 'utf8');
  const logsIn = async (password: string) => Array.isArray(await server.ask('SELECT 1 AS one;', { login, password }));
  const cli = async (...args: readonly string[]) =>
    await mortise([...args, ...site, '--yes'], { stateFolder, typed: [server.admin.password] });
  const verified = async () =>
    (JSON.parse((await mortise(['verify', login, ...site, '--json'], { stateFolder })).out) as Verification[])[0];

  beforeAll(async () => {
    server = await secondServer();
    stateFolder = await mkdtemp(join(tmpdir(), 'mortise-real-rotation-'));
    const described = await describedSite(server);
    json = described.json;
    expect(await mortise(['profile', 'import', described.profilePath, '--yes'], { stateFolder })).toMatchObject({
      code: 0,
    });
    expect(await cli('create-login', '--setup-login', server.admin.login)).toMatchObject({ code: 0 });
    opened = await openWindow(stateFolder);
    opened.page.setDefaultTimeout(15_000);
    await answerConsent(opened.app, 'confirm');
  });
  afterAll(async () => {
    await unlockKeyring();
    await opened.close();
    await server.stop();
  });

  async function rotate(): Promise<string> {
    await new SecurityTab(opened.page).rotate(login);
    const dialog = new PlanDialog(opened.page);
    await dialog.waitForPlan();
    return await dialog.applyAndClose();
  }

  it('is opened from the library', async () => {
    await openHarbourOffice(opened);
  });

  it('reaches server, file and tool, and is kept in the keyring', async () => {
    expect(await rotate()).toContain(`${login} logs in with the new password`);
    const now = await held();
    expect(now).not.toBe(first);
    expect(await inTool()).toBe(now);
    expect([await logsIn(now), await logsIn(first)]).toEqual([true, false]);
    expect(await verified()).toMatchObject({ verdict: 'agrees', kept: ['current', 'previous'] });
  });

  it('says that the keyring was locked in the middle, loses nothing, and goes on when it is open again', async () => {
    const before = await held();
    await lockInTheMiddle(server.folder);
    expect(await rotate()).toContain('The keychain of this account is locked or does not answer.');
    expect(await keyringIsLocked()).toBe(true);
    const during = await held();
    expect(during).not.toBe(before);
    expect(await logsIn(during)).toBe(true);
    await unlockKeyring();
    expect(await keyringIsLocked()).toBe(false);
    expect(await cli('verify', login)).toMatchObject({ out: expect.stringContaining('the pending one') });
    await rotate();
    expect(await held()).toBe(during);
    expect(await inTool()).toBe(during);
    expect(await verified()).toMatchObject({ verdict: 'agrees' });
  });

  it('is of Mortise’s own login too, which the keyring keeps', async () => {
    expect(await cli('rotate', '--all')).toMatchObject({ code: 0 });
    expect(await verified()).toMatchObject({ verdict: 'agrees' });
    expect(await cli('status')).toMatchObject({ out: expect.stringContaining('Harbour office') });
  });
});

if (!keychainIsThere) {
  describe('A rotation at a real site', () => {
    it.skip('left out: MORTISE_TEST_KEYCHAIN is not set');
  });
}
