import type { ErrorLogEntry } from '../model.ts';
import type { SessionFacts, Surroundings, SystemProcedure, SystemProcedureResult } from '../registry.ts';
import { sqlError } from '../sql-error.ts';
import { datetime, int, nvarchar, smallint, sysname, varchar, type Value } from '../values/types.ts';
import { roundToDatetime } from '../values/dates.ts';
import { sizeInPages, visibleDatabases } from './databases.ts';
import { command, visibleSessions } from './sessions.ts';
import { type Column, column, numberColumn, required } from './view.ts';

/** The system procedures that engineers type to look around: who is there, what the log says, which databases there are. */

function answer<Item>(
  columns: readonly Column<Item>[],
  items: readonly Item[],
  surroundings: Surroundings,
): SystemProcedureResult {
  return { columns, rows: items.map((item) => columns.map((one) => one.value(item, surroundings))) };
}

/** https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-who-transact-sql */
const WHO: readonly Column<SessionFacts>[] = [
  required('spid', smallint, (one) => one.id),
  required('ecid', smallint, () => 0),
  required('status', nvarchar(30), (one) => one.status),
  required('loginame', sysname, (one) => one.login.name),
  required('hostname', sysname, (one) => one.hostName),
  required('blk', nvarchar(5), (one) => String(one.blockedBy)),
  required('dbname', sysname, (one) => one.database.name),
  required('cmd', nvarchar(26), (one) => command(one).slice(0, 26)),
  required('request_id', int, () => 0),
];

/** A session's number, `active`, a login's name, or NULL for everyone. */
function chosen(sessions: readonly SessionFacts[], who: Value | undefined): readonly SessionFacts[] {
  if (typeof who !== 'string') return sessions;
  if (/^\d+$/u.test(who)) return sessions.filter((one) => one.id === Number(who));
  if (who.toLowerCase() === 'active') return sessions.filter((one) => one.status === 'running');
  return sessions.filter((one) => one.login.name.toLowerCase() === who.toLowerCase());
}

const LOG: readonly Column<ErrorLogEntry>[] = [
  required('LogDate', datetime, (one) => roundToDatetime(one.at)),
  required('ProcessInfo', nvarchar(12), (one) => one.source),
  required('Text', nvarchar(3999), (one) => one.text),
];

/** The lines with both texts in them. */
function logLines(surroundings: Surroundings, texts: readonly (Value | undefined)[]): readonly ErrorLogEntry[] {
  const wanted = texts.flatMap((text) => (typeof text === 'string' ? [text.toLowerCase()] : []));
  return surroundings.model.moving.errorLog.filter((entry) =>
    wanted.every((text) => entry.text.toLowerCase().includes(text)),
  );
}

function readErrorLog(args: readonly Value[], surroundings: Surroundings): SystemProcedureResult {
  const { rights } = surroundings;
  if (rights.inServerRole('securityadmin') !== true && !rights.isSysadmin()) throw sqlError(15247);
  const [archive, kind, ...texts] = args;
  // There is one log, of the server itself: older ones and that of the agent are empty.
  return answer(LOG, archive === 0 && kind === 1 ? logLines(surroundings, texts) : [], surroundings);
}

const LOG_PARAMETERS = [
  { name: '@p1', type: int, default: 0 },
  { name: '@p2', type: int, default: 1 },
  { name: '@p3', type: nvarchar(255), default: null },
  { name: '@p4', type: nvarchar(255), default: null },
] as const;

const DATABASES: readonly Column<Surroundings['database']>[] = [
  required('DATABASE_NAME', sysname, (one) => one.name),
  numberColumn('DATABASE_SIZE', (one) => {
    return (sizeInPages({ database: one, isLog: false }) + sizeInPages({ database: one, isLog: true })) * 8;
  }),
  column('REMARKS', varchar(254), () => null),
];

export const catalogueProcedures: readonly SystemProcedure[] = [
  ...['sp_who', 'sp_who2'].map((name): SystemProcedure => ({
    name,
    parameters: [{ name: '@loginame', type: sysname, default: null }],
    execute: ([who], surroundings) => answer(WHO, chosen(visibleSessions(surroundings), who), surroundings),
  })),
  ...['sp_readerrorlog', 'xp_readerrorlog'].map((name): SystemProcedure => ({
    name,
    parameters: LOG_PARAMETERS,
    execute: readErrorLog,
  })),
  {
    name: 'sp_databases',
    parameters: [],
    execute: (_args, surroundings) => answer(DATABASES, visibleDatabases(surroundings), surroundings),
  },
];
