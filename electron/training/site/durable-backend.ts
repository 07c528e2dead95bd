import type { Backend, BackendEvent, BackendSession } from '../tds/backend.ts';
import { serviceName } from '../practice-logins.ts';
import type { ServerDisk } from './server-disk.ts';

/**
 * No client is told of a commit before the disk has it: a request that changed something ends only then. Heartbeats do
 * not wait; like every change they are on the disk a moment later.
 */
export function durableBackend(backend: Backend, disk: ServerDisk): Backend {
  return {
    admits: (address, port) => backend.admits(address, port),
    login: async (request, disconnect) => {
      const decision = await backend.login(request, disconnect);
      if (!decision.ok || request.programName === serviceName) return decision;
      return { ...decision, session: durableSession(decision.session, disk) };
    },
  };
}

function durableSession(session: BackendSession, disk: ServerDisk): BackendSession {
  async function* keep(events: AsyncIterable<BackendEvent>): AsyncIterable<BackendEvent> {
    const before = disk.version();
    yield* events;
    if (disk.version() !== before) await disk.flush();
  }
  return {
    id: session.id,
    execute: (text, parameters, signal) => keep(session.execute(text, parameters, signal)),
    callProcedure: (name, parameters, signal) => keep(session.callProcedure(name, parameters, signal)),
    begin: (isolation) => session.begin(isolation),
    commit: () => {
      const failure = session.commit();
      disk.flushNow();
      return failure;
    },
    rollback: (savepoint) => session.rollback(savepoint),
    save: (savepoint) => session.save(savepoint),
    transaction: () => session.transaction(),
    reset: () => session.reset(),
    end: () => session.end(),
  };
}
