import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionPool } from 'mssql';
import { connectSqlClient } from '#electron/training/service/sql-client.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import type { TrainingSiteOptions } from '#electron/training/start-training-site.ts';
import type { TrainingSite } from '#electron/training/training-site.ts';
import type { Listener } from '#shared/secure-mode.ts';

/** A training site in a folder of its own, for one test file. */
export interface PracticeSite {
  readonly folder: string;
  readonly site: TrainingSite;
  /** Lets go, waits until the process has gone, and removes the folder. */
  end(): Promise<void>;
}

export async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'mortise-training-test-'));
}

export async function startIn(
  folder: string,
  options: Omit<TrainingSiteOptions, 'folder'> = {},
): Promise<TrainingSite> {
  const started = await startTrainingSite({ folder, graceMilliseconds: 0, ...options });
  if (!started.ok) {
    const log = await readFile(join(folder, 'site.log'), 'utf8').catch(() => '');
    throw new Error(`${started.error.sentence}\n${log}`);
  }
  return started.value;
}

export async function practiceSite(options: Omit<TrainingSiteOptions, 'folder'> = {}): Promise<PracticeSite> {
  const folder = await newFolder();
  const site = await startIn(folder, options);
  return { folder, site, end: () => endSite(site, folder) };
}

export async function endSite(site: TrainingSite, folder: string): Promise<void> {
  await site.close();
  await until(() => !isAlive(site.facts.processId));
  await rm(folder, { recursive: true, force: true });
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until it is so; fails the test when it never is. */
export async function until(isSo: () => boolean | Promise<boolean>, limit = 15_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`It never became so: ${String(isSo)}`);
    await sleep(20);
  }
}

/** A connection as Mortise makes one. Throws the driver's error. */
export async function connectAs(
  site: TrainingSite,
  login: { readonly login: string; readonly password: string },
  more: { readonly program?: string; readonly localAddress?: string } = {},
): Promise<ConnectionPool> {
  return connectSqlClient({
    connectionString: `Server=127.0.0.1,${site.facts.port};Database=Acs;User ID=${login.login};Password=${login.password};Encrypt=true`,
    ca: site.facts.ca,
    program: 'Mortise',
    ...more,
  });
}

export async function logsIn(site: TrainingSite, login: string, password: string): Promise<boolean> {
  try {
    const pool = await connectAs(site, { login, password });
    await pool.close();
    return true;
  } catch {
    return false;
  }
}

/** SQL Server's listener as the training site's server shows it. */
export function listenerOf(site: TrainingSite): Listener {
  return { address: '0.0.0.0', port: site.facts.port, protocol: 'tcp', purpose: 'SQL Server' };
}
