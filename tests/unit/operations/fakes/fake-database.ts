import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type {
  Credential,
  LoginFacts,
  LoginHolder,
  LoginSession,
  OpenSession,
  RefusedLogin,
  ServerIdentity,
  SiteDatabase,
  SwitchRequest,
  Switching,
} from '#electron/database/site-database.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import {
  guardHashes,
  notPrepared,
  session,
  siteStatus,
  soundGuards,
  soundObjects,
  stateRow,
} from '#tests/unit/site/sample-status.ts';
import type { Session } from '#tests/unit/site/sample-status.ts';
import type { FakeClock } from './fake-clock.ts';
import type { Tripwire } from './tripwire.ts';

export const login = 'acs_service';

/** A small SQL Server: one login with its password and sessions, and the site's state. */
export class FakeDatabase implements SiteDatabase {
  password = new Secret('first-password');
  facts: LoginFacts = {
    name: login,
    disabled: false,
    locked: false,
    mustChange: false,
    expired: false,
    policyChecked: true,
    badPasswords: 0,
    passwordSetAt: new Date('2026-01-01T00:00:00.000Z'),
  };
  /** Login attempts that were refused: enough of them lock a login out. */
  refused = 0;
  /** Refused attempts in a row after which the login is locked out; undefined: never. */
  lockAfter: number | undefined;
  #refusedInARow = 0;
  sessions: LoginSession[] = [];
  remote: Session[] = [];
  prepared = false;
  commissioning: NonNullable<SiteStatus['state']>['state'] = 'on';
  /** When an opening or a rehearsal ends by the clock. */
  until: Date | null = null;
  server: ServerIdentity | undefined;
  otherTriggers = '';
  stateVersion = 1;
  counts: SiteStatus['counts'] = { total: 3, bound: 0, changed: 0, asleep: 0, unsupported: 0, missing: 0 };
  registered = 0;
  readonly #wire: Tripwire;
  readonly #clock: FakeClock;
  #nextSession = 51;
  #beforeUpgrade: NonNullable<SiteStatus['state']>['state'] | undefined;

  constructor(wire: Tripwire, clock: FakeClock) {
    this.#wire = wire;
    this.#clock = clock;
  }

