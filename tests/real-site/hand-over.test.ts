import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { SiteProfile } from '#shared/site-profile.ts';
import { answerConsent } from '#tests/e2e/harness/native-dialogs.ts';
import { openWindow } from '#tests/e2e/harness/window.ts';
import type { OpenWindow } from '#tests/e2e/harness/window.ts';
import { PlanDialog } from '#tests/e2e/pages/plan-dialog.ts';
import { SecurityTab } from '#tests/e2e/pages/security-tab.ts';
import { mortise } from '#tests/mortise.ts';
import { openHarbourOffice } from './harbour-office.ts';
import { keychainIsThere, secondServer } from './second-server.ts';
import type { SecondServer } from './second-server.ts';

const login = 'desk_app';
const first = 'Before-the-first-rotation_2026';
const instructions = 'Open Desk, Settings, Database. Type the password below, then press Save.';

describe.runIf(keychainIsThere)('A password that only a person can enter', () => {
  let server: SecondServer;
  let opened: OpenWindow;

  const logsIn = async (password: string) => Array.isArray(await server.ask('SELECT 1 AS one;', { login, password }));

  beforeAll(async () => {
    server = await secondServer();
    const stateFolder = await mkdtemp(join(tmpdir(), 'mortise-hand-over-'));
    const profile: SiteProfile = {
      ...server.profile,
      services: [],
      serviceLogins: [{ login, services: [], consumers: ['desk'] }],
      consumers: [{ id: 'desk', kind: 'person', place: 'Desk <Settings>', instructions, login }],
    };
    const profilePath = join(server.folder, 'desk.json');
    await writeFile(profilePath, JSON.stringify(profile), { mode: 0o600 });
    await server.ask(`CREATE LOGIN ${login} WITH PASSWORD = N'${first}', CHECK_POLICY = OFF;`);
    await server.ask(`CREATE USER ${login} FOR LOGIN ${login};`);
    const site = ['--site', 'harbour-office', '--yes'];
    for (const [args, ...typed] of [
      [['profile', 'import', profilePath, '--yes']],
      [['create-login', '--setup-login', server.admin.login, ...site], server.admin.password],
      [['adopt', login, ...site], first],
    ] as const)
      expect(await mortise(args, { stateFolder, typed }), args.join(' ')).toMatchObject({ code: 0 });
    opened = await openWindow(stateFolder);
    opened.page.setDefaultTimeout(15_000);
    await answerConsent(opened.app, 'confirm');
  });
  afterAll(async () => {
    await opened.close();
    await server.stop();
  });

  it('belongs to a site that is opened from the library', async () => {
    await openHarbourOffice(opened);
  });

  /** Rotates up to where the person is asked, and hands over that window. */
  async function asked(): Promise<{ readonly dialog: PlanDialog; readonly shown: Page }> {
    await new SecurityTab(opened.page).rotate(login);
    const dialog = new PlanDialog(opened.page);
    await dialog.waitForPlan();
    const window = opened.app.waitForEvent('window');
    await dialog.apply();
    const shown = await window;
    await shown.getByRole('heading', { name: `Enter the new password of ${login} in Desk <Settings>` }).waitFor();
    return { dialog, shown };
  }

  it('is shown in a window of its own, works, and is nowhere on the page', async () => {
    const { dialog, shown } = await asked();
    expect(await shown.locator('body').innerText()).toContain('then press Save.');
    const password = (await shown.getByRole('status').textContent()) ?? '';
    expect(password).toMatch(/^\S{40}$/);
    expect(await opened.page.content()).not.toContain(password);
    expect(await opened.app.evaluate(({ clipboard }) => clipboard.readText())).not.toContain(password);
    await shown.getByRole('button', { name: 'Done' }).click();
    expect(await dialog.end()).toContain(`${login} logs in with the new password`);
    await dialog.close();
    expect([await logsIn(password), await logsIn(first)]).toEqual([true, false]);
  });

  it('stays open where the person gives up, with both passwords kept, and is asked for again', async () => {
    const { dialog, shown } = await asked();
    const password = (await shown.getByRole('status').textContent()) ?? '';
    await opened.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((each) => each.getParentWindow() !== null);
      window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
    });
    expect(await dialog.end()).toContain(`The password of ${login} was not entered in Desk <Settings>.`);
    await dialog.close();
    expect(await logsIn(password)).toBe(true);
    const again = await asked();
    expect(await again.shown.getByRole('status').textContent()).toBe(password);
    await again.shown.getByRole('button', { name: 'Done' }).click();
    expect(await again.dialog.end()).toContain(`${login} logs in with the new password`);
    await again.dialog.close();
  });
});

if (!keychainIsThere) {
  describe('A password that only a person can enter', () => {
    it.skip('left out: MORTISE_TEST_KEYCHAIN is not set');
  });
}
