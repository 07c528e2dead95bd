import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '#shared/secret.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { xmlConfigConsumer } from '#electron/consumers/xml-config-consumer.ts';
import { connect } from '#electron/database/connect.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import type { SiteDatabase } from '#electron/database/site-database.ts';
import { openJournals } from '#electron/journal/journals.ts';
import { stepJournal } from '#electron/journal/step-journal.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { RotateLogin } from '#electron/operations/rotation/rotate-login.ts';
import { RotateMany } from '#electron/operations/rotation/rotate-many.ts';
import { rotationRecordSchema } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationParts } from '#electron/operations/rotation/rotation-parts.ts';
import { quietRun } from '#electron/operations/run.ts';
import { waitUntil } from '#electron/operations/wait.ts';
import { generatePassword } from '#electron/secrets/password-generator.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import { noServices } from '#electron/services/no-services.ts';
import type { Services } from '#electron/services/services.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { acsService, mortiseRun, siteAdmin } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import type { TrainingSite } from '#electron/training/training-site.ts';
import { median, ratioText } from './median.ts';

const pairs = 5;
const many = 50;
const serviceLimit = 20_000;

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
};

interface Ground {
  readonly profile: SiteProfile;
  readonly database: SiteDatabase;
  readonly parts: RotationParts;
}

function groundOf(folder: string, profile: SiteProfile, services: Services): Ground {
  const database = new SqlServerDatabase(
    profile,
    async () => await Promise.resolve(succeed([{ login: mortiseRun.login, secret: new Secret(mortiseRun.password) }])),
  );
  const parts: RotationParts = {
    profile,
    database,
    services,
    store: new MemorySecretStore(),
    consumers: profile.consumers.flatMap((each) => (each.kind === 'xml-config' ? [xmlConfigConsumer(each)] : [])),
    journal: stepJournal(openJournals({ port: nodeFilePort, folder, kind: 'rotation', schema: rotationRecordSchema })),
    clock: systemClock,
    generate: generatePassword,
  };
  return { profile, database, parts };
}

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act();
  return performance.now() - began;
};

