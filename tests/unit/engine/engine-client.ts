import { createEngine, type Engine, type EngineOptions } from '#electron/training/engine/engine.ts';
import { trainingModel } from '#electron/training/engine/training-model.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';
import type {
  BackendEvent,
  BackendSession,
  LoginDecision,
  LoginRequest,
  RpcParameter,
  SqlMessage,
  SqlValue,
} from '#electron/training/tds/backend.ts';

/** What a client saw of one request. */
export interface Seen {
  readonly sets: readonly (readonly (readonly SqlValue[])[])[];
  readonly names: readonly (readonly string[])[];
  readonly errors: readonly SqlMessage[];
  readonly prints: readonly string[];
  readonly counts: readonly number[];
  readonly events: readonly BackendEvent[];
}

/** A client of the simulated server, without a wire in between. */
export class Client {
  readonly session: BackendSession;
  readonly farewells: (SqlMessage | undefined)[];

  constructor(session: BackendSession, farewells: (SqlMessage | undefined)[]) {
    this.session = session;
    this.farewells = farewells;
  }

  async ask(
    text: string,
    parameters: readonly RpcParameter[] = [],
    signal = new AbortController().signal,
  ): Promise<Seen> {
    return await collect(this.session.execute(text, parameters, signal));
  }

  async call(name: string, parameters: readonly RpcParameter[] = []): Promise<Seen> {
    return await collect(this.session.callProcedure(name, parameters, new AbortController().signal));
  }

  /** The rows of the first result set; an error fails the test. */
  async rows(text: string, parameters: readonly RpcParameter[] = []): Promise<readonly (readonly SqlValue[])[]> {
    const seen = await this.ask(text, parameters);
    const [error] = seen.errors;
    if (error) throw new Error(`${error.number} ${error.text} in ${text}`);
    return seen.sets[0] ?? [];
  }

  async scalar(text: string): Promise<SqlValue | undefined> {
    return (await this.rows(text))[0]?.[0];
  }

  /** The numbers of the errors, in their order. */
  async errors(text: string): Promise<readonly number[]> {
    return (await this.ask(text)).errors.map((error) => error.number);
  }
}

async function collect(events: AsyncIterable<BackendEvent>): Promise<Seen> {
  const seen = {
    sets: [] as (readonly (readonly SqlValue[])[])[],
    names: [] as (readonly string[])[],
    errors: [] as SqlMessage[],
    prints: [] as string[],
    counts: [] as number[],
    events: [] as BackendEvent[],
  };
  for await (const event of events) {
    seen.events.push(event);
    if (event.kind === 'rows') {
      seen.names.push(event.columns.map((column) => column.name));
      seen.sets.push([...event.rows]);
    }
    if (event.kind === 'done' && event.rowCount !== undefined) seen.counts.push(event.rowCount);
    if (event.kind === 'message') {
      if (event.message.severity > 10) seen.errors.push(event.message);
      else seen.prints.push(event.message.text);
    }
  }
  return seen;
}

export function loginRequest(user: string, changed: Partial<LoginRequest> = {}): LoginRequest {
  return {
    user,
    password: practiceLogins.find(({ login }) => login === user)?.password ?? '',
    newPassword: undefined,
    database: 'Acs',
    hostName: 'CLIENT',
    programName: 'test',
    clientProcessId: 1,
    remoteAddress: '127.0.0.1',
    localAddress: '127.0.0.1',
    localPort: 1433,
    encrypted: true,
    ...changed,
  };
}

export interface TestServer {
  readonly engine: Engine;
  connect(user?: string, changed?: Partial<LoginRequest>): Promise<Client>;
  attempt(user: string, changed?: Partial<LoginRequest>): Promise<LoginDecision>;
}

export const serverStart = Date.UTC(2026, 10, 21, 12);

/** A training server of its own for each test. */
export function testServer(options: Partial<EngineOptions> = {}): TestServer {
  const engine = createEngine({ model: trainingModel({ now: serverStart }), ...options });
  const attempt = (user: string, changed: Partial<LoginRequest> = {}): Promise<LoginDecision> =>
    engine.login(loginRequest(user, changed), () => {});
  return {
    engine,
    attempt,
    connect: async (user = 'site_admin', changed = {}) => {
      const farewells: (SqlMessage | undefined)[] = [];
      const decision = await engine.login(loginRequest(user, changed), (last) => farewells.push(last));
      if (!decision.ok) throw new Error(decision.message.text);
      return new Client(decision.session, farewells);
    },
  };
}
