import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';
import { findRuntime } from '../../../build/start/runtime.ts';
import { newStateFolder, root } from './root.ts';
import { signalSite } from './training-site.ts';

export interface OpenWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly stateFolder: string;
  /** Ends the app and removes its state; with `keepState` it can be opened again on it. */
  readonly close: (how?: { readonly keepState: boolean }) => Promise<void>;
  /** Kills the app's main process, as the end of the world would; its state stays. */
  readonly kill: () => Promise<void>;
}

/** The Electron to test with; an error with the reason where there is none, because a test that did not run proves nothing. */
export async function electronExecutable(): Promise<string> {
  const runtime = await findRuntime(root, process.env, () => undefined);
  if (!runtime.found)
    throw new Error(`The window cannot be tested: ${runtime.why}. MORTISE_TEST_ELECTRON may name a folder with one.`);
  return runtime.executable;
}

/** The arguments with which the window is started from the repository. */
export const windowArguments = (stateFolder: string): string[] => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  root,
  `--state-folder=${stateFolder}`,
];

/** An environment in which nothing of this account is read or written. */
export function ownEnvironment(stateFolder: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    HOME: stateFolder,
    XDG_CONFIG_HOME: path.join(stateFolder, 'config'),
    XDG_CACHE_HOME: path.join(stateFolder, 'cache'),
    XDG_STATE_HOME: path.join(stateFolder, 'state'),
  };
}

/** Milliseconds for one start and for its page, and how often it is tried. */
const startWithin = 15_000;
const loadedWithin = 8000;
const starts = 4;

/**
 * Starts the app under the driver. The driver keeps an app from being ready until it is attached only with the electron
 * package's own executable. With another one, and on a busy machine, it now and then attaches while the page's first
 * response is under way, and Chromium then holds that navigation for good (without the driver it never does): so the app
 * is killed and started again.
 */
async function start(stateFolder: string): Promise<Pick<OpenWindow, 'app' | 'page'>> {
  for (let left = starts; ; left -= 1) {
    let app: ElectronApplication | undefined;
    try {
      app = await _electron.launch({
        executablePath: await electronExecutable(),
        args: windowArguments(stateFolder),
        env: ownEnvironment(stateFolder),
        cwd: root,
        timeout: startWithin,
      });
      const page = await app.firstWindow({ timeout: startWithin });
      await page.waitForLoadState('load', { timeout: loadedWithin });
      return { app, page };
    } catch (problem) {
      app?.process().kill('SIGKILL');
      if (left === 1) throw problem;
      process.stdout.write('The driver came in the middle of the first navigation; the window is started again.\n');
    }
  }
}

/** Opens the real window on a training site of its own and waits for its page. */
export async function openWindow(stateFolder: string = newStateFolder()): Promise<OpenWindow> {
  const { app, page } = await start(stateFolder);
  const gone = once(app.process(), 'exit');
  return {
    app,
    page,
    stateFolder,
    close: async ({ keepState } = { keepState: false }) => {
      const closed = app.close();
      await gone;
      if (keepState) return;
      // The site goes on for a while after the last window, and holds Electron's output open as long.
      signalSite(stateFolder, 'SIGTERM');
      await closed;
      rmSync(stateFolder, { recursive: true, force: true, maxRetries: 10 });
    },
    kill: async () => {
      app.process().kill('SIGKILL');
      await gone;
    },
  };
}

/** Waits until the page has drawn something. */
export const pageShown = (page: Page): Promise<void> => page.locator('#root > *').first().waitFor();

/** What the page's policy refused while `act` ran, as the browser reports it. */
export async function policyViolations(page: Page, act: () => Promise<void>): Promise<readonly string[]> {
  const reports: string[] = [];
  const hear = (message: { text: () => string }) => {
    if (/Content Security Policy|violates the following/i.test(message.text())) reports.push(message.text());
  };
  page.on('console', hear);
  await act();
  page.off('console', hear);
  return reports;
}
