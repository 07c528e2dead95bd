import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '#shared/secret.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { mortiseRun, siteAdmin } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { countingProxy } from './counting-proxy.ts';
import type { CountingProxy } from './counting-proxy.ts';

const sizes = [5_000, 20_000, 100_000] as const;

/** What one operation took. The server is another process: `own` is Mortise's processor time alone. */
interface Cost {
  readonly roundTrips: number;
  readonly sent: number;
  readonly received: number;
  /** Milliseconds of this process's processor. */
  readonly own: number;
  /** Milliseconds on the clock, most of it the simulated server's. */
  readonly whole: number;
  /** Bytes by which this process's memory stood higher after it. */
  readonly memory: number;
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
};

async function costOf(proxy: CountingProxy, act: () => Promise<unknown>): Promise<Cost> {
  proxy.take();
  const memory = process.memoryUsage().heapUsed;
  const processor = process.cpuUsage();
  const began = performance.now();
  await act();
  const whole = performance.now() - began;
  const { user, system } = process.cpuUsage(processor);
  return {
    ...proxy.take(),
    own: (user + system) / 1000,
    whole,
    memory: Math.max(0, process.memoryUsage().heapUsed - memory),
  };
}

/** The cheapest of some rounds: what it takes when nothing else is in the way. */
const least = (costs: readonly Cost[]): Cost =>
  costs.reduce((best, cost) => ({
    ...cost,
    own: Math.min(best.own, cost.own),
    whole: Math.min(best.whole, cost.whole),
    memory: Math.min(best.memory, cost.memory),
  }));

const rounds = 3;

async function costsAt(controllers: number): Promise<Record<'status' | 'off' | 'on', Cost>> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-bench-'));
  const site = valueOf(await startTrainingSite({ folder, controllers, graceMilliseconds: 1_000 }));
  const proxy = await countingProxy(site.facts.port);
  const profile = trainingProfile({ ...site.facts, port: proxy.port, serviceConfigPath: site.facts.configPath });
  const database = new SqlServerDatabase(
    profile,
    async () => await Promise.resolve(succeed([{ login: mortiseRun.login, secret: new Secret(mortiseRun.password) }])),
  );
  const read = async (): Promise<SiteStatus> => valueOf(await database.status(new Date()));
  valueOf(await database.prepare({ login: siteAdmin.login, secret: new Secret(siteAdmin.password) }, 'bench'));
  const costs: Record<'status' | 'off' | 'on', Cost[]> = { status: [], off: [], on: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const to of ['off', 'on'] as const) {
      const { state, server } = await read();
      const request = { actor: 'bench', reason: 'bench', expectedVersion: state?.version ?? Uint8Array.from([]) };
      const identity = { name: server.instance, recoveryFork: server.recoveryFork };
      costs[to].push(
        await costOf(proxy, async () =>
          valueOf(
            to === 'off'
              ? await database.commissioningOff({ ...request, server: identity })
              : await database.commissioningOn({ ...request, openUntil: null }),
          ),
        ),
      );
      if (to === 'off') costs.status.push(await costOf(proxy, read));
    }
  }
  await database.close();
  proxy.close();
  await site.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  return { status: least(costs.status), off: least(costs.off), on: least(costs.on) };
}

const factor = (value: number, of: number) => `${(value / Math.max(of, 0.001)).toFixed(2)}x`;

/** How status, off and on grow with the site: what travels, Mortise's own time and memory, and the whole. */
export async function switchingGrowth(): Promise<readonly string[]> {
  const lines: string[] = [];
  const [first] = sizes;
  // What is loaded and compiled at first use is no growth.
  await costsAt(24);
  const base = await costsAt(first);
  for (const controllers of sizes) {
    const costs = controllers === first ? base : await costsAt(controllers);
    for (const name of ['status', 'off', 'on'] as const) {
      const { roundTrips, sent, received, own, whole, memory } = costs[name];
      lines.push(
        `${controllers} controllers, ${name}: ${roundTrips} round trip${roundTrips === 1 ? '' : 's'}, ${sent} bytes sent, ${received} received; against ${first}: own time ${factor(own, base[name].own)}, memory ${factor(memory + 1e6, base[name].memory + 1e6)}, with the simulated server ${factor(whole, base[name].whole)} (${Math.round(own)} ms own, ${Math.round(whole)} ms whole)`,
      );
    }
  }
  return lines;
}
