import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acsService } from '#electron/training/practice-logins.ts';
import { findCanaries, haystack } from '#tests/lockdown/canary-search.ts';
import { openWindow } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { Header } from './pages/header.ts';
import { PlanDialog } from './pages/plan-dialog.ts';
import { SecurityTab } from './pages/security-tab.ts';
import { Tabs } from './pages/tabs.ts';

let opened: OpenWindow;
beforeAll(async () => {
  opened = await openWindow();
  await new Header(opened.page).waitUntilShown();
});
afterAll(async () => {
  await opened.close();
});

/** Everything that the page's own engine holds, garbage that was not collected yet included. */
async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return Buffer.from(chunks.join(''));
}

describe('The page of the real window', () => {
  it('never holds a password of the site, neither the former nor the new one: not in its heap, not on the screen', async () => {
    const { page, stateFolder } = opened;
    await new Tabs(page).open('Security');
    await new SecurityTab(page).rotate(acsService.login);
    const dialog = new PlanDialog(page);
    await dialog.waitForPlan();
    const shown = [await page.content(), await page.locator('body').innerText()];
    await dialog.applyAndClose();
    shown.push(await page.content(), await page.locator('body').innerText());
    const kept = JSON.parse(await readFile(path.join(stateFolder, 'training/machine.json'), 'utf8')) as unknown;
    const config = await readFile(path.join(stateFolder, 'training/AcsService.exe.config'), 'utf8');
    const fresh = /Password=([^;"]+)/u.exec(config)?.[1] ?? '';
    expect(fresh).not.toBe(acsService.password);
    expect(JSON.stringify(kept)).toContain(fresh);
    const heap = await heapOf(page);
    const places = [{ where: 'heap', bytes: heap }, ...shown.map((text, at) => haystack(`screen ${at + 1}`, text))];
    expect(findCanaries([fresh, acsService.password], places)).toEqual([]);

    // The same search finds what the page was given on purpose.
    await page.evaluate((planted) => void Object.assign(globalThis, { planted: { deep: [planted] } }), fresh);
    expect(findCanaries([fresh], [{ where: 'heap', bytes: await heapOf(page) }])).not.toEqual([]);
  });
});
