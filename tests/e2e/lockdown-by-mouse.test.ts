import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardErrors } from '#shared/vocabulary.ts';
import { answerConsent, askedConsent, saveInto } from './harness/native-dialogs.ts';
import { openWindow } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { openIndependentClient } from './independent-client.ts';
import type { IndependentClient } from './independent-client.ts';
import { ControllersTable } from './pages/controllers-table.ts';
import { DatabaseTab } from './pages/database-tab.ts';
import { Header } from './pages/header.ts';
import { LockdownWizard } from './pages/lockdown-wizard.ts';
import { PlanDialog } from './pages/plan-dialog.ts';
import { SecurityTab } from './pages/security-tab.ts';
import { Tabs } from './pages/tabs.ts';

/** A controller without doors, put there by the independent client before anything is locked. */
const spare = 'E2E-SPARE-1';
const soon = { timeout: 60_000, interval: 100 };

let opened: OpenWindow;
let client: IndependentClient;
let reports: string;
let header: Header;
let tabs: Tabs;
let dialog: PlanDialog;
let wizard: LockdownWizard;
let serialsBefore: readonly string[];

beforeAll(async () => {
  opened = await openWindow();
  const { page, app, stateFolder } = opened;
  [header, tabs, dialog, wizard] = [new Header(page), new Tabs(page), new PlanDialog(page), new LockdownWizard(page)];
  await header.waitUntilShown();
  client = await openIndependentClient(stateFolder);
  reports = await mkdtemp(path.join(tmpdir(), 'mortise-reports-'));
  await saveInto(app, reports);
});
afterAll(async () => {
  await client.close();
  await opened.close();
  await rm(reports, { recursive: true, force: true });
});

const savedAt = (said: string) => said.replace('Saved to ', '');
const refused = (number: number) => ({ state: 'refused', number });

async function everyChangeIsRefused(): Promise<void> {
  expect(await client.insertController('E2E-NEW')).toMatchObject(refused(guardErrors.membership));
  expect(await client.deleteController(spare)).toMatchObject(refused(guardErrors.membership));
  expect(await client.rekeyController(spare, 'E2E-OTHER')).toMatchObject(refused(guardErrors.identity));
  expect(await client.heartbeat(spare)).toMatchObject({ state: 'done' });
}

async function everyChangePasses(): Promise<void> {
  expect(await client.insertController('E2E-NEW')).toMatchObject({ state: 'done' });
  expect(await client.rekeyController('E2E-NEW', 'E2E-OTHER')).toMatchObject({ state: 'done' });
  expect(await client.heartbeat('E2E-OTHER')).toMatchObject({ state: 'done' });
  expect(await client.deleteController('E2E-OTHER')).toMatchObject({ state: 'done' });
}

