import type { IResult } from 'mssql';
import { rows } from './rows.ts';
import { readRunRights } from './run-login/run-rights.ts';
import type { Row } from './rows.ts';
import type { SiteStatus } from './site-status.ts';

/** The result sets of status.sql, in their order. */
const sets = {
  server: 0,
  listeners: 1,
  sessions: 2,
  logins: 3,
  objects: 4,
  guards: 5,
  modules: 6,
  state: 7,
  registered: 8,
  counts: 9,
  controllers: 10,
  /** Two, of rights.sql, which follows status.sql in the same batch. */
  rights: 11,
} as const;

function oneOf<T extends string>(text: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw new TypeError(`"${text}" is none of ${allowed.join(', ')}.`);
  return found;
}

const hex = (bytes: Uint8Array | null) => (bytes === null ? '' : Buffer.from(bytes).toString('hex'));

const flagOrNull = (value: number | null) => (value === null ? null : value !== 0);

/** The columns that a decision writes, compared with the decision as the history has it; before the first one it is open. */
function asDecided(row: Row): boolean {
  const decided = row.textOrNull('decided') ?? 'on';
  const until = row.timeOrNull('decided_until')?.getTime();
  const openUntil = row.timeOrNull('open_until')?.getTime();
  const lockedUntil = row.timeOrNull('locked_until')?.getTime();
  return (
    row.flag('commissioning') === (decided === 'on') &&
    openUntil === (decided === 'on' ? until : undefined) &&
    lockedUntil === (decided === 'rehearse' ? until : undefined)
  );
}

function readState(row: Row | undefined): SiteStatus['state'] {
  if (row === undefined) return undefined;
  return {
    state: oneOf(row.text('state'), ['on', 'off', 'locked-by-time', 'rehearsing', 'rehearsal-over', 'upgrading']),
    changedAt: row.time('changed_at'),
    changedBy: row.text('changed_by'),
    reason: row.text('reason'),
    openUntil: row.timeOrNull('open_until'),
    lockedUntil: row.timeOrNull('locked_until'),
    serverName: row.text('server_name'),
    recoveryFork: row.textOrNull('recovery_fork'),
    otherTriggers: hex(row.bytesOrNull('other_triggers')),
    version: row.bytes('row_version'),
    asDecided: asDecided(row),
  };
}

/** Types the answer to status.sql. An answer of another shape is a defect and throws. */
export function readSiteStatus(answer: IResult<unknown>): SiteStatus {
  const only = (set: number) => {
    const row = rows(answer, set)[0];
    if (row === undefined) throw new RangeError(`Result set ${set + 1} of the status is empty.`);
    return row;
  };
  const server = only(sets.server);
  const objects = only(sets.objects);
  const counts = only(sets.counts);
  return {
    server: {
      machine: server.textOrNull('machine') ?? '',
      instance: server.textOrNull('instance') ?? '',
      version: server.text('version'),
      edition: server.text('edition'),
      time: server.time('server_time'),
      database: server.text('database_name'),
      accessMode: oneOf(server.text('access_mode'), ['MULTI_USER', 'RESTRICTED_USER', 'SINGLE_USER']),
      sizePages: server.numberOrNull('size_pages') ?? 0,
      lastBackup: server.timeOrNull('last_backup'),
      login: server.text('login_name'),
      encrypted: server.textOrNull('encrypt_option') === 'TRUE',
      transport: server.textOrNull('net_transport') ?? '',
      recoveryFork: server.textOrNull('recovery_fork'),
    },
    listeners: rows(answer, sets.listeners).map((row) => ({
      address: row.text('ip_address'),
      port: row.number('port'),
      type: row.text('type_desc'),
      state: row.text('state_desc'),
    })),
    sessions: rows(answer, sets.sessions).map((row) => ({
      login: row.text('login_name'),
      program: row.textOrNull('program_name') ?? '',
      host: row.textOrNull('host_name') ?? '',
      address: row.textOrNull('client_net_address') ?? '',
      localAddress: row.textOrNull('local_net_address') ?? '',
      transport: row.text('net_transport'),
      sessions: row.number('sessions'),
    })),
    logins: rows(answer, sets.logins).map((row) => ({
      name: row.text('name'),
      disabled: row.flag('is_disabled'),
      policyChecked: row.flag('is_policy_checked'),
      locked: row.numberOrNull('is_locked') === 1,
      badPasswords: row.numberOrNull('bad_passwords'),
      passwordSetAt: row.timeOrNull('password_set_at'),
    })),
    prepared: objects.flag('prepared'),
    truncateStop: objects.number('truncate_stop') === 1,
    own: { schema: objects.number('own_schema') === 1, agent: objects.number('own_agent') === 1 },
    rights: {
      switch: flagOrNull(objects.numberOrNull('may_switch')),
      alterTable: flagOrNull(objects.numberOrNull('may_alter_table')),
      writeState: flagOrNull(objects.numberOrNull('may_write_state')),
      sysadmin: objects.numberOrNull('is_sysadmin') === 1,
    },
    nestedTriggers: flagOrNull(objects.numberOrNull('nested_triggers')),
    guards: rows(answer, sets.guards).map((row) => ({
      name: row.text('name'),
      disabled: row.flag('is_disabled'),
      insteadOf: row.flag('is_instead_of_trigger'),
      definitionHash: hex(row.bytesOrNull('definition_hash')),
      first: row.number('actions') > 0 && row.number('first_of') === row.number('actions'),
    })),
    objects: rows(answer, sets.modules).map((row) => ({
      name: row.text('name'),
      type: row.text('type').trim(),
      definitionHash: hex(row.bytesOrNull('definition_hash')),
      disabled: row.numberOrNull('is_disabled') === 1,
    })),
    state: readState(rows(answer, sets.state)[0]),
    runRights: readRunRights(answer, sets.rights),
    registered: only(sets.registered).number('registered'),
    damaged: only(sets.registered).numberOrNull('damaged') ?? 0,
    counts: {
      total: counts.number('total'),
      bound: counts.numberOrNull('bound') ?? 0,
      changed: counts.numberOrNull('changed') ?? 0,
      asleep: counts.numberOrNull('asleep') ?? 0,
      unsupported: counts.numberOrNull('unsupported') ?? 0,
      missing: counts.numberOrNull('missing') ?? 0,
    },
    controllers: rows(answer, sets.controllers).map((row) => ({
      key: row.text('controller_key'),
      serial: row.textOrNull('serial') ?? '',
      name: row.textOrNull('name') ?? '',
      address: row.textOrNull('address') ?? '',
      model: row.textOrNull('model') ?? '',
      lastSeen: row.timeOrNull('last_seen'),
      state: oneOf(row.text('state'), ['new', 'bound', 'changed', 'missing', 'unregistered']),
    })),
  };
}
