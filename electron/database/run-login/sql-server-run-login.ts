import type { ConnectionPool, IResult } from 'mssql';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { statementText } from '../catalogue.ts';
import type { StatementId } from '../catalogue.ts';
import { connect } from '../connect.ts';
import { statementFailure, withoutPasswords } from '../database-failure.ts';
import { quoteIdentifier, quoteLiteral } from '../quoting.ts';
import { rows } from '../rows.ts';
import type { Credential } from '../site-database.ts';
import { siteVariables } from '../site-variables.ts';
import type { RunLoginFacts, RunLoginSetup, RunLoginSteps } from './run-login-setup.ts';
import { readRunRights } from './run-rights.ts';
import type { RunRights } from './run-rights.ts';

/** RunLoginSetup over the mssql driver: one connection for one purpose, closed again. */
export class SqlServerRunLogin implements RunLoginSetup {
  readonly #profile: SiteProfile;
  readonly #variables: ReadonlyMap<string, string>;

  constructor(profile: SiteProfile) {
    this.#profile = profile;
    this.#variables = siteVariables(profile);
  }

  async look(setup: Credential): Promise<Result<RunLoginFacts>> {
    const login = this.#profile.runLogin;
    return await this.#once(setup, undefined, async (pool) => {
      const text = statementText('run-login-look', this.#variables);
      return readFacts((await pool.request().input('login', login).query(text)) as IResult<unknown>, login);
    });
  }

  text(steps: RunLoginSteps): string {
    return this.#text(steps, '[secret]');
  }

  async carryOut(setup: Credential, steps: RunLoginSteps, password: Secret): Promise<Result<undefined>> {
    const text = this.#text(steps, quoteLiteral(password.reveal()));
    const done = await this.#once(setup, undefined, async (pool) => {
      await pool.request().batch(text);
      return undefined;
    });
    return done.ok ? done : failed(withoutPasswords(done.error, [password], this.#profile.runLogin));
  }

  async tryLogin(secret: Secret): Promise<Result<undefined>> {
    const credential = { login: this.#profile.runLogin, secret };
    return await this.#once(credential, 'master', async () => await Promise.resolve(undefined));
  }

  async rightsAs(secret: Secret): Promise<Result<RunRights>> {
    const credential = { login: this.#profile.runLogin, secret };
    return await this.#once(credential, undefined, async (pool) =>
      readRunRights((await pool.request().query(statementText('rights', this.#variables))) as IResult<unknown>),
    );
  }

  #text(steps: RunLoginSteps, password: string): string {
    const { runLogin, endpoint } = this.#profile;
    const variables = new Map([
      ['Login', quoteIdentifier(runLogin)],
      ['Database', quoteIdentifier(endpoint.database)],
      ['NewPassword', password],
    ]);
    const lines = (...parts: readonly (StatementId | undefined)[]) =>
      parts.flatMap((id) => (id === undefined ? [] : [statementText(id, variables).trimEnd()]));
    const login = ({ created: 'run-login-create', reset: 'set-login-password', kept: undefined } as const)[
      steps.password
    ];
    const user = ({ create: 'run-login-user', join: 'run-login-user-again', kept: undefined } as const)[steps.user];
    variables.set(
      'OnServer',
      [...lines(login, steps.enable ? 'run-login-enable' : undefined), ...steps.inMaster].join('\n'),
    );
    variables.set('InDatabase', [...lines(user), ...steps.inDatabase].join('\n'));
    // A place in which nothing is to be done leaves an empty line.
    return statementText('create-run-login', variables).replaceAll(/\n{2,}/g, '\n');
  }

  async #once<T>(
    credential: Credential,
    database: string | undefined,
    act: (pool: ConnectionPool) => Promise<T>,
  ): Promise<Result<T>> {
    const options = database === undefined ? { most: 1 } : { most: 1, database };
    const pool = await connect(this.#profile.endpoint, credential, options);
    if (!pool.ok) return pool;
    try {
      return succeed(await act(pool.value));
    } catch (error) {
      return failed(statementFailure(error, credential.login));
    } finally {
      await pool.value.close().catch(() => undefined);
    }
  }
}

/** The result sets of run-login-look.sql, in their order. */
const sets = { setup: 0, granted: 1, login: 3, users: 4 } as const;

function readFacts(answer: IResult<unknown>, runLogin: string): RunLoginFacts {
  const setup = rows(answer, sets.setup)[0];
  if (setup === undefined) throw new RangeError('The setup principal is an empty result set.');
  const may = (name: string) => setup.numberOrNull(name) === 1;
  const all = may('is_sysadmin') || may('control_server');
  const lacks = [
    ...(all ? [] : ['CONTROL SERVER (membership of sysadmin), which giving rights on the server takes']),
    ...(all || may('alter_any_login') ? [] : ['ALTER ANY LOGIN']),
    ...(all || may('control_database') ? [] : ['CONTROL of the database']),
  ];
  const login = rows(answer, sets.login)[0];
  const users = rows(answer, sets.users).map((row) => ({
    name: row.text('name'),
    own: row.number('is_its_own') === 1,
  }));
  const named = users.find(({ name }) => name.toLowerCase() === runLogin.toLowerCase());
  return {
    server: setup.textOrNull('server_name') ?? '',
    setupLacks: lacks,
    windowsOnly: may('windows_only'),
    login: login && {
      type: login.text('type'),
      disabled: login.flag('is_disabled'),
      locked: login.numberOrNull('is_locked') === 1,
      sysadmin: login.numberOrNull('is_sysadmin') === 1,
      passwordSetAt: login.timeOrNull('password_set_at'),
    },
    user: named === undefined ? 'none' : named.own ? 'its-own' : 'orphaned',
    otherUser: users.find(({ name, own }) => own && name !== named?.name)?.name,
    granted: readRunRights(answer, sets.granted),
  };
}