describe('The guided lockdown by mouse, in the real window', () => {
  it('begins on an open site, where every client changes controllers, from another machine too', async () => {
    await expect
      .poll(() => header.pills())
      .toEqual({
        commissioning: 'Not prepared',
        secureMode: 'Not in force',
        connection: 'Encrypted, verified',
      });
    expect(await header.text()).toContain('simulated');
    await everyChangePasses();
    expect(await client.insertController(spare, 'the other machine')).toMatchObject({ state: 'done' });
    expect(await client.report('the other machine')).toMatchObject({ state: 'done' });
    serialsBefore = await client.serials();
    expect(serialsBefore).toHaveLength(25);
    await header.refresh();
    await expect.poll(() => new ControllersTable(opened.page).count('Total')).toBe(25);
  });

  it('shows everything word for word before anything is changed', async () => {
    await wizard.start();
    await wizard.fill('Ines Okafor', 'Handover, order 4711');
    expect(await wizard.login()).toBe('acs_service');
    await wizard.showPlan();

    const statements = (await wizard.planned('T-SQL')).join('\n');
    expect(statements).toContain('CREATE TRIGGER [dbo].[mortise_guard_membership]');
    expect(statements).toContain('ALTER LOGIN [acs_service] WITH PASSWORD');
    expect(statements).toContain('EXEC mortise.commissioning_off');
    const [diff = ''] = await wizard.planned('File');
    expect(diff).toMatch(/^-.*Password=/mu);
    expect(diff).toMatch(/^\+.*Password=/mu);
    const shown = await wizard.text();
    expect(shown).toContain('AcsService.exe.config');
    expect(shown).toMatch(/Add rule\s+\S/u);
    expect(shown).toContain('acs_reports');
    expect(shown).not.toContain('ChangeMe123');
    expect(await opened.page.content()).not.toContain('ChangeMe123');

    await everyChangePasses();
    expect((await header.pills()).commissioning).toBe('Not prepared');
  });

  it('runs step by step, and refuses every client as soon as commissioning mode is off', async () => {
    await wizard.apply();
    await expect.poll(() => wizard.stateOf('Switch commissioning mode off'), soon).toBe('Done');
    await everyChangeIsRefused();
    await wizard.waitForStage('Outcome');
    expect((await wizard.steps()).map(({ state }) => state)).toEqual(['Done', 'Done', 'Done', 'Done', 'Done']);
  });

  it('ends with claims that were all verified', async () => {
    const claims = await wizard.claims();
    expect(claims.filter(({ verdict }) => verdict !== 'Verified')).toEqual([]);
    expect(claims.map(({ claim }) => claim)).toEqual(
      expect.arrayContaining([
        'AcsService logged in again',
        'Commissioning mode is off',
        'Another machine cannot connect',
        'The local services are still logged in',
      ]),
    );
    await expect
      .poll(() => header.pills())
      .toEqual({
        commissioning: 'Off',
        secureMode: 'In force',
        connection: 'Encrypted, verified',
      });
  });

  it('saves the summary as a page for people and as data for programs', async () => {
    const saidOfPage = await wizard.save('HTML');
    const saidOfData = await wizard.save('JSON');
    expect(path.dirname(savedAt(saidOfPage))).toBe(reports);
    const page = await readFile(savedAt(saidOfPage), 'utf8');
    expect(page).toContain('Ines Okafor');
    expect(page).toContain('Training site: everything here was simulated.');
    expect(page).not.toContain('ChangeMe123');
    const data = JSON.parse(await readFile(savedAt(saidOfData), 'utf8')) as {
      readonly lockdown: { readonly engineer: string; readonly state: string };
    };
    expect(data.lockdown).toMatchObject({ engineer: 'Ines Okafor', state: 'finished' });
  });

  it('leaves a site on which nobody changes controllers and no other machine connects', async () => {
    await everyChangeIsRefused();
    expect(await client.serials()).toEqual(serialsBefore);
    expect(await client.report('this machine')).toMatchObject({ state: 'done' });
    expect(await client.report('the other machine')).toMatchObject({ state: 'no-connection' });
    expect(await client.insertController('E2E-NEW', 'the other machine')).toMatchObject({ state: 'no-connection' });

    await wizard.leave();
    await tabs.open('Security');
    const security = new SecurityTab(opened.page);
    expect(await security.rules()).not.toEqual([]);
    expect(await security.probe()).toContain('Nothing was reached.');
    expect((await security.logins()).find((row) => row.startsWith('acs_service'))).not.toContain('Published default');
    expect(await security.verifyTrail()).toBe('The trail holds');
  });

  it('greys the Database tab out with the reason, and main refuses what it offers', async () => {
    await expect.poll(() => tabs.names()).toEqual(['General', 'Database (greyed out)', 'Security']);
    await tabs.open('Database');
    const database = new DatabaseTab(opened.page);
    expect(await database.whyGreyed()).toContain('Commissioning mode is off');
    for (const button of [database.prepareButton(), database.removeButton()]) {
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      await button.click({ force: true });
    }
    expect(await dialog.isOpen()).toBe(false);

    const answer = await opened.page.evaluate(() =>
      (window as unknown as { mortise: { call: (channel: string, input: unknown) => Promise<unknown> } }).mortise.call(
        'site.remove.plan',
        { setup: null },
      ),
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(JSON.stringify(answer)).toContain('Commissioning mode is off');
    await everyChangeIsRefused();
  });

  it('lets every client change controllers while commissioning mode is on again, and not after', async () => {
    const { app, page } = opened;
    await answerConsent(app, 'confirm');
    await tabs.open('General');
    const enable = page.getByRole('switch', { name: 'Enable commissioning mode' });
    await enable.click();
    await dialog.showPlan('Replace the controller of door 7');
    expect((await dialog.statements()).join('\n')).toContain('mortise.commissioning_on');
    expect(await dialog.applyAndClose()).toContain('Commissioning mode is on');
    expect(await askedConsent(app)).toHaveLength(1);
    await expect.poll(() => header.pills()).toMatchObject({ commissioning: 'On' });
    await everyChangePasses();
    // Secure mode is another lock, and still closed.
    expect(await client.report('the other machine')).toMatchObject({ state: 'no-connection' });

    await enable.click();
    await dialog.showPlan('Door 7 is replaced');
    expect(await dialog.applyAndClose()).toContain('Commissioning mode is off');
    await everyChangeIsRefused();
  });

  it('is not taken back when Mortise’s own question is answered with Cancel', async () => {
    const { app } = opened;
    await wizard.open();
    await answerConsent(app, 'cancel');
    await wizard.takeEverythingBack();
    await dialog.waitForPlan();
    await dialog.apply();
    expect(await dialog.end()).toContain('You did not confirm, so nothing was changed.');
    const [asked] = await askedConsent(app);
    expect(asked?.detail).toContain('Other machines reach SQL Server again');
    await dialog.close();
    await everyChangeIsRefused();
    expect(await client.report('the other machine')).toMatchObject({ state: 'no-connection' });
    await expect.poll(() => header.pills()).toMatchObject({ commissioning: 'Off', secureMode: 'In force' });
  });

  it('is taken back from the same screen, to the site as it was', async () => {
    await answerConsent(opened.app, 'confirm');
    await wizard.takeEverythingBack();
    await dialog.waitForPlan();
    const said = await dialog.applyAndClose();
    expect(said).toContain('What the guided lockdown did was taken back.');
    expect(said).toContain('acs_service logs in with the former password');

    await expect
      .poll(() => header.pills())
      .toEqual({
        commissioning: 'Not prepared',
        secureMode: 'Not in force',
        connection: 'Encrypted, verified',
      });
    await wizard.leave();
    await expect.poll(() => tabs.names()).toEqual(['General', 'Database', 'Security']);
    expect(await client.serials()).toEqual(serialsBefore);
    await everyChangePasses();
    expect(await client.report('the other machine')).toMatchObject({ state: 'done' });
  });
});
