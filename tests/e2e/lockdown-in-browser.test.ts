import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { guardErrors } from '#shared/vocabulary.ts';
import { openBrowser, startPreview } from './harness/preview.ts';
import type { RunningPreview } from './harness/preview.ts';
import { openIndependentClient } from './independent-client.ts';
import type { IndependentClient } from './independent-client.ts';
import { Header } from './pages/header.ts';
import { LockdownWizard } from './pages/lockdown-wizard.ts';
import { PlanDialog } from './pages/plan-dialog.ts';

let preview: RunningPreview;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Page;
let client: IndependentClient;

beforeAll(async () => {
  [preview, browser] = await Promise.all([startPreview(), openBrowser()]);
  page = await browser.newTab();
  await page.goto(preview.address());
  await new Header(page).waitUntilShown();
  client = await openIndependentClient(preview.stateFolder);
});
afterAll(async () => {
  await client.close();
  await browser.close();
  await preview.close();
});

describe('The guided lockdown in a browser', () => {
  it('is the same one: planned, applied, proved and saved', async () => {
    const wizard = new LockdownWizard(page);
    await wizard.start();
    await wizard.fill('Ines Okafor', 'Handover, order 4711');
    await wizard.showPlan();
    await wizard.apply();
    await wizard.waitForStage('Outcome');
    expect((await wizard.claims()).filter(({ verdict }) => verdict !== 'Verified')).toEqual([]);
    await expect.poll(() => new Header(page).pills()).toMatchObject({ commissioning: 'Off', secureMode: 'In force' });
    expect(await client.insertController('E2E-1')).toMatchObject({ state: 'refused', number: guardErrors.membership });
    expect(await client.report('the other machine')).toMatchObject({ state: 'no-connection' });

    // A browser's page cannot be asked for a path, so the host chooses it and says so.
    const path = (await wizard.save('HTML')).replace('Saved to ', '');
    expect(path.startsWith(preview.stateFolder)).toBe(true);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain('Ines Okafor');
  });

  it('shows where it stands after a reload, and is taken back, which the host notes for lack of a dialog', async () => {
    await page.reload();
    await new Header(page).waitUntilShown();
    const wizard = new LockdownWizard(page);
    const dialog = new PlanDialog(page);
    await wizard.card().getByRole('button', { name: 'Take everything back' }).click();
    await dialog.waitForPlan();
    expect(await dialog.applyAndClose()).toContain('What the guided lockdown did was taken back.');
    expect(preview.output()).toContain('Take the guided lockdown back');
    await expect
      .poll(() => new Header(page).pills())
      .toMatchObject({ commissioning: 'Not prepared', secureMode: 'Not in force' });
    expect(await client.insertController('E2E-1')).toMatchObject({ state: 'done' });
    expect(await client.report('the other machine')).toMatchObject({ state: 'done' });
  });
});
