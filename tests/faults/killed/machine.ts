import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '#shared/client.ts';
import { compose } from '#electron/compose.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';
import { waitUntil } from '#electron/operations/wait.ts';
import { inProcessClient } from '#electron/server/in-process-client.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import type { TrainingSite } from '#electron/training/training-site.ts';
import { notMet } from './errand.ts';
import type { Errand } from './errand.ts';
import { independentClient } from './independent-client.ts';
import type { IndependentClient } from './independent-client.ts';
import { watchedFiles } from './record-watch.ts';
import { serviceIsConnected } from './seen-from-outside.ts';

const child = join(import.meta.dirname, 'rotation-child.ts');

/** What a Mortise that is started anew has at its disposal: a disk, that may be full, or full from one record on. */
export interface Disk {
  readonly fullFrom?: string;
}

/** A machine with a training site, used for many runs: each leaves it settled, or it is given up for a new one. */
export class Machine {
  readonly stateFolder: string;
  readonly outside: IndependentClient;
  #site: TrainingSite;

  private constructor(stateFolder: string, site: TrainingSite, outside: IndependentClient) {
    this.stateFolder = stateFolder;
    this.#site = site;
    this.outside = outside;
  }

  static async boot(): Promise<Machine> {
    const stateFolder = await mkdtemp(join(tmpdir(), 'mortise-matrix-'));
    const site = await siteOf(stateFolder);
    const machine = new Machine(stateFolder, site, await independentClient(site.facts));
    await machine.serviceConnects();
    return machine;
  }

  get site(): TrainingSite {
    return this.#site;
  }

  get facts(): TrainingSite['facts'] {
    return this.#site.facts;
  }

  /** Its service logs in by itself within some seconds. */
  async serviceConnects(): Promise<boolean> {
    return await waitUntil(
      10_000,
      async () => {
        try {
          return await Promise.resolve(serviceIsConnected(this.facts));
        } catch {
          return false;
        }
      },
      50,
    );
  }

  /** After its process was killed: comes up again. */
  async comeUp(): Promise<void> {
    if ((await this.#site.workstationConnected()).ok) return;
    await this.#site.close();
    this.#site = await siteOf(this.stateFolder);
  }

  /** Starts Mortise for one errand in a process of its own; answers `killed`, or how else it ended. */
  async errand(errand: Omit<Errand, 'stateFolder'>): Promise<string> {
    const argument = JSON.stringify({ stateFolder: this.stateFolder, ...errand });
    const started = spawn(process.execPath, [child, argument], { stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    started.stderr.on('data', (bytes: Buffer) => (told += bytes.toString('utf8')));
    const [code, signal] = (await once(started, 'close')) as [number | null, NodeJS.Signals | null];
    if (signal === 'SIGKILL') return 'killed';
    return code === notMet ? `not met: ${told.trim()}` : told.trim();
  }

  /** Mortise, composed anew from what the disk holds, for as long as `use` takes. */
  async mortise<T>(use: (client: Client) => Promise<T>, disk: Disk = {}): Promise<T> {
    let full = disk.fullFrom === '';
    const files = watchedFiles(nodeFilePort, {
      beforeWrite: async (record) => {
        if (disk.fullFrom !== undefined && record.includes(disk.fullFrom)) full = true;
        await Promise.resolve();
      },
      afterFlush: async () => await Promise.resolve(),
      full: () => full,
    });
    const composed = await compose({
      stateFolder: this.stateFolder,
      consent: { ask: async () => await Promise.resolve(true) },
      saver: { save: async () => await Promise.resolve({ ok: true, value: null }) },
      files,
      training: { graceMilliseconds: 60_000 },
    });
    if (!composed.ok) throw new Error(composed.error.sentence);
    try {
      return await use(inProcessClient(composed.value, () => undefined));
    } finally {
      await composed.value.close();
    }
  }

  async remove(): Promise<void> {
    await this.comeUp();
    process.kill(this.facts.processId, 'SIGTERM');
    await this.#site.close();
    await this.outside.close();
    await rm(this.stateFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function siteOf(stateFolder: string): Promise<TrainingSite> {
  const site = await startTrainingSite({ folder: join(stateFolder, 'training'), graceMilliseconds: 60_000 });
  if (!site.ok) throw new Error(site.error.sentence);
  return site.value;
}
