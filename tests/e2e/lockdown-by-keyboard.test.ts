import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Keyboard } from './harness/keyboard.ts';
import { answerConsent, askedConsent, saveInto } from './harness/native-dialogs.ts';
import { openWindow } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { Header } from './pages/header.ts';
import { LockdownWizard } from './pages/lockdown-wizard.ts';
import { PlanDialog } from './pages/plan-dialog.ts';
import { Tabs } from './pages/tabs.ts';

let opened: OpenWindow;
let keyboard: Keyboard;
let wizard: LockdownWizard;
let header: Header;
let reports: string;

beforeAll(async () => {
  opened = await openWindow();
  header = new Header(opened.page);
  await header.waitUntilShown();
  wizard = new LockdownWizard(opened.page);
  keyboard = new Keyboard(opened.page);
  reports = await mkdtemp(path.join(tmpdir(), 'mortise-reports-'));
  await saveInto(opened.app, reports);
  await answerConsent(opened.app, 'confirm');
  await keyboard.begin();
});
afterAll(async () => {
  await opened.close();
  await rm(reports, { recursive: true, force: true });
});

describe('The guided lockdown by keyboard alone', () => {
  it('reaches every tab, by Ctrl and a digit and by the arrows', async () => {
    const tabs = new Tabs(opened.page);
    for (const [key, name] of [
      ['Control+3', 'Security'],
      ['Control+2', 'Database'],
      ['Control+1', 'General'],
    ] as const) {
      await keyboard.press(key);
      await expect.poll(() => tabs.selected()).toBe(name);
    }
    await keyboard.tabTo('tab', /^General/u);
    await keyboard.press('ArrowRight');
    expect(await keyboard.present()).toEqual({ role: 'tab', name: 'Database' });
    await keyboard.press('Enter');
    await expect.poll(() => tabs.selected()).toBe('Database');
    await keyboard.press('ArrowLeft');
    await keyboard.press('Space');
    await expect.poll(() => tabs.selected()).toBe('General');
  });

  it('is begun, filled in and shown', async () => {
    await keyboard.tabTo('button', /^Start the guided lockdown$/u);
    await keyboard.press('Enter');
    await wizard.waitForStage('What will happen');
    expect(await keyboard.present()).toEqual({ role: 'heading', name: 'Guided lockdown' });
    await keyboard.tabTo('textbox', /^Your name/u);
    await keyboard.type('Ines Okafor');
    await keyboard.tabTo('textbox', /^Reason/u);
    await keyboard.type('Handover, order 4711');
    await keyboard.tabTo('combobox', /^Login whose password is rotated/u);
    await keyboard.press('ArrowDown');
    expect(await wizard.login()).toBe('acs_service');
    await keyboard.tabTo('button', /^Show the plan$/u);
    await keyboard.press('Space');
    await wizard.lockButton().waitFor();
  });

  it('is read to its end, applied and followed', async () => {
    await keyboard.tabTo('button', /^Lock the site down$/u);
    // On the way every statement had the focus once, so that it can be scrolled.
    const read = keyboard.stops.filter(({ role, name }) => role === 'group' && name.startsWith('T-SQL'));
    expect(new Set(read.map(({ name }) => name)).size).toBeGreaterThan(1);
    await keyboard.press('Enter');
    await wizard.waitForStage('Progress');
    await wizard.waitForStage('Outcome');
    expect(await keyboard.present()).toEqual({ role: 'heading', name: 'Guided lockdown' });
    await expect.poll(() => header.pills()).toMatchObject({ commissioning: 'Off', secureMode: 'In force' });
  });

  it('has its summary saved', async () => {
    await keyboard.tabTo('button', /^Save as HTML$/u);
    await keyboard.press('Enter');
    await expect.poll(() => readdir(reports)).toHaveLength(1);
    expect(await keyboard.present()).toEqual({ role: 'button', name: 'Save as HTML' });
  });

  it('is taken back', async () => {
    const { app, page } = opened;
    const dialog = new PlanDialog(page);
    await keyboard.tabTo('button', /^Take everything back$/u);
    await keyboard.press('Enter');
    await dialog.waitForPlan();
    // The button that changes nothing has the focus, so Enter alone takes nothing back.
    await expect.poll(() => keyboard.present()).toEqual({ role: 'button', name: 'Cancel' });
    await keyboard.press('Enter');
    await expect.poll(() => dialog.isOpen()).toBe(false);
    expect(await askedConsent(app)).toEqual([]);
    await expect.poll(() => keyboard.present()).toEqual({ role: 'button', name: 'Take everything back' });

    await keyboard.press('Enter');
    await dialog.waitForPlan();
    await keyboard.tabTo('button', /^Apply$/u);
    await keyboard.press('Enter');
    await dialog.end();
    expect(await askedConsent(app)).toHaveLength(1);
    await expect.poll(() => keyboard.present()).toEqual({ role: 'button', name: 'Close' });
    await keyboard.press('Escape');
    await expect.poll(() => dialog.isOpen()).toBe(false);
    await expect
      .poll(() => header.pills())
      .toMatchObject({ commissioning: 'Not prepared', secureMode: 'Not in force' });
    // Its button is gone, so the focus is where the content begins.
    expect((await keyboard.present()).role).not.toBe('');
    await keyboard.tabTo('button', /^Back to the tabs$/u);
    await keyboard.press('Enter');
    await wizard.card().waitFor();
  });

  it('lost the focus nowhere', async () => {
    expect(await keyboard.lost()).toEqual([]);
  });
});
