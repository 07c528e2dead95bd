import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import type { Tripwire } from './tripwire.ts';

/** A machine with a training site on it, on which Mortise is started, killed and started again. */
export interface Machine {
  readonly stateFolder: string;
  /** Starts Mortise for one errand; `killed` when it was. Fails the test when it failed by itself. */
  mortise(act: 'run' | 'resume' | 'undo', tripwire?: Tripwire): Promise<'done' | 'killed'>;
  /** The whole site as one canonical text. */
  image(): Promise<string>;
  remove(): Promise<void>;
}

const child = join(import.meta.dirname, 'mortise-child.ts');

export async function newMachine(): Promise<Machine> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'mortise-kill-'));
  const folder = join(stateFolder, 'training');
  const first = await startTrainingSite({ folder, graceMilliseconds: 60_000 });
  if (!first.ok) throw new Error(first.error.sentence);
  return {
    stateFolder,
    mortise: async (act, tripwire) => {
      const started = spawn(
        process.execPath,
        [child, JSON.stringify({ stateFolder, act, ...(tripwire && { tripwire }) })],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      let told = '';
      started.stderr.on('data', (bytes: Buffer) => (told += bytes.toString('utf8')));
      const [code, signal] = (await once(started, 'close')) as [number | null, NodeJS.Signals | null];
      if (signal === 'SIGKILL') return 'killed';
      if (code !== 0) throw new Error(`${act} failed: ${told}`);
      return 'done';
    },
    image: async () => {
      const image = await first.value.image();
      if (!image.ok) throw new Error(image.error.sentence);
      return image.value;
    },
    remove: async () => {
      process.kill(first.value.facts.processId, 'SIGTERM');
      await first.value.close();
      await rm(stateFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What moves with the clock, and nothing else: two runs at different times are compared without it. */
export function withoutTimes(image: string): string {
  return image.replaceAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?/g, '<time>');
}
