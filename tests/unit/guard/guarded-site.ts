import { preparationBatches, statementText } from '#electron/database/catalogue.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { createEngine } from '#electron/training/engine/engine.ts';
import { trainingModel } from '#electron/training/engine/training-model.ts';
import type { Backend, BackendSession, RpcParameter, SqlMessage, SqlValue } from '#electron/training/tds/backend.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';

export const profile = trainingProfile({ host: '127.0.0.1', port: 1, ca: '', serviceConfigPath: '/nowhere' });
const variables = siteVariables(profile);

/** What one request came to, as the client sees it. */
export interface Seen {
  readonly error: Pick<SqlMessage, 'number' | 'text'> | undefined;
  readonly rows: readonly (readonly SqlValue[])[];
  readonly resultSets: number;
  /** Row counts in the order in which the client was told. */
  readonly counts: readonly number[];
}

/** The batches of the preparation, as they ship or with one broken on purpose. */
export type Batches = readonly { readonly id: string; readonly text: string }[];

export const shippedBatches: Batches = preparationBatches(variables);

/** One connection of a client. */
export interface Asker {
  ask(text: string, parameters?: readonly RpcParameter[]): Promise<Seen>;
  /** Fails the test when the statement does: for what the test rests on. */
  must(text: string, parameters?: readonly RpcParameter[]): Promise<Seen>;
  /** The first column of the first row. */
  scalar(text: string): Promise<SqlValue | undefined>;
}

/** What `must` and `scalar` are by `ask`, wherever that goes. */
export abstract class AnyAsker implements Asker {
  abstract ask(text: string, parameters?: readonly RpcParameter[]): Promise<Seen>;

  async must(text: string, parameters: readonly RpcParameter[] = []): Promise<Seen> {
    const seen = await this.ask(text, parameters);
    if (seen.error !== undefined) throw new Error(`${seen.error.number} ${seen.error.text}\n${text}`);
    return seen;
  }

  async scalar(text: string): Promise<SqlValue | undefined> {
    return (await this.must(text)).rows[0]?.[0];
  }
}

/** A session of the simulated server, asked without a wire. */
export class EngineAsker extends AnyAsker {
  readonly #session: BackendSession;

  constructor(session: BackendSession) {
    super();
    this.#session = session;
  }

  async ask(text: string, parameters: readonly RpcParameter[] = []): Promise<Seen> {
    const { signal } = new AbortController();
    let error: SqlMessage | undefined;
    const rows: (readonly SqlValue[])[] = [];
    let resultSets = 0;
    const counts: number[] = [];
    for await (const event of this.#session.execute(text, parameters, signal)) {
      if (event.kind === 'rows') {
        resultSets += 1;
        rows.push(...event.rows);
      } else if (event.kind === 'done' && event.rowCount !== undefined) counts.push(event.rowCount);
      else if (event.kind === 'message' && event.message.severity > 10) error ??= event.message;
    }
    return { error, rows, resultSets, counts };
  }
}

export type GuardSwitch = 'off' | 'on' | 'rehearse' | 'renew' | 'adopt';

const statements = {
  off: 'commissioning-off',
  on: 'commissioning-on',
  rehearse: 'rehearse',
  renew: 'renew-register',
  adopt: 'adopt-server',
} as const;

export interface GuardedSite {
  readonly admin: Asker;
  readonly service: Asker;
  readonly run: Asker;
  connect(login: string): Promise<Asker>;
  switchTo(
    to: GuardSwitch,
    options?: { readonly openUntil?: Date; readonly minutes?: number; readonly version?: Uint8Array },
  ): Promise<Seen>;
}

const text = (name: string, value: SqlValue, length = 400): RpcParameter => ({
  name,
  type: { name: 'nvarchar', length },
  value,
  output: false,
});

async function asker(backend: Backend, user: string): Promise<EngineAsker> {
  const decision = await backend.login(
    {
      user,
      password: practiceLogins.find(({ login }) => login === user)?.password ?? '',
      newPassword: undefined,
      database: 'Acs',
      hostName: 'TEST',
      programName: 'guard test',
      clientProcessId: process.pid,
      remoteAddress: '127.0.0.1',
      localAddress: '127.0.0.1',
      localPort: 1433,
      encrypted: true,
    },
    () => undefined,
  );
  if (!decision.ok) throw new Error(decision.message.text);
  const made = new EngineAsker(decision.session);
  // A transaction that somebody left open must fail a test, not hang it.
  await made.must('SET LOCK_TIMEOUT 2000;');
  return made;
}

/** Switches as Mortise's own login, by the procedures that it may execute. */
export const switchesOf =
  (run: Asker): GuardedSite['switchTo'] =>
  async (to, { openUntil, minutes, version } = {}) => {
    const current = version ?? (await run.scalar('SELECT row_version FROM mortise.site_state;'));
    const common: RpcParameter[] = [
      text('@actor', 'test'),
      text('@reason', 'test'),
      { name: '@expected_version', type: { name: 'varbinary', length: 8 }, value: current ?? null, output: false },
    ];
    const server: RpcParameter[] = [
      text('@server_name', to === 'adopt' ? 'ELSEWHERE' : 'TEST'),
      { name: '@recovery_fork', type: { name: 'uniqueidentifier' }, value: null, output: false },
    ];
    const others: RpcParameter = {
      name: '@other_triggers',
      type: { name: 'varbinary', length: 32 },
      value: Uint8Array.from([0xfe]),
      output: false,
    };
    const own: { readonly [S in GuardSwitch]: RpcParameter[] } = {
      off: [...server, others],
      on: [{ name: '@open_until', type: { name: 'datetime2', scale: 3 }, value: openUntil ?? null, output: false }],
      rehearse: [{ name: '@minutes', type: { name: 'int' }, value: minutes ?? 10, output: false }],
      renew: [others],
      adopt: server,
    };
    return await run.ask(statementText(statements[to], variables), [...common, ...own[to]]);
  };

/** A training server of its own, prepared with these batches; commissioning mode is on. */
export async function guardedSite(batches: Batches = shippedBatches): Promise<GuardedSite> {
  const engine = createEngine({ model: trainingModel() });
  const admin = await asker(engine, 'site_admin');
  // Doors refer to controllers; without them only the truncate stop stands between TRUNCATE and the table.
  await admin.must('DROP TABLE dbo.Doors;');
  await admin.must('BEGIN TRANSACTION;');
  for (const { id, text: batch } of batches) {
    const parameters =
      id === '60-first-state'
        ? [
            text('@actor', 'test'),
            text('@server_name', 'TEST'),
            { name: '@recovery_fork', type: { name: 'uniqueidentifier' }, value: null, output: false } as const,
          ]
        : [];
    await admin.must(batch, parameters);
  }
  await admin.must('COMMIT TRANSACTION;');
  const service = await asker(engine, 'acs_service');
  const run = await asker(engine, 'mortise_run');
  return {
    admin,
    service,
    run,
    connect: async (login) => await asker(engine, login),
    switchTo: switchesOf(run),
  };
}
