import { randomUUID } from 'node:crypto';
import type { Backend, LoginDecision, LoginRequest, SqlMessage } from '../tds/backend.ts';
import { registerCatalogue } from './catalogue/catalogue.ts';
import { canonicalText, decodeModel, encodeModel, type LeaveOut } from './encode.ts';
import type { Server } from './evaluate/run.ts';
import { sessionFacts } from './evaluate/surroundings.ts';
import type { Faults } from './faults.ts';
import { registerScalarFunctions } from './functions/functions.ts';
import type { ServerModel } from './model.ts';
import type { ListenerFacts, SessionFacts } from './registry.ts';
import { attemptLogin } from './security/login-attempt.ts';
import { backendSession, endSession } from './session/backend-session.ts';
import { Session } from './session/session.ts';
import { refusalToEnter } from './session/use-database.ts';
import { sqlError } from './sql-error.ts';
import { withoutUncommitted } from './storage/change-log.ts';
import { LockTable } from './storage/lock-table.ts';
import { PlanCache } from './storage/plan-cache.ts';
import { ticksFromUnixMs, ticksPerMillisecond } from './values/dates.ts';

registerScalarFunctions();
registerCatalogue();

export interface EngineOptions {
  readonly model: ServerModel;
  /** Milliseconds since 1970; the machine's own clock if left out. */
  readonly clock?: () => number;
  /** Where the server says that it listens. */
  readonly listeners?: () => readonly ListenerFacts[];
  /** Called after each committed change. */
  readonly onChange?: () => void;
  /** Whether a connection may be opened at all; everybody's if left out. */
  readonly admits?: (remoteAddress: string, localPort: number) => boolean;
  readonly faults?: Faults;
}

/** The simulated SQL Server: what the wire layer talks to, and what the training site looks into. */
export interface Engine extends Backend {
  readonly model: ServerModel;
  /** One text for all servers that mean the same: committed state, sorted, without what moves with the clock. */
  image(leaveOut?: LeaveOut): string;
  /** Everything that a disk would hold, committed state only, for `restore`. */
  snapshot(): string;
  sessions(): readonly SessionFacts[];
  /** Ends a session as KILL does; false if there is none of that number. */
  kill(sessionId: number): boolean;
}

/** The model that `snapshot` wrote. */
export function restore(snapshot: string): ServerModel {
  return decodeModel(snapshot);
}

/** Session ids up to 50 are the server's own. */
const firstSessionId = 51;

export function createEngine(options: EngineOptions): Engine {
  const { model, faults = {} } = options;
  const clock = options.clock ?? Date.now;
  const now = (): bigint => ticksFromUnixMs(clock()) + BigInt(model.moving.clockOffsetMs) * ticksPerMillisecond;
  const server: Server = {
    model,
    locks: new LockTable(),
    plans: new PlanCache(),
    sessions: new Map(),
    started: now(),
    listeners: options.listeners ?? (() => []),
    now,
    changed: () => options.onChange?.(),
    kill: (session) => {
      endSession(server, session);
      session.disconnect(sqlError(596).asMessage());
    },
  };
  const committed = <T>(read: () => T): T =>
    withoutUncommitted(
      [...server.sessions.values()].flatMap((session) => session.transaction?.log ?? []),
      read,
    );
  return {
    model,
    admits: (remoteAddress, localPort) => options.admits?.(remoteAddress, localPort) ?? true,
    login: (request, disconnect) => Promise.resolve(logIn(server, request, disconnect, faults)),
    image: (leaveOut) => committed(() => canonicalText(model, leaveOut)),
    snapshot: () => committed(() => encodeModel(model)),
    sessions: () => [...server.sessions.values()].map((session) => sessionFacts(server, session)),
    kill: (sessionId) => {
      const session = server.sessions.get(sessionId);
      if (session) server.kill(session);
      return session !== undefined;
    },
  };
}

function logIn(
  server: Server,
  request: LoginRequest,
  disconnect: (last: SqlMessage | undefined) => void,
  faults: Faults,
): LoginDecision {
  const fault = faults.login?.(request);
  if (fault) return { ok: false, message: fault };
  const attempt = attemptLogin(server.model, request, server.now());
  // The count of bad passwords is kept too.
  server.changed();
  if (!attempt.ok) return { ok: false, message: attempt.error.asMessage() };
  const { login, database } = attempt;
  const refusal = refusalToEnter(server, undefined, { kind: 'login', login }, database);
  if (refusal) return { ok: false, message: sqlError(4060, database.name).asMessage() };
  const session = new Session({
    id: freeSessionId(server),
    login,
    database,
    request,
    connectionId: randomUUID().toUpperCase(),
    now: server.now(),
    disconnect,
  });
  server.sessions.set(session.id, session);
  return { ok: true, session: backendSession(server, session, faults), database: database.name };
}

function freeSessionId(server: Server): number {
  let id = firstSessionId;
  while (server.sessions.has(id)) id++;
  return id;
}
