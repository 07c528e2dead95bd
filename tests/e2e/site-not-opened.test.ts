import { chmodSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newStateFolder } from './harness/root.ts';
import { openWindow, policyViolations } from './harness/window.ts';

it('A state folder that others may write is told in the window with what to do, instead of a crash', async () => {
  const stateFolder = newStateFolder();
  chmodSync(stateFolder, 0o777);
  const { page, close } = await openWindow(stateFolder);
  try {
    await page.waitForURL('app://mortise/not-opened');
    const told = await page.locator('[role=alert]').innerText();
    expect(told).toContain(stateFolder);
    expect(told).toContain('can be written by others');
    expect(told).toContain('chmod');
    const violations = await policyViolations(page, async () => {
      await page.reload();
    });
    expect(violations).toEqual([]);
    // The page is styled, so the style element's nonce was accepted.
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).display)).toBe('grid');
  } finally {
    await close();
  }
});