/** What somebody would do by hand with a script that cannot be interrupted: nothing is planned, kept or proved but a login. */
async function bare(
  { profile, database, parts }: Ground,
  login: string,
  path: string,
  secrets: { from: Secret; readonly to: Secret },
): Promise<void> {
  const target = profile.serviceLogins.find((each) => each.login === login);
  for (const name of target?.services ?? []) valueOf(await parts.services.stop(name, serviceLimit));
  valueOf(await database.changeOwnPassword(login, secrets.from, secrets.to));
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/(Password=)[^;"]*/i, `$1${secrets.to.reveal()}`));
  for (const name of target?.services ?? []) {
    valueOf(await parts.services.start(name, serviceLimit));
    await waitUntil(serviceLimit, async () => {
      const status = await parts.services.inspect(name);
      const sessions = valueOf(await database.sessionsOf(login));
      return status.state === 'known' && sessions.some(({ processId }) => processId === status.value.processId);
    });
  }
  valueOf(await database.tryLogin({ login, secret: secrets.to }));
}

/** The password as the file has it, which is where the next round begins. */
async function heldIn(parts: RotationParts, path: string): Promise<Secret> {
  const consumer = parts.consumers.find(({ place }) => place === path);
  const held = consumer === undefined ? undefined : valueOf(await consumer.read()).secret;
  if (held == null) throw new Error(`Nothing is held in ${path}.`);
  return held;
}

async function rotated(change: { plan(): Promise<Result<{ apply: RotateLoginApply }>> }): Promise<void> {
  valueOf(await valueOf(await change.plan()).apply(quietRun('bench')));
}
type RotateLoginApply = (run: ReturnType<typeof quietRun>) => Promise<Result<unknown>>;

async function oneLogin(site: TrainingSite, folder: string): Promise<readonly string[]> {
  const profile = trainingProfile({ ...site.facts, serviceConfigPath: site.facts.configPath });
  const ground = groundOf(folder, profile, site.services);
  const { login } = acsService;
  const path = site.facts.configPath;
  const times = { bare: [] as number[], rotated: [] as number[] };
  // The first of each warms up and does not count.
  for (let pair = 0; pair <= pairs; pair += 1) {
    const by = await timed(
      async () => await bare(ground, login, path, { from: await heldIn(ground.parts, path), to: generatePassword() }),
    );
    await ground.parts.store.remove(login);
    const whole = await timed(
      async () => await rotated({ plan: async () => await new RotateLogin(ground.parts, 'generated').plan({ login }) }),
    );
    await ground.parts.store.remove(login);
    if (pair === 0) continue;
    times.bare.push(by);
    times.rotated.push(whole);
  }
  await ground.database.close();
  return [
    `one login with its service and its file, plan included, against stop, ALTER LOGIN, write, start, log in: ${ratioText(times.rotated, times.bare)}, goal 1.3; medians ${Math.round(median(times.rotated))} ms and ${Math.round(median(times.bare))} ms`,
  ];
}

const config = (login: string, password: string) =>
  `<configuration>\n  <connectionStrings>\n    <add name="Acs" connectionString="Server=acs;User ID=${login};Password=${password}" />\n  </connectionStrings>\n</configuration>\n`;

async function manyLogins(site: TrainingSite, folder: string): Promise<readonly string[]> {
  const base = trainingProfile({ ...site.facts, serviceConfigPath: site.facts.configPath });
  const logins = Array.from({ length: many }, (_none, index) => `bench_${String(index + 1).padStart(2, '0')}`);
  const first = 'Before-the-bench_2026';
  const pool = valueOf(
    await connect(base.endpoint, { login: siteAdmin.login, secret: new Secret(siteAdmin.password) }, { most: 1 }),
  );
  const pathOf = (login: string) => join(folder, `${login}.config`);
  for (const login of logins) {
    await pool.request().batch(`CREATE LOGIN ${login} WITH PASSWORD = N'${first}', CHECK_POLICY = OFF;`);
    await pool.request().batch(`CREATE USER ${login} FOR LOGIN ${login};`);
    await writeFile(pathOf(login), config(login, first), { mode: 0o600 });
  }
  await pool.close();
  const profile: SiteProfile = {
    ...base,
    services: [],
    serviceLogins: logins.map((login) => ({ login, services: [], consumers: [login] })),
    consumers: logins.map((login) => ({
      id: login,
      kind: 'xml-config',
      path: pathOf(login),
      connectionString: 'Acs',
      login,
    })),
  };
  const ground = groundOf(folder, profile, noServices(systemClock));
  const bareTimes: number[] = [];
  const rotatedTimes: number[] = [];
  for (let pair = 0; pair < 3; pair += 1) {
    const held = new Map<string, Secret>();
    for (const login of logins) held.set(login, await heldIn(ground.parts, pathOf(login)));
    bareTimes.push(
      await timed(async () => {
        for (const login of logins)
          await bare(ground, login, pathOf(login), {
            from: held.get(login) ?? generatePassword(),
            to: generatePassword(),
          });
      }),
    );
    for (const login of logins) await ground.parts.store.remove(login);
    rotatedTimes.push(
      await timed(async () => await rotated({ plan: async () => await new RotateMany(ground.parts).plan({ logins }) })),
    );
    for (const login of logins) await ground.parts.store.remove(login);
  }
  await ground.database.close();
  return [
    `${many} logins in one go, plan included, each journalled, proved and kept, against ALTER LOGIN, write, log in: ${ratioText(rotatedTimes, bareTimes)}; medians ${Math.round(median(rotatedTimes))} ms and ${Math.round(median(bareTimes))} ms`,
  ];
}

/** What planning, journals, the store and the proofs cost on top of what any rotation has to do. */
export async function rotationOverhead(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-bench-'));
  const site = valueOf(await startTrainingSite({ folder: join(folder, 'site'), graceMilliseconds: 1_000 }));
  try {
    return [...(await oneLogin(site, folder)), ...(await manyLogins(site, folder))];
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
