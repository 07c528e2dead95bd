import type { ConnectionPool } from 'mssql';
import { Secret } from '#shared/secret.ts';
import { succeed } from '#shared/result.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { preparationBatches } from '#electron/database/catalogue.ts';
import { connect } from '#electron/database/connect.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { driftOf, expectedModules, otherTriggersOf } from '#electron/site/drift.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { createEngine, restore } from '#electron/training/engine/engine.ts';
import type { Engine } from '#electron/training/engine/engine.ts';
import type { ServerModel } from '#electron/training/engine/model.ts';
import { trainingModel } from '#electron/training/engine/training-model.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';
import { makeTrainingCertificate } from '#electron/training/tds/certificate.ts';
import { createTdsServer } from '#electron/training/tds/tds.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';

const certificate = await makeTrainingCertificate();

const credentialOf = (login: string) => ({
  login,
  secret: new Secret(practiceLogins.find((each) => each.login === login)?.password ?? ''),
});

export const setup = credentialOf('site_admin');
const why = { actor: 'SITE\\ines', reason: 'test' };

/** One connection of a program, over the wire. */
export interface WiredClient {
  /** The number of the error that it met; undefined where it went through. */
  ask(text: string): Promise<number | undefined>;
  /** The first column of the first row. */
  scalar(text: string): Promise<unknown>;
  /** Fails the test where the statement does. */
  must(text: string): Promise<void>;
}

/**
 * A simulated server behind a socket, asked by the driver as a site is. The server's clock is the test's; a second
 * SqlServerDatabase is a second engineer.
 */
export class WiredSite {
  readonly profile: SiteProfile;
  readonly #server: ReturnType<typeof createTdsServer>;
  readonly #pools: ConnectionPool[] = [];
  readonly #databases: SqlServerDatabase[] = [];
  #engine: Engine;
  #offset = 0;

  private constructor(model: ServerModel, change: (profile: SiteProfile) => SiteProfile) {
    this.#engine = createEngine({ model, clock: () => this.now() });
    this.#server = createTdsServer({
      backend: {
        admits: () => true,
        login: async (request, disconnect) => await this.#engine.login(request, disconnect),
      },
      certificate,
      encryption: 'required',
      version: { major: 15, minor: 0, build: 4430 },
    });
    this.profile = change(trainingProfile({ host: '127.0.0.1', port: 1, ca: certificate.ca, serviceConfigPath: '/x' }));
  }

  /** Prepared unless not asked for, commissioning mode on; doors, which also keep TRUNCATE out, are gone. */
  static async open({
    controllers = 24,
    prepared = true,
    change = (profile: SiteProfile) => profile,
  }: {
    readonly controllers?: number;
    readonly prepared?: boolean;
    readonly change?: (profile: SiteProfile) => SiteProfile;
  } = {}): Promise<WiredSite> {
    const site = new WiredSite(trainingModel({ controllers }), change);
    const port = await site.#server.listen(0, ['127.0.0.1']);
    Object.assign(site.profile.endpoint, { transport: { kind: 'tcp', port } });
    const admin = await site.client('site_admin');
    await admin.must('DROP TABLE dbo.Doors;');
    if (prepared) valueOf(await site.engineer().prepare(setup, why.actor));
    return site;
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  /** The server's clock goes on by so many minutes. */
  advance(minutes: number): void {
    this.#offset += minutes * 60_000;
  }

  /** One text for all servers that mean the same; when controllers were heard of and events happened is left out. */
  image(): string {
    return this.#engine.image((table, column) =>
      /^(?:Controllers\.LastSeenUtc|Events\.HappenedUtc)$/.test(`${table}.${column}`),
    );
  }

  /** Everything that a backup of the whole server would hold. */
  backup(): string {
    return this.#engine.snapshot();
  }

  /** The same database as of that backup, as RESTORE makes it: with a recovery fork of its own. Cuts every connection. */
  restore(backup: string): void {
    const model = restore(backup);
    const database = model.databases.find(({ name }) => name === this.profile.endpoint.database);
    if (database !== undefined) database.recoveryForkGuid = '0B5C7C1E-0000-4000-8000-000000000001';
    this.#engine = createEngine({ model, clock: () => this.now() });
    this.#server.dropWhere(() => true);
  }

  async client(login: string): Promise<WiredClient> {
    const pool = valueOf(await connect(this.profile.endpoint, credentialOf(login), { most: 1 }));
    pool.on('error', () => undefined);
    this.#pools.push(pool);
    const ask = async (text: string) => {
      try {
        await pool.request().batch(text);
        return undefined;
      } catch (error) {
        return Number((error as { number?: unknown }).number ?? -1);
      }
    };
    return {
      ask,
      scalar: async (text) => {
        const { recordset } = await pool.request().query<Record<string, unknown>>(text);
        return Object.values(recordset[0] ?? {})[0];
      },
      must: async (text) => {
        await pool.request().batch(text);
      },
    };
  }

  /** A Mortise of its own; `close` is what closing the program is. */
  engineer(): SqlServerDatabase {
    const made = new SqlServerDatabase(
      this.profile,
      async () => await Promise.resolve(succeed([credentialOf(this.profile.runLogin)])),
    );
    this.#databases.push(made);
    return made;
  }

  async status(engineer = this.engineer()): Promise<SiteStatus> {
    return valueOf(await engineer.status(new Date(this.now() - 150_000)));
  }

  async drift(engineer?: SqlServerDatabase) {
    const expected = expectedModules(preparationBatches(siteVariables(this.profile), this.profile.controllerTable));
    return driftOf(await this.status(engineer), expected);
  }

  /** What a switching rests on: the state as it is read now. */
  async request(engineer?: SqlServerDatabase) {
    const status = await this.status(engineer);
    const { state, server } = status;
    return {
      ...why,
      expectedVersion: state?.version ?? Uint8Array.from([0]),
      otherTriggers: otherTriggersOf(status),
      server: { name: server.instance, recoveryFork: server.recoveryFork },
    };
  }

  async off(engineer = this.engineer()) {
    return await engineer.commissioningOff(await this.request(engineer));
  }

  async on(openUntil: Date | null = null, engineer = this.engineer()) {
    return await engineer.commissioningOn({ ...(await this.request(engineer)), openUntil });
  }

  async rehearse(minutes: number, engineer = this.engineer()) {
    return await engineer.rehearse({ ...(await this.request(engineer)), minutes });
  }

  async close(): Promise<void> {
    await Promise.all(this.#databases.map(async (each) => await each.close()));
    await Promise.all(this.#pools.map(async (each) => await each.close().catch(() => undefined)));
    await this.#server.close();
  }
}
