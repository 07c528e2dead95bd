import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { guardErrors } from '#shared/vocabulary.ts';
import { newStateFolder } from './harness/root.ts';
import { openWindow } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { openIndependentClient } from './independent-client.ts';
import { Header } from './pages/header.ts';
import { LockdownWizard } from './pages/lockdown-wizard.ts';
import { PlanDialog } from './pages/plan-dialog.ts';

const stateFolder = newStateFolder();
let reopened: OpenWindow;

/** Whether the rotation's journal has on the disk that this step began, or ended. */
function isWritten(kind: 'before' | 'after', step: string): boolean {
  const files = readdirSync(stateFolder).filter((name) => name.startsWith('rotation-'));
  const record = new RegExp(`"kind":"${kind}","at":"[^"]*","step":"${step}"`, 'u');
  return files.some((name) => record.test(readFileSync(path.join(stateFolder, name), 'utf8')));
}

/** Kills the window's process between two steps of the rotation, and opens another one. */
async function killInTheMiddle(): Promise<void> {
  const { page, kill } = await openWindow(stateFolder);
  await new Header(page).waitUntilShown();
  const wizard = new LockdownWizard(page);
  await wizard.start();
  await wizard.fill('Ines Okafor', 'Handover, order 4711');
  await wizard.showPlan();
  await wizard.apply();
  await expect.poll(() => isWritten('before', 'switch'), { timeout: 20_000, interval: 5 }).toBe(true);
  await kill();
  reopened = await openWindow(stateFolder);
  await new Header(reopened.page).waitUntilShown();
}

afterAll(async () => {
  await reopened.close();
});

describe('A window that was killed while the password was rotated', () => {
  it('leads with the interrupted lockdown when it is opened again', async () => {
    await killInTheMiddle();
    const { page } = reopened;
    expect(isWritten('after', 'commit')).toBe(false);
    const first = page.getByRole('tabpanel').getByRole('region').first();
    await expect.poll(() => first.innerText()).toContain('The lockdown was interrupted');
    const card = new LockdownWizard(page).card();
    expect(await card.innerText()).toContain('nobody works on it now');
    for (const name of ['Continue', 'Undo', 'Stop here']) {
      expect(await card.getByRole('button', { name, exact: true }).getAttribute('aria-disabled')).not.toBe('true');
    }
    // What is half done is told with the one way on that there is.
    const notices = page.getByRole('banner').locator('..');
    expect(await notices.innerText()).toContain('Continue the guided lockdown, or take it back');
    // Until it is decided, nothing else is changed.
    await page.getByRole('tab', { name: /^Security/u }).click();
    const rotate = page.getByRole('button', { name: 'Rotate the password of acs_service' });
    expect(await rotate.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('tab', { name: /^General/u }).click();
  });

  it('goes on where it was, and ends as if nothing had happened', async () => {
    const { page } = reopened;
    const wizard = new LockdownWizard(page);
    const dialog = new PlanDialog(page);
    await wizard.card().getByRole('button', { name: 'Continue', exact: true }).click();
    await dialog.waitForPlan();
    expect(await dialog.text()).toContain('What was done before is kept.');
    expect(await dialog.applyAndClose()).toContain('The site is locked down');
    await expect.poll(() => wizard.card().innerText()).toContain('every claim was proved');
    await expect.poll(() => new Header(page).pills()).toMatchObject({ commissioning: 'Off', secureMode: 'In force' });

    // With the password that the service's file holds now, which is not the one it was delivered with.
    const client = await openIndependentClient(stateFolder);
    try {
      const config = readFileSync(path.join(stateFolder, 'training/AcsService.exe.config'), 'utf8');
      expect(config).not.toContain('ChangeMe123');
      expect(await client.insertController('E2E-1')).toMatchObject({
        state: 'refused',
        number: guardErrors.membership,
      });
      expect(await client.report('the other machine')).toMatchObject({ state: 'no-connection' });
    } finally {
      await client.close();
    }
  });
});
