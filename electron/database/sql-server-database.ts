import type { ConnectionPool, IResult, Request, Transaction } from 'mssql';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { listedControllers } from '#shared/vocabulary.ts';
import type { Secret } from '#shared/secret.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { guardBatch, guardUpBatches, preparationBatches, removalBatch, statementText } from './catalogue.ts';
import type { Batch, StatementId } from './catalogue.ts';
import { connect } from './connect.ts';
import { statementFailure, withoutPasswords } from './database-failure.ts';
import { quoteIdentifier, quoteLiteral } from './quoting.ts';
import {
  readLoginFacts,
  readLoginHolders,
  readLoginSessions,
  readOpenSessions,
  readRefusedLogins,
} from './login-reading.ts';
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
} from './site-database.ts';
import { siteVariables } from './site-variables.ts';
import { RunLoginAttempts } from './run-login/run-credentials.ts';
import type { RunCredentials } from './run-login/run-credentials.ts';
import { readRunRights } from './run-login/run-rights.ts';
import type { RunRights } from './run-login/run-rights.ts';
import type { SiteStatus } from './site-status.ts';
import { readSiteStatus } from './status-reading.ts';

/** SiteDatabase over the mssql driver. */
export class SqlServerDatabase implements SiteDatabase {
  readonly #profile: SiteProfile;
  readonly #runLogin: RunLoginAttempts;
  readonly #variables: ReadonlyMap<string, string>;
  #run: Promise<Result<ConnectionPool>> | undefined;

  constructor(profile: SiteProfile, runCredentials: RunCredentials) {
    this.#profile = profile;
    this.#runLogin = new RunLoginAttempts(runCredentials);
    this.#variables = siteVariables(profile);
  }

