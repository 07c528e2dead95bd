import type { CallFrame, Run } from '../evaluate/run.ts';
import type { DatabaseModel } from '../model.ts';
import { isAllowed } from '../security/permissions.ts';
import { identityName, userIn, type Identity } from '../security/identity.ts';
import { sqlError, unknownToTrainingSite, type SqlError } from '../sql-error.ts';
import { findDatabase } from '../storage/names.ts';
import type { Server } from '../evaluate/run.ts';
import type { Session } from './session.ts';

/** USE: the session's database from here on (learn.microsoft.com/sql/t-sql/language-elements/use-transact-sql). */
export function useDatabase(name: string, frame: CallFrame, run: Run): void {
  if (frame.kind === 'procedure' || frame.kind === 'trigger') throw unknownToTrainingSite('USE inside of a module');
  const { server, session } = run;
  const database = findDatabase(server.model, name);
  if (!database) throw sqlError(911, name);
  const refusal = refusalToEnter(server, session, frame.identity, database);
  if (refusal) throw refusal;
  enter(database, run);
}

/** The wire layer sends message 5701 along with the change. */
export function enter(database: DatabaseModel, run: Run): void {
  run.session.database = database;
  run.session.rowCount = 0;
  run.emit({ kind: 'database', name: database.name });
}

/** 916 without a user there; 924 where the one place of a single-user database is taken. */
export function refusalToEnter(
  server: Server,
  session: Session | undefined,
  identity: Identity,
  database: DatabaseModel,
): SqlError | undefined {
  if (userIn(server.model, identity, database) === undefined) {
    return sqlError(916, identityName(identity), database.name);
  }
  if (
    database.access === 'RESTRICTED_USER' &&
    !isAllowed(server.model, identity, 'CONTROL', { class: 'DATABASE', database })
  ) {
    return sqlError(927, database.name);
  }
  const taken = [...server.sessions.values()].some((other) => other !== session && other.database === database);
  return database.access === 'SINGLE_USER' && taken ? sqlError(924, database.name) : undefined;
}
