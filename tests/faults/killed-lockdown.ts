import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '#electron/operations/wait.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import type { TrainingSite } from '#electron/training/training-site.ts';
import type { Tripwire } from './tripwire.ts';

/** A machine with a training site on it, on which Mortise is started, killed and started again. */
export interface Machine {
  readonly stateFolder: string;
  /** Starts Mortise for one errand: `done`, `killed`, or the sentence with which it failed. */
  mortise(act: 'run' | 'resume' | 'undo', tripwire?: Tripwire): Promise<string>;
  serverProcess(): Promise<number>;
  /** The whole site as one canonical text. */
  image(): Promise<string>;
  remove(): Promise<void>;
}

const child = join(import.meta.dirname, 'mortise-child.ts');

export async function newMachine(): Promise<Machine> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'mortise-kill-'));
  // Attached anew for each question, because the site's process may have been killed in between.
  const attached = async <T>(ask: (site: TrainingSite) => Promise<T>): Promise<T> => {
    const site = await startTrainingSite({ folder: join(stateFolder, 'training'), graceMilliseconds: 60_000 });
    if (!site.ok) throw new Error(site.error.sentence);
    const answer = await ask(site.value);
    await site.value.close();
    return answer;
  };
  const serverProcess = async () => await attached(async (site) => await Promise.resolve(site.facts.processId));
  const image = async () =>
    await attached(async (site) => {
      const answer = await site.image();
      if (!answer.ok) throw new Error(answer.error.sentence);
      return answer.value;
    });
  // The machine has booted when its service runs.
  await waitUntil(
    30_000,
    async () =>
      (JSON.parse(await image()) as { services: Record<string, string> }).services['AcsService'] === 'running',
  );
  return {
    stateFolder,
    serverProcess,
    mortise: async (act, tripwire) => {
      const errand = JSON.stringify({ stateFolder, act, ...(tripwire && { tripwire }) });
      const started = spawn(process.execPath, [child, errand], { stdio: ['ignore', 'ignore', 'pipe'] });
      let told = '';
      started.stderr.on('data', (bytes: Buffer) => (told += bytes.toString('utf8')));
      const [code, signal] = (await once(started, 'close')) as [number | null, NodeJS.Signals | null];
      if (signal === 'SIGKILL') return 'killed';
      return code === 0 ? 'done' : told.trim();
    },
    image,
    remove: async () => {
      process.kill(await serverProcess(), 'SIGTERM');
      await rm(stateFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * What differs between two machines on which the same was done, and nothing else: the port that was free, moments (as the
 * server stores them: 100 ns since the year 1), and the database's row versions.
 */
export function withoutChance(image: string): string {
  const parts = JSON.parse(image) as Readonly<Record<string, unknown>>;
  const config = Buffer.from(String(parts['config']), 'base64').toString('utf8');
  const port = /Server=127\.0\.0\.1,(\d+);/.exec(config)?.[1] ?? '';
  return (
    JSON.stringify({ ...parts, config })
      // As a number of its own: a serial number may hold the same digits.
      .replaceAll(new RegExp(String.raw`(?<!\w)${port}(?!\w)`, 'gu'), '<port>')
      .replaceAll(/\\*"\$int\\*":\\*"6\d{17}\\*"/g, '<moment>')
      .replaceAll(/\\*"\$bin\\*":\\*"[\dA-Fa-f]{16}\\*"/g, '<version>')
  );
}
