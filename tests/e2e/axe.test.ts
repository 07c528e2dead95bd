import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './harness/axe.ts';
import { setLook, usual } from './harness/look.ts';
import { openWindow } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { screens, tour } from './tour.ts';
import type { ScreenName } from './tour.ts';

interface Seen {
  readonly light: readonly string[];
  readonly dark: readonly string[];
  /** How far the page is wider than the window at 200 % on a small screen, in CSS pixels. */
  readonly sideways: number;
}

const seen = new Map<ScreenName, Seen>();
let opened: OpenWindow;

/** How far the page is wider than the window, in CSS pixels. */
const sidewaysBy = async ({ page }: OpenWindow): Promise<number> =>
  await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

beforeAll(async () => {
  opened = await openWindow();
  const { page } = opened;
  await tour(opened, async (screen) => {
    await setLook(opened, usual);
    const light = await seriousFindings(page);
    await setLook(opened, { ...usual, colours: 'dark' });
    const dark = await seriousFindings(page);
    await setLook(opened, { ...usual, width: 1024, height: 768, zoom: 2 });
    const sideways = await sidewaysBy(opened);
    seen.set(screen, { light, dark, sideways });
    await setLook(opened, usual);
  });
}, 180_000);
afterAll(async () => {
  await opened.close();
});

describe.each(screens)('The screen %s', (screen) => {
  it('has nothing that axe calls serious, in light and in dark', () => {
    expect(seen.get(screen)).toMatchObject({ light: [], dark: [] });
  });

  it('scrolls nothing sideways at 200 % on a small screen', () => {
    expect(seen.get(screen)?.sideways).toBe(0);
  });
});

it('The judge and the ruler do find what is wrong', async () => {
  await opened.page.evaluate(() => {
    const wrong = document.createElement('div');
    wrong.style.width = '3000px';
    wrong.innerHTML = '<button></button>';
    document.body.append(wrong);
  });
  expect((await seriousFindings(opened.page)).join('\n')).toContain('button-name');
  expect(await sidewaysBy(opened)).toBeGreaterThan(0);
});
