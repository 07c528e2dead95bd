import type { LockFacts, SessionFacts, Surroundings, SystemView } from '../registry.ts';
import {
  bigint,
  bit,
  datetime,
  float,
  int,
  nvarchar,
  smallint,
  sysname,
  uniqueidentifier,
  varbinary,
  varchar,
} from '../values/types.ts';
import { loginSid } from './sids.ts';
import { always, type Column, column, dateColumn, flag, nameColumn, numberColumn, required, view } from './view.ts';
import { roundToDatetime } from '../values/dates.ts';

/** Who is connected, what runs, what is locked: sys.dm_exec_* and sys.dm_tran_locks. */

const STATE = { on: 'server', permission: 'VIEW SERVER STATE' } as const;
/** TDS 7.4 as sys.dm_exec_connections writes it: 0x74000004. */
const TDS_7_4 = 0x74_00_00_04;
const DEFAULT_TCP_ENDPOINT = 4;

/** Without VIEW SERVER STATE one sees one's own session only. https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-sessions-transact-sql */
export function visibleSessions(surroundings: Surroundings): readonly SessionFacts[] {
  if (surroundings.rights.onServer('VIEW SERVER STATE')) return surroundings.sessions();
  return surroundings.sessions().filter((session) => session.id === surroundings.session.id);
}

const requestEnd = (one: SessionFacts): bigint | null =>
  one.status === 'running' ? null : roundToDatetime(one.lastRequestEnd);

const SESSIONS: readonly Column<SessionFacts>[] = [
  required('session_id', smallint, (one) => one.id),
  dateColumn('login_time', (one) => one.loginTime),
  column('host_name', sysname, (one) => one.hostName),
  column('program_name', sysname, (one) => one.programName),
  column('host_process_id', int, (one) => one.clientProcessId),
  always('client_version', int, 7),
  always('client_interface_name', nvarchar(32), 'TDS'),
  required('security_id', varbinary(85), (one) => loginSid(one.login)),
  nameColumn('login_name', (one) => one.login.name),
  always('nt_domain', sysname, null),
  always('nt_user_name', sysname, null),
  required('status', nvarchar(30), (one) => one.status),
  always('context_info', varbinary(128), null),
  always('cpu_time', int, 0),
  always('memory_usage', int, 4),
  always('total_scheduled_time', int, 0),
  always('total_elapsed_time', int, 0),
  always('endpoint_id', int, DEFAULT_TCP_ENDPOINT),
  dateColumn('last_request_start_time', (one) => one.lastRequestStart),
  column('last_request_end_time', datetime, requestEnd),
  always('reads', bigint, 0n),
  always('writes', bigint, 0n),
  always('logical_reads', bigint, 0n),
  always('is_user_process', bit, true),
  always('text_size', int, 2_147_483_647),
  always('language', sysname, 'us_english'),
  always('date_format', nvarchar(3), 'mdy'),
  always('date_first', smallint, 7),
  required('transaction_isolation_level', smallint, (one) => one.isolationLevel),
  numberColumn('lock_timeout', (one) => one.lockTimeoutMs),
  always('deadlock_priority', int, 0),
  required('row_count', bigint, (one) => BigInt(one.lastRowCount)),
  always('prev_error', int, 0),
  required('original_security_id', varbinary(85), (one) => loginSid(one.login)),
  nameColumn('original_login_name', (one) => one.login.name),
  always('group_id', int, 2),
  required('database_id', smallint, (one) => one.database.databaseId),
  always('authenticating_database_id', int, 1),
  numberColumn('open_transaction_count', (one) => one.openTransactions),
];

const CONNECTIONS: readonly Column<SessionFacts>[] = [
  column('session_id', int, (one) => one.id),
  column('most_recent_session_id', int, (one) => one.id),
  dateColumn('connect_time', (one) => one.connectTime),
  always('net_transport', nvarchar(40), 'TCP'),
  always('protocol_type', nvarchar(40), 'TSQL'),
  always('protocol_version', int, TDS_7_4),
  always('endpoint_id', int, DEFAULT_TCP_ENDPOINT),
  required('encrypt_option', nvarchar(40), (one) => (one.encrypted ? 'TRUE' : 'FALSE')),
  always('auth_scheme', nvarchar(40), 'SQL'),
  always('node_affinity', smallint, 0),
  always('num_reads', int, 0),
  always('num_writes', int, 0),
  dateColumn('last_read', (one) => one.lastRequestStart),
  dateColumn('last_write', (one) => one.lastRequestEnd),
  always('net_packet_size', int, 4096),
  column('client_net_address', varchar(48), (one) => one.remoteAddress),
  always('client_tcp_port', int, null),
  column('local_net_address', varchar(48), (one) => one.localAddress),
  column('local_tcp_port', int, (one) => one.localPort),
  required('connection_id', uniqueidentifier, (one) => one.connectionId),
  always('parent_connection_id', uniqueidentifier, null),
  always('most_recent_sql_handle', varbinary(64), null),
];

