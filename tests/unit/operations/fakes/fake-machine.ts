import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { AllowedAddress, BlockedPort, Finding, Listener, ProbedListener } from '#shared/secure-mode.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { Block, Firewall, OutsideProbe } from '#electron/firewall/firewall.ts';
import type { SecretRecord, SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import type { FakeClock } from './fake-clock.ts';
import type { FakeDatabase } from './fake-database.ts';
import { login } from './fake-database.ts';
import type { Tripwire } from './tripwire.ts';

/** A configuration file that holds one password. */
export class FakeConsumer implements Consumer {
  readonly id = 'acs-service-config';
  readonly place = '/acs/service.config';
  readonly login = login;
  held = new Secret('first-password');
  #revision = 1;
  readonly #wire: Tripwire;

  constructor(wire: Tripwire) {
    this.#wire = wire;
  }

  async read() {
    return await this.#wire.pass('consumer: read', () =>
      succeed({ login, secret: this.held, revision: String(this.#revision) }),
    );
  }

  /** What this place cannot hold. */
  cannotHold: RegExp | undefined;

  async accepts(secret: Secret) {
    return await Promise.resolve(
      this.cannotHold?.test(secret.reveal()) === true
        ? failed(failure('consumer-unreadable', { consumer: this.place, cause: 'it cannot hold the new password' }))
        : succeed(),
    );
  }

  async preview() {
    return await Promise.resolve(succeed(`-Password=${String(this.held)}\n+Password=[secret]`));
  }

  async write(secret: Secret, expectedRevision: string | null) {
    return await this.#wire.pass('consumer: write', () => {
      if (expectedRevision !== null && expectedRevision !== String(this.#revision))
        return failed(failure('consumer-changed', { consumer: this.place }));
      this.held = secret;
      this.#revision += 1;
      return succeed();
    });
  }
}

/** A keychain in memory; to lock it, let its points fail. */
export class FakeStore implements SecretStore {
  readonly kind = 'training';
  readonly sentence = 'the keychain of the tests';
  readonly records = new Map<string, SecretRecord>();
  readonly #wire: Tripwire;

  constructor(wire: Tripwire) {
    this.#wire = wire;
  }

  async read(name: string) {
    return await this.#wire.pass('store: read', () => succeed(this.records.get(name)));
  }

  async write(name: string, record: SecretRecord) {
    return await this.#wire.pass('store: write', () => {
      this.records.set(name, record);
      return succeed();
    });
  }

  async remove(name: string) {
    this.records.delete(name);
    return await Promise.resolve(succeed());
  }
}

/** One service that logs in with what its file holds when it is started. */
export class FakeServices implements Services {
  processId: number | null = 4000;
  /** A service that runs and does not get in. */
  cannotLogIn = false;
  stops = 0;
  readonly #wire: Tripwire;
  readonly #clock: FakeClock;
  readonly #database: FakeDatabase;
  readonly #consumer: FakeConsumer;

  constructor(wire: Tripwire, clock: FakeClock, database: FakeDatabase, consumer: FakeConsumer) {
    this.#wire = wire;
    this.#clock = clock;
    this.#database = database;
    this.#consumer = consumer;
    database.connect(consumer.held, this.processId);
  }

  async inspect(name: string) {
    const status = await this.#wire.pass('services: inspect', () =>
      succeed({ name, state: this.processId === null ? 'stopped' : 'running', processId: this.processId } as const),
    );
    return status.ok ? known(status.value, this.#clock.now()) : unknown(status.error, this.#clock.now());
  }

  /** Other services that cannot run without this one, by whether they run: they stop with it and do not come back. */
  readonly dependants = new Map<string, boolean>();

  async runningDependants() {
    const running = [...this.dependants].filter(([, runs]) => runs).map(([name]) => name);
    return await Promise.resolve(known(running, this.#clock.now()));
  }

  async stop(name = '') {
    return await this.#wire.pass('services: stop', () => {
      if (this.dependants.has(name)) {
        this.dependants.set(name, false);
        return succeed();
      }
      for (const dependant of this.dependants.keys()) this.dependants.set(dependant, false);
      if (this.processId === null) return succeed();
      this.stops += 1;
      this.#database.sessions = this.#database.sessions.filter((each) => each.processId !== this.processId);
      this.processId = null;
      return succeed();
    });
  }

  async start(name = '') {
    return await this.#wire.pass('services: start', () => {
      if (this.dependants.has(name)) {
        if (this.processId !== null) this.dependants.set(name, true);
        return succeed();
      }
      if (this.processId !== null) return succeed();
      this.processId = 4000 + this.stops;
      if (!this.cannotLogIn) this.#database.connect(this.#consumer.held, this.processId);
      return succeed();
    });
  }
}

const holds = (ports: readonly BlockedPort[], one: BlockedPort) =>
  ports.some(({ port, protocol }) => port === one.port && protocol === one.protocol);

/** A firewall and the other machine behind it. */
export class FakeFirewall implements Firewall, OutsideProbe {
  readonly kind = 'training';
  readonly possible = true;
  blocked: readonly Listener[] = [];
  allowed: readonly AllowedAddress[] = [];
  findings: Finding[] = [];
  /** What the other machine reaches although it is blocked. */
  leaks: readonly Listener[] = [];
  /** Told by `changes()`, as a colleague's hand would. */
  #watching: (() => void) | undefined;
  readonly #wire: Tripwire;
  readonly #clock: FakeClock;

  constructor(wire: Tripwire, clock: FakeClock) {
    this.#wire = wire;
    this.#clock = clock;
  }

  describe({ listeners, allowed }: Block): readonly string[] {
    const but = allowed.length === 0 ? '' : ` but from ${allowed.map(({ address }) => address).join(', ')}`;
    return listeners.map(({ protocol, port }) => `drop ${protocol} ${port}${but}`);
  }

  async read() {
    const state = await this.#wire.pass('firewall: read', () =>
      succeed({
        rules: this.describe({ listeners: this.blocked, allowed: this.allowed }),
        blocked: this.blocked.map(({ protocol, port }) => ({ protocol, port })),
        allowed: this.allowed,
        findings: this.findings,
      }),
    );
    return state.ok ? known(state.value, this.#clock.now()) : unknown(state.error, this.#clock.now());
  }

  async block({ listeners, allowed }: Block) {
    return await this.#wire.pass('firewall: block', () => {
      this.blocked = listeners;
      this.allowed = allowed;
      this.changes();
      return succeed();
    });
  }

  async unblock() {
    return await this.#wire.pass('firewall: unblock', () => {
      this.blocked = [];
      this.allowed = [];
      this.changes();
      return succeed();
    });
  }

  watch(changed: () => void) {
    this.#watching = changed;
    return {
      close: async () => {
        this.#watching = undefined;
        await Promise.resolve();
      },
    };
  }

  changes(): void {
    this.#watching?.();
  }

  async probe(listeners: readonly Listener[]) {
    return await this.#wire.pass('probe', () => {
      const seen = listeners.map(({ protocol, port }): ProbedListener => ({
        protocol,
        port,
        saw:
          holds(this.blocked, { protocol, port }) && !holds(this.leaks, { protocol, port }) ? 'filtered' : 'answered',
        version: null,
      }));
      return succeed({ from: '127.0.0.2', at: this.#clock.now().toISOString(), seen });
    });
  }
}
