import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  await serverProcess();
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
    image: async () =>
      await attached(async (site) => {
        const image = await site.image();
        if (!image.ok) throw new Error(image.error.sentence);
        return image.value;
      }),
    remove: async () => {
      process.kill(await serverProcess(), 'SIGTERM');
      await rm(stateFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What moves with the clock, and nothing else: two runs at different times are compared without it. */
export function withoutTimes(image: string): string {
  return image.replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?/g, '<time>');
}
