import type { BackendEvent, BackendSession, RpcParameter, SqlMessage } from '../../tds/backend.ts';
import type { Server } from '../evaluate/run.ts';
import { begin, commit, rollBack, rollBackTo, save } from '../execute/transactions.ts';
import { sessionFacts } from '../evaluate/surroundings.ts';
import type { Faults, FaultVerdict } from '../faults.ts';
import { sqlError } from '../sql-error.ts';
import { eventStream } from './event-stream.ts';
import { newRun, runBatch, runProcedure } from './request.ts';
import type { Session } from './session.ts';
import { defaultSettings } from './settings.ts';

/** A session as the wire layer holds it. */
export function backendSession(server: Server, session: Session, faults: Faults): BackendSession {
  const request = (
    text: string,
    signal: AbortSignal,
    work: (run: ReturnType<typeof newRun>) => Promise<void>,
  ): AsyncIterable<BackendEvent> => {
    const abandoned = new AbortController();
    const ends = AbortSignal.any([signal, session.abort.signal, abandoned.signal]);
    session.currentText = text;
    return eventStream(
      async (emit) => {
        const facts = sessionFacts(server, session);
        if (!(await suffer(faults.before?.(text, facts), session, emit))) return;
        const held: BackendEvent[] = [];
        // What comes after the effect may still take the answer away.
        await work(newRun(server, session, ends, faults.after ? (event) => held.push(event) : emit));
        if (!(await suffer(faults.after?.(text, facts), session, emit))) return;
        for (const event of held) emit(event);
      },
      () => abandoned.abort(),
    );
  };
  return {
    id: session.id,
    execute: (text, parameters, signal) => request(text, signal, (run) => runBatch(text, parameters, run)),
    callProcedure: (name: string, parameters: readonly RpcParameter[], signal: AbortSignal) =>
      request(name, signal, (run) => runProcedure(name, parameters, run)),
    begin: (isolation) => {
      setIsolation(session, isolation);
      begin(session);
      return session.visibleTransaction;
    },
    commit: () => commit(server, session)?.asMessage(),
    rollback: (savepoint) => rollBackByClient(server, session, savepoint),
    save: (savepoint) => save(session, savepoint)?.asMessage(),
    transaction: () => session.visibleTransaction,
    reset: () => reset(server, session),
    end: () => endSession(server, session),
  };
}

/** False: the connection is gone, or the request was refused. */
async function suffer(
  verdict: FaultVerdict | undefined,
  session: Session,
  emit: (event: BackendEvent) => void,
): Promise<boolean> {
  if (!verdict) return true;
  switch (verdict.kind) {
    case 'delay':
      await new Promise<void>((resolve) => void setTimeout(resolve, verdict.milliseconds));
      return true;
    case 'error':
      emit({ kind: 'message', message: verdict.message });
      if (verdict.message.severity >= 20) session.disconnect(undefined);
      return false;
    case 'drop':
      session.disconnect(undefined);
      return false;
  }
}

function setIsolation(session: Session, isolation: number): void {
  const levels = ['read-uncommitted', 'read-committed', 'repeatable-read', 'serializable'] as const;
  const level = levels[isolation - 1];
  if (level) session.settings.isolation = level;
}

function rollBackByClient(server: Server, session: Session, savepoint: string | undefined): SqlMessage | undefined {
  if (savepoint !== undefined && savepoint !== '') return rollBackTo(session, savepoint)?.asMessage();
  if (!session.transaction) return sqlError(3903).asMessage();
  rollBack(server, session);
  return undefined;
}

/** As sp_reset_connection does; the isolation level stays (learn.microsoft.com/sql/t-sql/statements/set-transaction-isolation-level-transact-sql). */
function reset(server: Server, session: Session): void {
  rollBack(server, session);
  server.locks.release(session, ['statement', 'transaction', 'session']);
  session.settings = { ...defaultSettings(), isolation: session.settings.isolation };
  session.temporaryTables.clear();
  session.identityInsert = undefined;
  session.lastError = 0;
  session.rowCount = 0;
  session.lastIdentity = null;
  session.loginTime = server.now();
}

export function endSession(server: Server, session: Session): void {
  if (session.ended) return;
  session.ended = true;
  session.abort.abort();
  rollBack(server, session);
  server.locks.release(session, ['statement', 'transaction', 'session']);
  server.sessions.delete(session.id);
}
