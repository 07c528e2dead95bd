import type { LockFacts, SessionFacts, Surroundings } from '../registry.ts';
import { rightsOf } from '../security/rights.ts';
import type { Session } from '../session/session.ts';
import { findDatabase, findSchema, findObject } from '../storage/names.ts';
import type { IsolationLevel } from '../ast.ts';
import { databaseOf, type CallFrame, type Run, type Server } from './run.ts';

/** What functions and system views are told of the moment in which they are asked. */
export function surroundingsOf(run: Run, frame: CallFrame): Surroundings {
  const { server, session } = run;
  const database = databaseOf(frame, session);
  return {
    model: server.model,
    session: sessionFacts(server, session),
    database,
    sessions: () => [...server.sessions.values()].map((one) => sessionFacts(server, one)),
    listeners: () => server.listeners(),
    locks: () => lockFacts(server),
    plans: () => server.plans.list(),
    serverStarted: server.started,
    now: () => run.now,
    rights: rightsOf(server.model, frame.identity, database),
    execution: {
      originalLogin: session.login.name,
      caught: frame.caught.at(-1),
      rowCount: session.rowCount,
      lastError: session.lastError,
      openTransactions: session.transaction?.count ?? 0,
      transactionState: session.transaction ? (session.transaction.doomed ? -1 : 1) : 0,
      scopeIdentity: frame.scopeIdentity,
      lastIdentity: session.lastIdentity,
      nestLevel: frame.level,
      triggerLevel: triggerLevel(frame),
      moduleId: frame.moduleId,
      noCount: frame.settings.noCount,
      quotedIdentifier: frame.settings.quotedIdentifier,
      ansiNulls: frame.settings.ansiNulls,
      xactAbort: frame.settings.xactAbort,
      textSize: frame.settings.textSize,
    },
  };
}

function triggerLevel(frame: CallFrame | undefined): number {
  return frame === undefined ? 0 : (frame.kind === 'trigger' ? 1 : 0) + triggerLevel(frame.parent);
}

/** As sys.dm_exec_sessions.transaction_isolation_level numbers them. */
const isolationNumbers: Readonly<Record<IsolationLevel, number>> = {
  'read-uncommitted': 1,
  'read-committed': 2,
  'repeatable-read': 3,
  serializable: 4,
  snapshot: 5,
};

export function sessionFacts(server: Server, session: Session): SessionFacts {
  const { request } = session;
  return {
    id: session.id,
    login: session.login,
    database: session.database,
    hostName: request.hostName,
    programName: request.programName,
    clientProcessId: request.clientProcessId,
    remoteAddress: request.remoteAddress,
    localAddress: request.localAddress,
    localPort: request.localPort,
    encrypted: request.encrypted,
    connectTime: session.connectTime,
    loginTime: session.loginTime,
    lastRequestStart: session.lastRequestStart,
    lastRequestEnd: session.lastRequestEnd,
    connectionId: session.connectionId,
    isolationLevel: isolationNumbers[session.settings.isolation],
    openTransactions: session.transaction?.count ?? 0,
    lockTimeoutMs: session.settings.lockTimeoutMs,
    status: session.running ? 'running' : 'sleeping',
    blockedBy: server.locks.blockersOf(session)[0] ?? 0,
    currentText: session.currentText,
    lastRowCount: session.rowCount,
  };
}

function lockFacts(server: Server): readonly LockFacts[] {
  return server.locks.list().map(({ owner, request, granted }) => {
    const [kind = '', rest = ''] = request.resource.split(/:(.*)/s);
    const [databaseName = '', schema = '', name = ''] = rest.split('\u0000');
    const database = findDatabase(server.model, databaseName);
    const schemaId = database && findSchema(database, schema)?.schemaId;
    const object = database && schemaId !== undefined ? findObject(database, schemaId, name) : undefined;
    return {
      sessionId: owner,
      resourceType: kind === 'app' ? 'APPLICATION' : request.mode.startsWith('R') ? 'KEY' : 'OBJECT',
      databaseId: database?.databaseId ?? 0,
      objectId: object?.objectId ?? 0,
      description: kind === 'app' ? schema : (request.rowKey ?? ''),
      mode: rowModes[request.mode] ?? request.mode,
      status: granted ? 'GRANT' : 'WAIT',
    };
  });
}

const rowModes: Readonly<Record<string, string>> = { RS: 'S', RU: 'U', RI: 'X', RX: 'X' };
