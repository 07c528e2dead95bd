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

async function timeOf(start: Start, executablePath: string, stateFolder: string): Promise<number> {
  const began = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: start.args(stateFolder),
    env: ownEnvironment(stateFolder),
  });
  const page = await app.firstWindow();
  await page.locator(start.shown).first().waitFor();
  const took = performance.now() - began;
  await app.close();
  return took;
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
