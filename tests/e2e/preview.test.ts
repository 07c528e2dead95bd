import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningPreview } from './harness/preview.ts';
import { openBrowser, startPreview } from './harness/preview.ts';
import { pageShown, policyViolations } from './harness/window.ts';

let preview: RunningPreview;
let browser: Awaited<ReturnType<typeof openBrowser>>;

beforeAll(async () => {
  [preview, browser] = await Promise.all([startPreview(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await preview.close();
});

describe('The preview', () => {
  it('prints its address and says that it shows the training site', async () => {
    expect(preview.address()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    await expect.poll(() => preview.output()).toContain('training site: simulated, nothing on this machine is changed');
  });

  it('opens one tab with an address, strips the token, and keeps the tab working over a reload', async () => {
    const page = await browser.newTab();
    const address = preview.address();
    const violations = await policyViolations(page, async () => {
      await page.goto(address);
      await pageShown(page);
      expect(page.url()).toBe(new URL('/', address).href);
      await page.reload();
      await pageShown(page);
    });
    expect(violations).toEqual([]);

    const stranger = await browser.newTab();
    expect((await stranger.goto(address))?.status()).toBe(403);
    expect(await stranger.locator('body').innerText()).toContain('used already');
    await expect.poll(() => preview.address()).not.toBe(address);
  });

  it('opens nothing for an address without a token', async () => {
    const page = await browser.newTab();
    await page.goto(new URL('/', preview.address()).href);
    await expect.poll(() => page.locator('body').innerText()).toContain('opens nothing');
    expect(await page.evaluate(() => 'mortise' in window)).toBe(false);
  });
});
