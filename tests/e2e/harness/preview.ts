import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { newStateFolder, root } from './root.ts';
import { signalSite } from './training-site.ts';
import { ownEnvironment } from './window.ts';

export interface RunningPreview {
  /** The address that it printed last. */
  readonly address: () => string;
  readonly output: () => string;
  readonly stateFolder: string;
  readonly close: () => Promise<void>;
}

/** Milliseconds until the address must be printed. */
const printedWithin = 30_000;

/** Starts the preview host as npm start does, without opening a browser, and waits for its address. */
export async function startPreview(stateFolder: string = newStateFolder()): Promise<RunningPreview> {
  const host = spawn(
    process.execPath,
    [path.join(root, 'electron/preview/preview.ts'), '--no-browser', `--state-folder=${stateFolder}`],
    { cwd: root, env: ownEnvironment(stateFolder), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = once(host, 'exit');
  let output = '';
  const addresses = () => output.match(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/g) ?? [];
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer) => {
      output += text.toString('utf8');
      if (addresses().length > 0) resolve();
    };
    host.stdout.on('data', hear);
    host.stderr.on('data', hear);
    host.once('exit', () => reject(new Error(`The preview ended: ${output}`)));
    setTimeout(() => reject(new Error(`The preview printed no address: ${output}`)), printedWithin).unref();
  });
  return {
    address: () => addresses().at(-1) ?? '',
    output: () => output,
    stateFolder,
    close: async () => {
      host.kill('SIGTERM');
      await ended;
      signalSite(stateFolder, 'SIGTERM');
      rmSync(stateFolder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** A browser of its own, without a profile. */
export async function openBrowser(): Promise<{
  readonly newTab: () => Promise<Page>;
  readonly close: () => Promise<void>;
}> {
  const browser = await chromium.launch({
    executablePath: process.env['MORTISE_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  return { newTab: () => browser.newPage(), close: () => browser.close() };
}
