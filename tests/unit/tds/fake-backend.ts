import { setTimeout as delay } from 'node:timers/promises';
import type {
  Backend,
  BackendEvent,
  BackendSession,
  LoginDecision,
  LoginRequest,
  ResultColumn,
  RpcParameter,
  SqlMessage,
  SqlType,
  SqlValue,
} from '#electron/training/tds/backend.ts';

export interface FakeCall {
  readonly session: FakeSession;
  readonly parameters: readonly RpcParameter[];
  readonly signal: AbortSignal;
}

export type FakeAnswer = (call: FakeCall) => Iterable<BackendEvent> | AsyncIterable<BackendEvent>;

/** Answers texts that a test has put on its list, and everything else with error 50001. Knows no SQL. */
export class FakeBackend implements Backend {
  readonly passwords = new Map([['engineer', 'Correct-Horse-1']]);
  /** The first is what the driver's pool asks before it hands a connection out. */
  readonly answers = new Map<string, FakeAnswer>([
    ['SELECT 1;', () => resultSet([column('', { name: 'int' })], [[1]])],
  ]);
  readonly procedures = new Map<string, FakeAnswer>();
  readonly logins: LoginRequest[] = [];
  readonly sessions = new Map<number, FakeSession>();
  admitted: (remoteAddress: string, localPort: number) => boolean = () => true;
  #lastSession = 50;

  async login(request: LoginRequest, disconnect: (last: SqlMessage | undefined) => void): Promise<LoginDecision> {
    this.logins.push(request);
    if (this.passwords.get(request.user) !== request.password) {
      return { ok: false, message: sqlError(18_456, `Login failed for user '${request.user}'.`, { severity: 14 }) };
    }
    this.#lastSession += 1;
    const session = new FakeSession(this, this.#lastSession, disconnect);
    this.sessions.set(session.id, session);
    return { ok: true, session, database: request.database === '' ? 'master' : request.database };
  }

  admits(remoteAddress: string, localPort: number): boolean {
    return this.admitted(remoteAddress, localPort);
  }
}

export class FakeSession implements BackendSession {
  readonly id: number;
  readonly disconnect: (last: SqlMessage | undefined) => void;
  /** What happened to the session, in order. */
  readonly events: string[] = [];
  readonly #backend: FakeBackend;
  #transaction = 0n;
  #begun = 0;

  constructor(backend: FakeBackend, id: number, disconnect: (last: SqlMessage | undefined) => void) {
    this.#backend = backend;
    this.id = id;
    this.disconnect = disconnect;
  }

  async *execute(
    text: string,
    parameters: readonly RpcParameter[],
    signal: AbortSignal,
  ): AsyncGenerator<BackendEvent, void> {
    const answer = this.#backend.answers.get(text.trim());
    if (answer !== undefined) {
      yield* answer({ session: this, parameters, signal });
    } else if (/^set /i.test(text.trim())) {
      yield { kind: 'done', rowCount: undefined };
    } else {
      yield { kind: 'message', message: sqlError(50_001, `not on the list: ${text}`) };
    }
  }

  async *callProcedure(
    name: string,
    parameters: readonly RpcParameter[],
    signal: AbortSignal,
  ): AsyncGenerator<BackendEvent, void> {
    const answer = this.#backend.procedures.get(name);
    if (answer === undefined) {
      yield { kind: 'message', message: sqlError(2812, `Could not find stored procedure '${name}'.`) };
      return;
    }
    yield* answer({ session: this, parameters, signal });
  }

  begin(isolation: number): bigint {
    this.events.push(`begin ${isolation}`);
    this.#begun += 1;
    this.#transaction = (BigInt(this.id) << 32n) | BigInt(this.#begun);
    return this.#transaction;
  }

  commit(): SqlMessage | undefined {
    this.events.push('commit');
    if (this.#transaction === 0n) {
      return sqlError(3902, 'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.');
    }
    this.#transaction = 0n;
    return undefined;
  }

  rollback(savepoint: string | undefined): SqlMessage | undefined {
    this.events.push(savepoint === undefined ? 'rollback' : `rollback to ${savepoint}`);
    if (this.#transaction === 0n) {
      return sqlError(3903, 'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.');
    }
    this.#transaction = savepoint === undefined ? 0n : this.#transaction;
    return undefined;
  }

  save(savepoint: string): SqlMessage | undefined {
    this.events.push(`save ${savepoint}`);
    return undefined;
  }

  transaction(): bigint {
    return this.#transaction;
  }

  reset(): void {
    this.events.push('reset');
    this.#transaction = 0n;
  }

  end(): void {
    this.events.push('end');
    this.#backend.sessions.delete(this.id);
  }
}

export function sqlError(
  number: number,
  text: string,
  details: Partial<Omit<SqlMessage, 'number' | 'text'>> = {},
): SqlMessage {
  return { number, severity: 16, state: 1, text, procedure: '', line: 1, ...details };
}

export function column(name: string, type: SqlType, nullable = true): ResultColumn {
  return { name, type, nullable };
}

/** A result set and the end of its statement. */
export function* resultSet(
  columns: readonly ResultColumn[],
  rows: readonly (readonly SqlValue[])[],
): Generator<BackendEvent, void> {
  yield { kind: 'rows', columns, rows };
  yield { kind: 'done', rowCount: rows.length };
}

/** The parameters as one row under their own names. */
export function* echo({ parameters }: FakeCall): Generator<BackendEvent, void> {
  yield* resultSet(
    parameters.map(({ name, type }) => column(name.replace(/^@/, ''), type)),
    [parameters.map(({ value }) => value)],
  );
}

/** A statement that runs until it is cancelled, or for ten seconds: longer than any test waits. */
export async function* waitLong({ signal }: FakeCall): AsyncGenerator<BackendEvent, void> {
  await delay(10_000, undefined, { signal }).catch(() => undefined);
  yield { kind: 'done', rowCount: undefined };
}
