import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import type { AxeResults, RunOptions } from 'axe-core';
import { build } from 'vite';
import { looks, shots } from './shots.ts';

/**
 * Takes a picture of every screen on a fake main, in every look: for looking at, and for what a picture finds that no
 * test of components does. Complains about whatever scrolls sideways, breaks the page's policy, or is a defect for axe.
 *
 *   node tests/e2e/gallery/gallery.ts FOLDER [part of a name] [look]
 */
interface Axe {
  run(page: Document, options: RunOptions): Promise<AxeResults>;
}

const [folder = 'gallery', part = '', onlyLook = ''] = process.argv.slice(2);
const origin = 'http://gallery.test';
const here = import.meta.dirname;
const page = path.join(folder, 'page');
const nonce = 'of-the-gallery';
const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'`;
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const axe = await readFile(path.join(here, '../../../node_modules/axe-core/axe.min.js'), 'utf8');

await build({
  root: here,
  logLevel: 'error',
  html: { cspNonce: nonce },
  build: { outDir: path.resolve(page), emptyOutDir: true, target: 'chrome130', modulePreload: false, minify: false },
});
await mkdir(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env['MORTISE_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let complaints = 0;
for (const lookName of Object.keys(looks)) {
  if (!lookName.includes(onlyLook)) continue;
  for (const name of Object.keys(shots)) {
    if (!name.includes(part)) continue;
    for (const complaint of await take(browser, name, lookName)) {
      complaints += 1;
      process.stdout.write(`${name}, ${lookName}: ${complaint}\n`);
    }
  }
}
await browser.close();
process.stdout.write(`${complaints} complaints\n`);
process.exitCode = complaints === 0 ? 0 : 1;

async function take(browser: Browser, name: string, lookName: string): Promise<readonly string[]> {
  const shot = shots[name];
  const look = looks[lookName];
  if (!shot || !look) return [`there is no such picture`];
  const context = await browser.newContext({
    viewport: { width: look.width / look.zoom, height: look.height / look.zoom },
    deviceScaleFactor: look.zoom,
    colorScheme: look.colours,
    reducedMotion: 'reduce',
    bypassCSP: false,
    ...(look.forced ? { forcedColors: 'active' as const } : {}),
  });
  const complaints: string[] = [];
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(error.message));
  await tab.route(`${origin}/**`, async (route) => {
    const file = new URL(route.request().url()).pathname;
    const body = await readFile(path.join(page, file === '/' ? 'index.html' : file));
    await route.fulfill({
      body,
      headers: { 'content-type': types[path.extname(file)] ?? 'text/html', 'content-security-policy': policy },
    });
  });
  try {
    await tab.goto(`${origin}/#${shot.scene}`);
    await tab.getByRole('heading', { level: 1 }).waitFor({ timeout: 10_000 });
    tab.setDefaultTimeout(5000);
    await shot.act?.(tab);
  } catch (error) {
    complaints.push(String(error));
  }
  // Fluent moves things in for up to 300 ms, and axe judges the colours it finds.
  await tab.waitForTimeout(400);
  const sideways = await tab.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (sideways > 0) complaints.push(`scrolls sideways by ${sideways} px`);
  await tab.screenshot({ path: path.join(folder, `${name}-${lookName}.png`) });
  const whole = path.join(folder, `${name}-${lookName}-whole.png`);
  if (name.startsWith('change') || name.endsWith('ask')) await tab.screenshot({ path: whole });
  else await tab.screenshot({ path: whole, fullPage: true });
  // axe-core is put in through the debugger, which the page's policy does not bind.
  await tab.evaluate(axe);
  const found = await tab.evaluate(async () => {
    const { axe: judge } = window as unknown as { axe: Axe };
    const { violations } = await judge.run(document, { resultTypes: ['violations'] });
    return (
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        // Fluent's focus trap marks its own sentinels so; they pass the focus on and keep none.
        .map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ html }) => !html.includes('data-tabster-dummy')) }))
        .flatMap(({ id, nodes }) =>
          nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
        )
    );
  });
  complaints.push(...(look.forced ? found.filter((one) => !one.startsWith('color-contrast')) : found));
  await context.close();
  return complaints;
}