  async status(asleepBefore: Date): Promise<Result<SiteStatus>> {
    return await this.#ask(
      ['status', 'rights'],
      (request) => request.input('asleep_before', asleepBefore).input('most', listedControllers),
      readSiteStatus,
    );
  }

  async rights(): Promise<Result<RunRights>> {
    return await this.#ask(['rights'], (request) => request, readRunRights);
  }

  preparation() {
    return preparationBatches(this.#variables, this.#profile.controllerTable);
  }

  removal(): string {
    return removalBatch(this.#variables);
  }

  guardDown(): string {
    return guardBatch('guard-down', this.#variables).text;
  }

  guardUp() {
    return guardUpBatches(this.#variables, this.#profile.controllerTable);
  }

  async prepare(setup: Credential, actor: string): Promise<Result<undefined>> {
    return await this.#runBatches(setup, this.preparation(), { actor, reason: 'Site prepared' });
  }

  async remove(setup: Credential): Promise<Result<undefined>> {
    return await this.#runBatches(setup, [guardBatch('remove', this.#variables)], { actor: '', reason: '' });
  }

  async takeGuardDown(setup: Credential, why: { readonly actor: string; readonly reason: string }) {
    return await this.#runBatches(setup, [guardBatch('guard-down', this.#variables)], why);
  }

  async putGuardUp(setup: Credential, why: { readonly actor: string; readonly reason: string }) {
    return await this.#runBatches(setup, this.guardUp(), why);
  }

  switching(what: Switching, values: Readonly<Record<string, string | null>>): string {
    const shown = Object.entries(values).map(
      ([name, value]) => `-- @${name} = ${value === null ? 'NULL' : quoteLiteral(value.replaceAll(/\s+/g, ' '))}`,
    );
    return [...shown, '-- the others: as read from the server just before', statementText(what, this.#variables)].join(
      '\n',
    );
  }

  async commissioningOff(request: SwitchRequest & { readonly server: ServerIdentity }) {
    return await this.#switch('commissioning-off', request, (statement) =>
      withTriggers(request)(withServer(request.server)(statement)),
    );
  }

  async commissioningOn(request: SwitchRequest & { readonly openUntil: Date | null }) {
    // A Date alone is sent as datetime, which knows no single milliseconds: the time would not be the one that was shown.
    const { default: mssql } = await import('mssql');
    return await this.#switch('commissioning-on', request, (statement) =>
      statement.input('open_until', mssql.DateTime2(3), request.openUntil),
    );
  }

  async rehearse(request: SwitchRequest & { readonly minutes: number }) {
    return await this.#switch('rehearse', request, (statement) => statement.input('minutes', request.minutes));
  }

  async renewRegister(request: SwitchRequest) {
    return await this.#switch('renew-register', request, withTriggers(request));
  }

  async adoptServer(request: SwitchRequest & { readonly server: ServerIdentity }) {
    return await this.#switch('adopt-server', request, withServer(request.server));
  }

  async loginFacts(login: string): Promise<Result<LoginFacts | undefined>> {
    return await this.#ask(['login-facts'], (request) => request.input('login', login), readLoginFacts);
  }

  async sessionsOf(login: string): Promise<Result<readonly LoginSession[]>> {
    return await this.#ask(['login-sessions'], (request) => request.input('login', login), readLoginSessions);
  }

  async openSessions(): Promise<Result<readonly OpenSession[]>> {
    return await this.#ask(['open-sessions'], (request) => request, readOpenSessions);
  }

  async endSession({ sessionId, connectionId }: Pick<OpenSession, 'sessionId' | 'connectionId'>) {
    return await this.#ask(
      ['end-session'],
      (request) => request.input('session_id', sessionId).input('connection_id', connectionId),
      () => undefined,
    );
  }

  async holdersOf(login: string): Promise<Result<readonly LoginHolder[]>> {
    return await this.#ask(['login-holders'], (request) => request.input('login', login), readLoginHolders);
  }

  async refusedLogins(login: string): Promise<Result<readonly RefusedLogin[]>> {
    return await this.#ask(
      ['refused-logins'],
      (request) => request.input('login', login),
      (answer) => readRefusedLogins(answer, login),
    );
  }

  async tryLogin(credential: Credential): Promise<Result<{ readonly sessionId: number }>> {
    return await this.#once(credential, async (pool) => {
      const answer = await pool.request().query<{ session_id: number }>(statementText('who-am-i', this.#variables));
      const row = answer.recordset[0];
      return { sessionId: row?.session_id ?? 0 };
    });
  }

  async changeOwnPassword(login: string, from: Secret, to: Secret): Promise<Result<undefined>> {
    const text = statementText(
      'change-own-password',
      new Map([
        ['Login', quoteIdentifier(login)],
        ['NewPassword', quoteLiteral(to.reveal())],
        ['OldPassword', quoteLiteral(from.reveal())],
      ]),
    );
    const changed = await this.#once({ login, secret: from }, async (pool) => {
      await pool.request().batch(text);
      return undefined;
    });
    if (changed.ok) await this.#forgetIfRun(login, to);
    return changed.ok ? changed : failed(withoutPasswords(changed.error, [from, to], login));
  }

  async setPassword(administrator: Credential, login: string, to: Secret): Promise<Result<undefined>> {
    const text = statementText(
      'set-login-password',
      new Map([
        ['Login', quoteIdentifier(login)],
        ['NewPassword', quoteLiteral(to.reveal())],
      ]),
    );
    const changed = await this.#once(administrator, async (pool) => {
      await pool.request().batch(text);
      return undefined;
    });
    if (changed.ok) await this.#forgetIfRun(login, to);
    return changed.ok ? changed : failed(withoutPasswords(changed.error, [to, administrator.secret], login));
  }

  /** The pool would open its next connection with the password that it was made with. */
  async #forgetIfRun(login: string, inForce: Secret): Promise<void> {
    if (login.toLowerCase() !== this.#profile.runLogin.toLowerCase()) return;
    this.#runLogin.isInForce(inForce);
    await this.close();
  }

  tryAgain(): void {
    this.#runLogin.tryAgain();
  }

  async close(): Promise<void> {
    const run = await this.#run;
    this.#run = undefined;
    if (run?.ok === true) await run.value.close().catch(() => undefined);
  }

  /** The run login's pool, opened at first use and again after a failure. */
  async #runPool(): Promise<Result<ConnectionPool>> {
    this.#run ??= this.#runLogin.with(
      async (credential) => await connect(this.#profile.endpoint, credential, { most: 4 }),
    );
    const pool = await this.#run;
    if (!pool.ok) this.#run = undefined;
    return pool;
  }

  async #ask<T>(
    ids: readonly StatementId[],
    fill: (request: Request) => Request,
    read: (answer: IResult<unknown>) => T,
  ): Promise<Result<T>> {
    const pool = await this.#runPool();
    if (!pool.ok) return pool;
    try {
      // Several texts are one batch, and one round trip.
      const text = ids.map((id) => statementText(id, this.#variables)).join('\n');
      return succeed(read((await fill(pool.value.request()).query(text)) as IResult<unknown>));
    } catch (error) {
      const why = statementFailure(error, this.#profile.runLogin);
      // A server that went away leaves a pool of dead connections behind.
      if (why.code === 'connection-lost') await this.close();
      return failed(why);
    }
  }

  /** All batches in one transaction. Only those that write rows take values: CREATE must stand alone in its batch. */
  async #runBatches(
    setup: Credential,
    batches: readonly Batch[],
    { actor, reason }: { readonly actor: string; readonly reason: string },
  ): Promise<Result<undefined>> {
    return await this.#change(setup, async (transaction) => {
      const identity = await transaction
        .request()
        .query<{ server_name: string; recovery_fork: string | null }>(
          statementText('server-identity', this.#variables),
        );
      const { server_name: server, recovery_fork: fork } = identity.recordset[0] ?? {
        server_name: '',
        recovery_fork: null,
      };
      for (const { id, text } of batches) {
        if (!takesValues.has(id)) {
          await transaction.request().batch(text);
          continue;
        }
        await transaction
          .request()
          .input('actor', actor)
          .input('reason', reason)
          .input('server_name', server)
          .input('recovery_fork', fork)
          .query(text);
      }
      return undefined;
    });
  }

  async #switch(id: Switching, request: SwitchRequest, fill: (statement: Request) => Request) {
    const act = async (pool: ConnectionPool) => {
      await this.#lockSite(pool.request());
      const statement = pool.request().input('actor', request.actor).input('reason', request.reason);
      statement.input('expected_version', Buffer.from(request.expectedVersion));
      const answer = await fill(statement).query<{ controllers: number }>(statementText(id, this.#variables));
      return { controllers: answer.recordset[0]?.controllers ?? 0 };
    };
    return await this.#runLogin.with(async (credential) => await this.#once(credential, act));
  }

  /** One transaction on one connection of the setup principal, under the site's lock. */
  async #change<T>(setup: Credential, act: (transaction: Transaction) => Promise<T>): Promise<Result<T>> {
    return await this.#once(setup, async (pool) => {
      await this.#lockSite(pool.request());
      const transaction = pool.transaction();
      await transaction.begin();
      try {
        const value = await act(transaction);
        await transaction.commit();
        return value;
      } catch (error) {
        await transaction.rollback().catch(() => undefined);
        throw error;
      }
    });
  }

  /** Held by the session until its connection closes; another machine's Mortise that holds it is `busy`. */
  async #lockSite(request: Request): Promise<void> {
    const answer = await request.query<{ answer: number }>(statementText('lock-site', this.#variables));
    if ((answer.recordset[0]?.answer ?? -1) < 0) throw new SiteLocked();
  }

  /** One connection for one purpose, closed again whatever happens. */
  async #once<T>(credential: Credential, act: (pool: ConnectionPool) => Promise<T>): Promise<Result<T>> {
    const pool = await connect(this.#profile.endpoint, credential, { most: 1 });
    if (!pool.ok) return pool;
    try {
      return succeed(await act(pool.value));
    } catch (error) {
      if (error instanceof SiteLocked)
        return failed(failure('busy', { holder: 'Mortise on another machine', since: 'a moment ago' }));
      return failed(statementFailure(error, credential.login));
    } finally {
      await pool.value.close().catch(() => undefined);
    }
  }
}

const takesValues: ReadonlySet<string> = new Set(['60-first-state', 'guard-down', 'guard-up']);

const withServer =
  (server: ServerIdentity) =>
  (statement: Request): Request =>
    statement.input('server_name', server.name).input('recovery_fork', server.recoveryFork);

const withTriggers =
  ({ otherTriggers }: SwitchRequest) =>
  (statement: Request): Request =>
    statement.input('other_triggers', Buffer.from(otherTriggers ?? []));

class SiteLocked extends Error {}
