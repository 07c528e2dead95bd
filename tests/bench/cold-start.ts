import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright-core';
import { electronExecutable, ownEnvironment, windowArguments } from '../e2e/harness/window.ts';
import { median, ratioText } from './median.ts';

const rounds = 7;

interface Start {
  readonly args: (stateFolder: string) => string[];
  /** What has to be on the screen. */
  readonly shown: string;
}

const bare: Start = {
  args: () => [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), path.join(import.meta.dirname, 'bare-window')],
  shown: '#bare',
};

/** A tab is live when a fact that was read from the server stands on it: a controller of the training site. */
const live: Start = { args: windowArguments, shown: 'text=AX0240037' };

/** Milliseconds for one start, and how often one is tried. */
const startWithin = 10_000;
const starts = 4;

/**
 * One start, from launching the process to what has to be on the screen. The driver now and then attaches in the middle of
 * the page's first request and holds it for good (see the end-to-end harness); such a start measures the driver and is
 * thrown away.
 */
async function timeOf(start: Start, executablePath: string, stateFolder: string): Promise<number> {
  for (let left = starts; ; left -= 1) {
    const began = performance.now();
    const app = await _electron.launch({
      executablePath,
      args: start.args(stateFolder),
      env: ownEnvironment(stateFolder),
    });
    try {
      const page = await app.firstWindow({ timeout: startWithin });
      await page.locator(start.shown).first().waitFor({ timeout: startWithin });
      const took = performance.now() - began;
      await app.close();
      return took;
    } catch (error) {
      app.process().kill('SIGKILL');
      if (left === 1) throw error;
      console.log('  (a start that the driver held was thrown away)');
    }
  }
}

/** From the start of the process to a live General tab, against an empty window in the same runtime. */
export async function coldStart(): Promise<readonly string[]> {
  const executable = await electronExecutable();
  const stateFolder = await mkdtemp(path.join(tmpdir(), 'mortise-bench-'));
  // Once each for the disk cache, and for the training site to make its certificate.
  for (const start of [bare, live]) await timeOf(start, executable, stateFolder);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await timeOf(bare, executable, stateFolder));
    ours.push(await timeOf(live, executable, stateFolder));
  }
  await rm(stateFolder, { recursive: true, force: true });
  return [
    `live General tab against a bare window: ${ratioText(ours, theirs)}, goal 1.25; medians ${median(ours).toFixed(0)} ms and ${median(theirs).toFixed(0)} ms`,
  ];
}
