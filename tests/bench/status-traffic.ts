import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '#shared/secret.ts';
import { succeed } from '#shared/result.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { mortiseRun } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { countingProxy } from './counting-proxy.ts';
import { holdSessions } from './hold-sessions.ts';

/** Round trips and bytes of one status, over a real socket, for a small and a large site. */
export async function statusTraffic(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { controllers, sessions } of [
    { controllers: 24, sessions: 0 },
    { controllers: 5_000, sessions: 1_000 },
  ]) {
    const folder = await mkdtemp(join(tmpdir(), 'mortise-bench-'));
    const started = await startTrainingSite({ folder, controllers, graceMilliseconds: 1_000 });
    if (!started.ok) throw new Error(started.error.sentence);
    const site = started.value;
    const proxy = await countingProxy(site.facts.port);
    const profile = trainingProfile({ ...site.facts, port: proxy.port, serviceConfigPath: site.facts.configPath });
    const database = new SqlServerDatabase(
      profile,
      async () =>
        await Promise.resolve(succeed([{ login: mortiseRun.login, secret: new Secret(mortiseRun.password) }])),
    );
    const letGo = await holdSessions(site.facts, sessions);
    const first = await database.status(new Date());
    if (!first.ok) throw new Error(first.error.sentence);
    proxy.take();
    const status = await database.status(new Date());
    const traffic = proxy.take();
    if (!status.ok) throw new Error(status.error.sentence);
    const seen = status.value.sessions.reduce((sum, group) => sum + group.sessions, 0);
    lines.push(
      `${status.value.counts.total} controllers, ${seen} sessions: ${traffic.roundTrips} round trip${traffic.roundTrips === 1 ? '' : 's'}, ${traffic.sent} bytes sent, ${traffic.received} received`,
    );
    letGo();
    proxy.close();
    await database.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
  return lines;
}
