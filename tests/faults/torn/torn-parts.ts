import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { Consumer, ConsumerReading } from '#electron/consumers/consumer.ts';
import { replaceContent } from '#electron/consumers/replace-content.ts';
import { openDurableLog } from '#electron/log/durable-log.ts';
import { fileFailure } from '#electron/machine/file-failure.ts';
import { decodeRecord, encodeRecord } from '#electron/secrets/secret-record.ts';
import type { SecretRecord, SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import type { FakeClock } from '#tests/unit/operations/fakes/fake-clock.ts';
import type { FakeDatabase } from '#tests/unit/operations/fakes/fake-database.ts';
import { login } from '#tests/unit/operations/fakes/fake-database.ts';
import type { Mains } from './mains.ts';
import type { TornDisk } from './torn-disk.ts';

const keychainPath = '/keychain/entries.log';
export const configPath = '/acs/service.config';

/** A keychain: each write of an entry is whole or not there, and acknowledged when it is on the disk. */
export class TornStore implements SecretStore {
  readonly kind = 'training';
  readonly sentence = 'the keychain of the proofs';
  readonly #mains: Mains;
  readonly #disk: TornDisk;

  constructor(mains: Mains, disk: TornDisk) {
    this.#mains = mains;
    this.#disk = disk;
  }

  async read(name: string): Promise<Result<SecretRecord | undefined>> {
    return await this.#mains.passing('store: read', async () => {
      const log = await openDurableLog(this.#disk, keychainPath);
      if (!log.ok) return log;
      const entry = log.value.records.findLast((each) => each.startsWith(`${name} `));
      await log.value.close();
      return succeed(entry === undefined ? undefined : decodeRecord(entry.slice(name.length + 1)));
    });
  }

  async write(name: string, record: SecretRecord): Promise<Result<undefined>> {
    return await this.#mains.passing('store: write', async () => {
      const log = await openDurableLog(this.#disk, keychainPath);
      if (!log.ok) return log;
      const written = await log.value.append(`${name} ${encodeRecord(record)}`);
      await log.value.close();
      return written;
    });
  }

  async remove(): Promise<Result<undefined>> {
    return await Promise.resolve(failed(failure('keychain-locked')));
  }
}

const opening = '<add name="Acs" connectionString="Server=.;User ID=acs_service;Password=';
const closing = ';Encrypt=true" />\n</configuration>\n';

/** A service's file, changed by the product's own way of replacing a content in place. */
export class TornConsumer implements Consumer {
  readonly id = 'acs-service-config';
  readonly place = configPath;
  readonly login = login;
  readonly #mains: Mains;
  readonly #disk: TornDisk;

  constructor(mains: Mains, disk: TornDisk, first: Secret) {
    this.#mains = mains;
    this.#disk = disk;
    this.put(first.reveal());
  }

  /** As somebody else does with an editor. */
  put(password: string, remark = ''): void {
    this.#disk.memory.place(configPath, Buffer.from(`<configuration>\n${remark}${opening}${password}${closing}`));
  }

  /** What the file holds now; undefined where it is torn beyond reading. */
  get held(): Secret | undefined {
    return heldIn(this.#disk.memory.content(configPath));
  }

  async read(): Promise<Result<ConsumerReading>> {
    return await this.#mains.passing('consumer: read', async () => {
      const content = this.#disk.memory.content(configPath);
      const secret = heldIn(content);
      if (secret === undefined) return failed(failure('consumer-unreadable', { consumer: this.place, cause: 'torn' }));
      return await Promise.resolve(succeed({ login, secret, revision: Buffer.from(content).toString('hex') }));
    });
  }

  async preview(): Promise<Result<string>> {
    return await Promise.resolve(succeed('-Password=[secret]\n+Password=[secret]'));
  }

  async write(secret: Secret, expectedRevision: string | null): Promise<Result<undefined>> {
    return await this.#mains.passing('consumer: write', async () => {
      const old = this.#disk.memory.content(configPath);
      if (expectedRevision !== null && expectedRevision !== Buffer.from(old).toString('hex'))
        return failed(failure('consumer-changed', { consumer: this.place }));
      const text = Buffer.from(old).toString('utf8');
      const from = text.indexOf(opening) + opening.length;
      const next = text.slice(0, from) + secret.reveal() + text.slice(text.indexOf(';Encrypt', from));
      const file = await this.#disk.open(configPath);
      try {
        await replaceContent(file, old, Buffer.from(next));
        return succeed();
      } catch (error) {
        return failed(fileFailure(configPath, error));
      } finally {
        await file.close();
      }
    });
  }
}

