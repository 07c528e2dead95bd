import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { guardErrors } from '#shared/vocabulary.ts';
import { answerConsent } from '#tests/e2e/harness/native-dialogs.ts';
import { openWindow } from '#tests/e2e/harness/window.ts';
import type { OpenWindow } from '#tests/e2e/harness/window.ts';
import { Header } from '#tests/e2e/pages/header.ts';
import { PlanDialog } from '#tests/e2e/pages/plan-dialog.ts';
import { Tabs } from '#tests/e2e/pages/tabs.ts';
import { keychainIsThere, ownLogin, secondServer } from './second-server.ts';
import type { SecondServer } from './second-server.ts';

const added =
  "INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) VALUES (9001, N'SN-9001', N'New', N'10.0.9.1', N'ACU-4');";

describe.runIf(keychainIsThere)('A real site, from the first visit to the lock, in the real window', () => {
  let server: SecondServer;
  let opened: OpenWindow;
  let header: Header;
  let tabs: Tabs;
  let dialog: PlanDialog;

  const button = (name: string | RegExp): Locator => opened.page.getByRole('button', { name }).first();
  const field = (name: string | RegExp): Locator => opened.page.getByRole('textbox', { name }).first();

  beforeAll(async () => {
    server = await secondServer();
    opened = await openWindow();
    [header, tabs, dialog] = [new Header(opened.page), new Tabs(opened.page), new PlanDialog(opened.page)];
    opened.page.setDefaultTimeout(10_000);
    await answerConsent(opened.app, 'confirm');
    await header.waitUntilShown();
  });
  afterAll(async () => {
    await opened.close();
    await server.stop();
  });

  /** The dialogs of changes by an administrator of SQL Server. */
  async function asAdministrator(reason?: string): Promise<string> {
    const open = opened.page.getByRole('dialog');
    if (reason !== undefined) await open.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await open.getByRole('textbox', { name: 'Setup login' }).fill(server.admin.login);
    await open.getByLabel('Setup password').fill(server.admin.password);
    await open.getByRole('button', { name: 'Show the plan' }).click();
    await dialog.waitForPlan();
    return await dialog.applyAndClose();
  }

  it('is described with help: the assistant looks, reads and asks', async () => {
    const { page } = opened;
    const { host, transport } = server.profile.endpoint;
    await button('Sites …').click();
    await button('New site').click();
    await page.getByRole('radio', { name: /^Any software/u }).check();
    await field('Name of the site').fill('Harbour office');
    await button('Next').click();

    await field('Host').fill(host);
    await field('Port number').fill(transport.kind === 'tcp' ? String(transport.port) : '');
    await button('Look at the server').click();
    await page.getByRole('heading', { name: 'What the server shows' }).waitFor();
    await page.getByRole('radio', { name: /^Exactly this/u }).check();
    await button('Next').click();

    await field('Setup login').fill(server.admin.login);
    await page.getByLabel('Setup password').fill(server.admin.password);
    await button('Read the databases').click();
    await page.getByRole('radio', { name: /^Acs\b/u }).check();
    await page.getByText(/looks? like a controller table/u).waitFor();
    await button('Next').click();

    await page.getByRole('radio', { name: /^dbo.Controllers/u }).check();
    await button('Next').click();

    await field('Mortise’s own login').fill(ownLogin);
    await button('Next').click();
    await page.getByText('The profile is whole.').waitFor();
    await button('Keep this profile').click();
    await dialog.waitForPlan();
    await dialog.applyAndClose();
    await button('Open this site').click();
  });

  it('opens as a real site: no word of training or simulation anywhere', async () => {
    await expect.poll(() => header.text()).toContain('Harbour office');
    expect(await header.text()).not.toMatch(/simulated|training/iu);
    expect(await opened.page.getByRole('main').innerText()).not.toMatch(/simulated/iu);
  });

  it('is assessed as the administrator, and nothing on it is changed', async () => {
    const before = await server.ask('SELECT name FROM sys.objects ORDER BY name;');
    const { page } = opened;
    await field('Setup login').fill(server.admin.login);
    await page.getByLabel('Setup password').fill(server.admin.password);
    await page.getByRole('button', { name: 'Assess this site' }).last().click();
    await page.getByText('What next').waitFor();
    expect(await page.getByRole('main').innerText()).toContain('Commissioning mode');
    expect(await server.ask('SELECT name FROM sys.objects ORDER BY name;')).toEqual(before);
  });

  it('gets its own login, is prepared and locked, and the lock holds', async () => {
    await button('Back to the site').click();
    await tabs.open('Database');
    await button('Create Mortise’s login').click();
    expect(await asAdministrator()).toContain(ownLogin);
    await expect.poll(async () => (await header.pills()).commissioning).toBe('Not prepared');
    await button('Prepare this site').click();
    await asAdministrator();
    await expect.poll(async () => (await header.pills()).commissioning).toBe('On');
    await tabs.open('General');
    await button('Rehearse the lock').click();
    await dialog.showPlan('Try the vendor’s software');
    await dialog.applyAndClose();
    await expect.poll(async () => (await header.pills()).commissioning).toBe('Rehearsing the lock');
    expect(await server.ask(added)).toBe(guardErrors.membership);
    await button('Keep it locked').click();
    await dialog.showPlan('It works');
    await dialog.applyAndClose();
    await expect.poll(async () => (await header.pills()).commissioning).toBe('Off');
    expect(await server.ask(added)).toBe(guardErrors.membership);
  });

  it('names a trigger that somebody disabled, with the way out beside it', async () => {
    await server.ask('DISABLE TRIGGER dbo.mortise_guard_membership ON dbo.Controllers;');
    await header.refresh();
    await opened.page.getByText('Guard disabled').first().waitFor();
    await button('Put the guard up again').click();
    await asAdministrator('Somebody disabled it');
    await expect.poll(async () => (await header.pills()).commissioning).toBe('Off');
    expect(await server.ask(added)).toBe(guardErrors.membership);
  });
});

if (!keychainIsThere) {
  describe('A real site, in the real window', () => {
    it.skip('left out: MORTISE_TEST_KEYCHAIN is not set');
  });
}