/** What a session is at: the first word of what runs, such as SELECT or EXEC. */
export function command(one: SessionFacts): string {
  const first = one.status === 'running' ? /^\s*(\p{L}+)/u.exec(one.currentText)?.[1] : undefined;
  return first?.toUpperCase() ?? 'AWAITING COMMAND';
}

const REQUESTS: readonly Column<SessionFacts>[] = [
  required('session_id', smallint, (one) => one.id),
  always('request_id', int, 0),
  dateColumn('start_time', (one) => one.lastRequestStart),
  required('status', nvarchar(30), (one) => (one.blockedBy === 0 ? 'running' : 'suspended')),
  required('command', nvarchar(32), (one) => command(one).slice(0, 32)),
  always('sql_handle', varbinary(64), null),
  required('database_id', smallint, (one) => one.database.databaseId),
  always('user_id', int, 1),
  column('connection_id', uniqueidentifier, (one) => one.connectionId),
  column('blocking_session_id', smallint, (one) => one.blockedBy),
  column('wait_type', nvarchar(60), (one) => (one.blockedBy === 0 ? null : 'LCK_M_X')),
  numberColumn('wait_time', (one, at) => (one.blockedBy === 0 ? 0 : elapsed(one, at.now()))),
  required('last_wait_type', nvarchar(60), (one) => (one.blockedBy === 0 ? 'MISCELLANEOUS' : 'LCK_M_X')),
  always('wait_resource', nvarchar(256), ''),
  numberColumn('open_transaction_count', (one) => one.openTransactions),
  always('percent_complete', float, 0),
  always('cpu_time', int, 0),
  numberColumn('total_elapsed_time', (one, at) => elapsed(one, at.now())),
  required('transaction_isolation_level', smallint, (one) => one.isolationLevel),
  numberColumn('lock_timeout', (one) => one.lockTimeoutMs),
  required('row_count', bigint, (one) => BigInt(one.lastRowCount)),
];

const TICKS_PER_MILLISECOND = 10_000n;

function elapsed(one: SessionFacts, now: bigint): number {
  return Math.max(0, Number((now - one.lastRequestStart) / TICKS_PER_MILLISECOND));
}

const LOCKS: readonly Column<LockFacts>[] = [
  required('resource_type', nvarchar(60), (one) => one.resourceType),
  always('resource_subtype', nvarchar(60), ''),
  numberColumn('resource_database_id', (one) => one.databaseId),
  required('resource_description', nvarchar(256), (one) => one.description),
  column('resource_associated_entity_id', bigint, (one) => BigInt(one.objectId)),
  always('resource_lock_partition', int, 0),
  required('request_mode', nvarchar(60), (one) => one.mode),
  always('request_type', nvarchar(60), 'LOCK'),
  required('request_status', nvarchar(60), (one) => one.status),
  always('request_reference_count', smallint, 1),
  numberColumn('request_session_id', (one) => one.sessionId),
  required('request_owner_type', nvarchar(60), (one) =>
    one.resourceType === 'APPLICATION' ? 'SESSION' : 'TRANSACTION',
  ),
];

export const sessionViews: readonly SystemView[] = [
  view({ name: 'dm_exec_sessions', columns: SESSIONS, items: visibleSessions }),
  view({ name: 'dm_exec_connections', requires: STATE, columns: CONNECTIONS, items: visibleSessions }),
  view({
    name: 'dm_exec_requests',
    columns: REQUESTS,
    items: (surroundings) => visibleSessions(surroundings).filter((session) => session.status === 'running'),
  }),
  view({ name: 'dm_tran_locks', requires: STATE, columns: LOCKS, items: (surroundings) => surroundings.locks() }),
  view<SessionFacts>({
    name: 'dm_tran_session_transactions',
    requires: STATE,
    columns: [
      numberColumn('session_id', (one) => one.id),
      required('transaction_id', bigint, (one) => BigInt(one.id)),
      flag('is_user_transaction', () => true),
      numberColumn('open_transaction_count', (one) => one.openTransactions),
    ],
    items: (surroundings) => surroundings.sessions().filter((session) => session.openTransactions > 0),
  }),
];
