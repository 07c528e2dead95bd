import type { SecurityStatement } from '../ast.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { databaseOf } from '../evaluate/run.ts';
import type { DatabaseModel } from '../model.ts';
import { Attention } from '../execute/abort.ts';
import { isAllowed } from '../security/permissions.ts';
import type { Session } from '../session/session.ts';
import { sqlError } from '../sql-error.ts';
import { findDatabase } from '../storage/names.ts';

type AlterAccess = Extract<SecurityStatement, { kind: 'alter-database-access' }>;

/**
 * ALTER DATABASE ... SET MULTI_USER, SINGLE_USER, RESTRICTED_USER
 * (learn.microsoft.com/sql/t-sql/statements/alter-database-transact-sql-set-options). No part of a transaction. Sessions
 * that are in the way are waited for, ended (ROLLBACK), or make it fail (NO_WAIT).
 */
export async function alterDatabaseAccess(statement: AlterAccess, frame: CallFrame, run: Run): Promise<void> {
  const { server, session } = run;
  const { model } = server;
  const name = statement.database ?? databaseOf(frame, session).name;
  const database = findDatabase(model, name);
  const allowed =
    database &&
    (isAllowed(model, frame.identity, 'ALTER', { class: 'DATABASE', database }) ||
      isAllowed(model, frame.identity, 'ALTER ANY DATABASE', { class: 'SERVER' }));
  if (!database || !allowed) throw sqlError(5011, name);
  if (session.transaction) throw sqlError(226, 'ALTER DATABASE');
  if (database.name === 'master' || database.name === 'tempdb') throw sqlError(5058, statement.access, database.name);
  if (
    database.access === 'SINGLE_USER' &&
    session.database !== database &&
    inTheWay(database, 'SINGLE_USER', run).length > 0
  ) {
    throw sqlError(5064, database.name);
  }
  await clearTheWay(statement, database, run);
  database.access = statement.access;
  server.changed();
}

function inTheWay(database: DatabaseModel, access: AlterAccess['access'], run: Run): readonly Session[] {
  const others = [...run.server.sessions.values()].filter((one) => one !== run.session && one.database === database);
  if (access === 'SINGLE_USER') return others;
  if (access === 'MULTI_USER') return [];
  return others.filter(
    (one) =>
      !isAllowed(run.server.model, { kind: 'login', login: one.login }, 'CONTROL', { class: 'DATABASE', database }),
  );
}

const pollMs = 20;

async function clearTheWay(statement: AlterAccess, database: DatabaseModel, run: Run): Promise<void> {
  const { termination, access } = statement;
  if (termination === 'no-wait' && inTheWay(database, access, run).length > 0) throw sqlError(5070, database.name);
  const patience = termination === undefined || termination === 'no-wait' ? Infinity : termination.rollback * 1000;
  for (let waited = 0; inTheWay(database, access, run).length > 0; waited += pollMs) {
    if (waited >= patience) {
      for (const session of inTheWay(database, access, run)) run.server.kill(session);
      return;
    }
    if (run.signal.aborted) throw new Attention();
    await new Promise<void>((resolve) => void setTimeout(resolve, pollMs));
  }
}
