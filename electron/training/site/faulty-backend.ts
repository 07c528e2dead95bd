import { setTimeout as sleep } from 'node:timers/promises';
import { slowDelay } from '../faults.ts';
import type { FaultId } from '../faults.ts';
import type { Backend, BackendEvent, BackendSession, SqlMessage } from '../tds/backend.ts';
import type { FaultClient, FaultSwitches } from './fault-switches.ts';

type LoginFault = Extract<FaultId, 'login-refused' | 'login-locked' | 'must-change' | 'database-unavailable'>;

/** In SQL Server's words (sys.messages); a client is always told state 1. */
const refusals: Readonly<Record<LoginFault, (login: string, database: string) => SqlMessage>> = {
  'login-refused': (login) => message(18456, 14, 1, `Login failed for user '${login}'.`),
  'login-locked': (login) =>
    message(
      18486,
      14,
      1,
      `Login failed for user '${login}' because the account is currently locked out. The system administrator can unlock it.`,
    ),
  'must-change': (login) =>
    message(18488, 14, 1, `Login failed for user '${login}'. Reason: The password of the account must be changed.`),
  'database-unavailable': (_login, database) =>
    message(4060, 11, 1, `Cannot open database "${database}" requested by the login. The login failed.`),
};
const loginFaults = Object.keys(refusals) as readonly LoginFault[];

/** Puts the practised faults between the wire and the engine, which knows nothing of them. */
export function faultyBackend(backend: Backend, faults: FaultSwitches): Backend {
  return {
    admits: (address, port) => backend.admits(address, port),
    login: async (request, disconnect) => {
      const client = { login: request.user, program: request.programName };
      const fault = loginFaults.find((id) => faults.strikes(id, client));
      if (fault !== undefined) return { ok: false, message: refusals[fault](request.user, request.database) };
      const decision = await backend.login(request, disconnect);
      if (!decision.ok) return decision;
      return { ...decision, session: faultySession(decision.session, { faults, client, disconnect }) };
    },
  };
}

interface Surroundings {
  readonly faults: FaultSwitches;
  readonly client: FaultClient;
  readonly disconnect: (last: SqlMessage | undefined) => void;
}

function faultySession(session: BackendSession, { faults, client, disconnect }: Surroundings): BackendSession {
  const strikes = (id: FaultId, statement: string) => faults.strikes(id, client, statement);

  async function* run(
    statement: string,
    signal: AbortSignal,
    begin: () => AsyncIterable<BackendEvent>,
  ): AsyncIterable<BackendEvent> {
    if (strikes('slow', statement)) await sleep(slowDelay, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (strikes('no-right', statement)) {
      yield { kind: 'message', message: noRight(statement) };
      return;
    }
    if (strikes('deadlock', statement)) {
      if (session.transaction() !== 0n) {
        session.rollback(undefined);
        yield { kind: 'transaction', id: 0n, outcome: 'rollback' };
      }
      yield { kind: 'message', message: deadlock(session.id) };
      return;
    }
    if (strikes('session-killed', statement)) return disconnect(killed);
    if (strikes('drop-before', statement)) return disconnect(undefined);
    if (!strikes('drop-after', statement)) {
      yield* begin();
      return;
    }
    for await (const untold of begin()) void untold;
    disconnect(undefined);
  }

  return {
    id: session.id,
    execute: (text, parameters, signal) => run(text, signal, () => session.execute(text, parameters, signal)),
    callProcedure: (name, parameters, signal) =>
      run(name, signal, () => session.callProcedure(name, parameters, signal)),
    begin: (isolation) => session.begin(isolation),
    commit: () => {
      const statement = 'COMMIT TRANSACTION';
      if (strikes('drop-before', statement)) {
        disconnect(undefined);
        return undefined;
      }
      const failure = session.commit();
      if (strikes('drop-after', statement)) disconnect(undefined);
      return failure;
    },
    rollback: (savepoint) => session.rollback(savepoint),
    save: (savepoint) => session.save(savepoint),
    transaction: () => session.transaction(),
    reset: () => session.reset(),
    end: () => session.end(),
  };
}

const killed = message(596, 21, 1, 'Cannot continue the execution because the session is in the kill state.');

function deadlock(sessionId: number): SqlMessage {
  return message(
    1205,
    13,
    45,
    `Transaction (Process ID ${sessionId}) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.`,
  );
}

function noRight(statement: string): SqlMessage {
  const object = /mortise\W{1,3}(\w+)/iu.exec(statement)?.[1] ?? 'the statement';
  return message(
    229,
    14,
    5,
    `The EXECUTE permission was denied on the object '${object}', database 'Acs', schema 'mortise'.`,
  );
}

function message(number: number, severity: number, state: number, text: string): SqlMessage {
  return { number, severity, state, text, procedure: '', line: 1 };
}