  /** A program logs in; undefined when the password is refused. */
  connect(secret: Secret, processId: number | null): LoginSession | undefined {
    if (this.facts.locked && this.lockAfter !== undefined) return undefined;
    if (!secret.equals(this.password)) {
      this.#refuse();
      return undefined;
    }
    this.#refusedInARow = 0;
    const made: LoginSession = {
      sessionId: (this.#nextSession += 1),
      program: 'AcsService',
      host: 'ACS-SRV-01',
      processId,
      address: '127.0.0.1',
      connectedAt: this.#clock.now(),
    };
    this.sessions.push(made);
    return made;
  }

  #refuse(): void {
    this.refused += 1;
    this.#refusedInARow += 1;
    if (this.lockAfter !== undefined && this.#refusedInARow >= this.lockAfter)
      this.facts = { ...this.facts, locked: true };
  }

  /** As an administrator of the server does. */
  async setPassword(_administrator: Credential, _login: string, to: Secret) {
    return await this.#wire.pass('database: set password', () => {
      this.setTo(to);
      this.#refusedInARow = 0;
      this.facts = { ...this.facts, locked: false, mustChange: false, expired: false };
      return succeed();
    });
  }

  setTo(to: Secret): void {
    this.#clock.advance(1000);
    this.password = to;
    if (this.facts.passwordSetAt !== null) this.facts = { ...this.facts, passwordSetAt: this.#clock.now() };
  }

  /** The guards as they stand, where the site is prepared. */
  guards: SiteStatus['guards'] = soundGuards;
  objects: SiteStatus['objects'] = soundObjects;

  statusNow(): SiteStatus {
    const local = this.sessions.map(() => session());
    const sessions = [...local, ...this.remote];
    if (!this.prepared) return { ...notPrepared, sessions };
    const version = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, this.stateVersion]);
    const rehearsed = this.commissioning === 'rehearsing' || this.commissioning === 'rehearsal-over';
    return siteStatus({
      sessions,
      guards: this.guards,
      objects: this.objects,
      truncateStop: this.commissioning === 'off' || rehearsed,
      state: stateRow({
        state: this.commissioning,
        version,
        openUntil: rehearsed ? null : this.until,
        lockedUntil: rehearsed ? this.until : null,
        otherTriggers: this.otherTriggers,
        ...(this.server === undefined ? {} : { serverName: this.server.name, recoveryFork: this.server.recoveryFork }),
      }),
      registered: this.registered,
      counts: this.counts,
    });
  }

  async status() {
    return await this.#wire.pass('database: status', () => succeed(this.statusNow()));
  }

  async rights() {
    return await this.#wire.pass('database: rights', () => succeed(this.statusNow().runRights));
  }

  preparation() {
    return [...guardHashes.keys()].map((id) => ({ id, text: `CREATE ${id};\n` }));
  }

  removal(): string {
    return 'DROP everything;\n';
  }

  async prepare() {
    return await this.#wire.pass('database: prepare', () => {
      this.prepared = true;
      this.commissioning = 'on';
      return succeed();
    });
  }

  async remove() {
    return await this.#wire.pass('database: remove', () => {
      this.prepared = false;
      return succeed();
    });
  }

  switching(what: Switching, values: Readonly<Record<string, string | null>>): string {
    return `EXEC mortise.${what} ${JSON.stringify(values)};\n`;
  }

  async #switch(what: Switching, request: SwitchRequest, change: () => void) {
    return await this.#wire.pass(`database: ${what.replace('commissioning-', 'commissioning ')}`, () => {
      if (request.expectedVersion.at(-1) !== this.stateVersion)
        return failed(failure('plan-outdated', { what: 'commissioning mode was switched meanwhile' }));
      this.stateVersion += 1;
      change();
      return succeed({ controllers: this.counts.total });
    });
  }

  #register({ otherTriggers = new Uint8Array() }: SwitchRequest): void {
    this.otherTriggers = Buffer.from(otherTriggers).toString('hex');
    this.registered = this.counts.total;
    this.counts = { ...this.counts, bound: this.counts.total, changed: 0, missing: 0 };
  }

  async commissioningOff(request: SwitchRequest & { readonly server: ServerIdentity }) {
    return await this.#switch('commissioning-off', request, () => {
      this.commissioning = 'off';
      this.until = null;
      this.server = request.server;
      this.#register(request);
    });
  }

  async commissioningOn(request: SwitchRequest & { readonly openUntil: Date | null }) {
    return await this.#switch('commissioning-on', request, () => {
      this.commissioning = 'on';
      this.until = request.openUntil;
    });
  }

  async rehearse(request: SwitchRequest & { readonly minutes: number }) {
    return await this.#switch('rehearse', request, () => {
      this.commissioning = 'rehearsing';
      this.until = new Date(this.#clock.now().getTime() + request.minutes * 60_000);
    });
  }

  async renewRegister(request: SwitchRequest) {
    return await this.#switch('renew-register', request, () => this.#register(request));
  }

  async adoptServer(request: SwitchRequest & { readonly server: ServerIdentity }) {
    return await this.#switch('adopt-server', request, () => {
      this.server = request.server;
    });
  }

  guardDown(): string {
    return 'DROP the guard;\n';
  }

  guardUp() {
    return [{ id: 'guard-up', text: 'CREATE the guard;\n' }];
  }

  async takeGuardDown() {
    return await this.#wire.pass('database: guard down', () => {
      this.#beforeUpgrade = this.commissioning;
      this.commissioning = 'upgrading';
      this.guards = this.guards.filter(({ name }) => !name.startsWith('mortise_guard_'));
      return succeed();
    });
  }

  async putGuardUp() {
    return await this.#wire.pass('database: guard up', () => {
      this.commissioning = this.#beforeUpgrade ?? this.commissioning;
      this.#beforeUpgrade = undefined;
      this.guards = soundGuards;
      this.objects = soundObjects;
      return succeed();
    });
  }

  async loginFacts(name: string) {
    return await this.#wire.pass('database: facts', () => succeed(name === login ? this.facts : undefined));
  }

  async sessionsOf() {
    return await this.#wire.pass('database: sessions', () => succeed([...this.sessions]));
  }

  /** Whether Mortise's login may end sessions (ALTER ANY CONNECTION). */
  mayEnd = true;
  async openSessions() {
    return await this.#wire.pass('database: open sessions', () =>
      succeed([
        ...this.sessions.map(({ sessionId, program, host, address }): OpenSession => ({
          sessionId,
          connectionId: `own-${sessionId}`,
          login,
          program,
          host,
          address,
          localAddress: address,
          transport: 'TCP',
        })),
        ...this.remote.map((session, index): OpenSession => ({
          ...session,
          sessionId: 900 + index,
          connectionId: `remote-${index}`,
        })),
      ]),
    );
  }

  async endSession({ connectionId }: Pick<OpenSession, 'connectionId'>) {
    return await this.#wire.pass('database: end session', () => {
      if (!this.mayEnd) return failed(failure('no-right', { login: 'mortise_run', right: 'ALTER ANY CONNECTION' }));
      this.sessions = this.sessions.filter(({ sessionId }) => `own-${sessionId}` !== connectionId);
      this.remote = this.remote.filter((_session, index) => `remote-${index}` !== connectionId);
      return succeed();
    });
  }

  holders: LoginHolder[] = [];
  async holdersOf() {
    return await this.#wire.pass('database: holders', () => succeed([...this.holders]));
  }

  /** As the error log has them; undefined where it may not be read. */
  refusedInLog: RefusedLogin[] | undefined = [];
  async refusedLogins() {
    return await this.#wire.pass('database: refused logins', () =>
      this.refusedInLog === undefined
        ? failed(failure('no-right', { login: 'mortise_run', right: 'reading the error log' }))
        : succeed([...this.refusedInLog]),
    );
  }

  /** An administrator besides the one login. */
  administrator: Credential | undefined;

  async tryLogin({ login: name, secret }: Credential) {
    return await this.#wire.pass('database: try login', () => {
      if (name !== login && name === this.administrator?.login && secret.equals(this.administrator.secret))
        return succeed({ sessionId: 1, connectedAt: this.#clock.now() });
      const made = this.connect(secret, null);
      if (made === undefined)
        return failed(
          failure(this.facts.locked && this.lockAfter !== undefined ? 'login-locked' : 'login-refused', { login }),
        );
      this.sessions = this.sessions.filter((each) => each !== made);
      return succeed({ sessionId: made.sessionId, connectedAt: made.connectedAt });
    });
  }

  async changeOwnPassword(_login: string, from: Secret, to: Secret) {
    return await this.#wire.pass('database: change password', () => {
      if (this.facts.locked && this.lockAfter !== undefined) return failed(failure('login-locked', { login }));
      if (!from.equals(this.password)) {
        this.#refuse();
        return failed(failure('login-refused', { login }));
      }
      this.setTo(to);
      return succeed();
    });
  }

  /** How often a person asked for another try. */
  triedAgain = 0;
  tryAgain(): void {
    this.triedAgain += 1;
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }
}