function heldIn(content: Uint8Array): Secret | undefined {
  const password = /Password=([^;"]*);Encrypt=true" \/>\n<\/configuration>\s*$/.exec(
    Buffer.from(content).toString('utf8'),
  )?.[1];
  return password === undefined ? undefined : new Secret(password);
}

/** A service that logs in with what its file held when it was started, and keeps trying that. */
export class RestlessService implements Services {
  processId: number | null = 4000;
  fault: 'does not stop' | 'does not start' | 'does not log in' | undefined;
  /** How often it tries with one start before it rests; a service by itself never does. */
  patience = Number.POSITIVE_INFINITY;
  /** Its own attempts that were refused. */
  refused = 0;
  #holds: Secret | undefined;
  #starts = 0;
  readonly #mains: Mains;
  readonly #clock: FakeClock;
  readonly #database: FakeDatabase;
  readonly #consumer: TornConsumer;

  constructor(mains: Mains, clock: FakeClock, database: FakeDatabase, consumer: TornConsumer) {
    this.#mains = mains;
    this.#clock = clock;
    this.#database = database;
    this.#consumer = consumer;
    this.#begin();
  }

  get loggedIn(): boolean {
    return this.processId !== null && this.#database.sessions.some(({ processId }) => processId === this.processId);
  }

  #begin(): void {
    this.#starts += 1;
    this.processId = 4000 + this.#starts;
    this.#holds = this.fault === 'does not log in' ? undefined : this.#consumer.held;
    this.#reach();
  }

  #reach(): void {
    if (this.#holds !== undefined && this.patience > 0) {
      this.patience -= 1;
      const before = this.#database.refused;
      this.#database.connect(this.#holds, this.processId);
      this.refused += this.#database.refused - before;
    }
  }

  end(): void {
    this.#database.sessions = this.#database.sessions.filter((each) => each.processId !== this.processId);
    this.processId = null;
    this.#holds = undefined;
  }

  /** What it does by itself as time goes by: its pool makes its connections anew, with the password that it read. */
  tick(): void {
    if (this.processId === null) return;
    if (this.loggedIn && this.#holds?.equals(this.#database.password) !== true)
      this.#database.sessions = this.#database.sessions.filter((each) => each.processId !== this.processId);
    if (!this.loggedIn) this.#reach();
  }

  async runningDependants() {
    return await Promise.resolve(known([], this.#clock.now()));
  }

  async inspect(name: string) {
    const status = await this.#mains.pass('services: inspect', () =>
      succeed({ name, state: this.processId === null ? 'stopped' : 'running', processId: this.processId } as const),
    );
    return status.ok ? known(status.value, this.#clock.now()) : unknown(status.error, this.#clock.now());
  }

  async stop(name: string): Promise<Result<undefined>> {
    return await this.#mains.pass('services: stop', () => {
      if (this.fault === 'does not stop' && this.processId !== null)
        return failed(failure('service-did-not-stop', { service: name, seconds: 20 }));
      this.end();
      return succeed();
    });
  }

  async start(name: string): Promise<Result<undefined>> {
    return await this.#mains.pass('services: start', () => {
      if (this.processId !== null) return succeed();
      if (this.fault === 'does not start')
        return failed(failure('service-did-not-start', { service: name, cause: 'it ended at once' }));
      this.patience = Number.POSITIVE_INFINITY;
      this.#begin();
      return succeed();
    });
  }

  /** The machine comes up: a service that starts with it tries what its file holds some times, and rests. */
  boot(): void {
    this.end();
    this.patience = 3;
    this.#begin();
  }
}
