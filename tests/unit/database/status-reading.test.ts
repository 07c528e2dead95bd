import type { IResult } from 'mssql';
import { describe, expect, it } from 'vitest';
import { readLoginFacts, readLoginSessions, readRefusedLogins } from '#electron/database/login-reading.ts';
import { readRunRights } from '#electron/database/run-login/run-rights.ts';
import { Row, rows } from '#electron/database/rows.ts';
import { readSiteStatus } from '#electron/database/status-reading.ts';

type Values = Readonly<Record<string, unknown>>;

/** An answer as the driver gives it. */
const answerOf = (sets: readonly (readonly Values[])[]): IResult<unknown> =>
  ({ recordsets: sets, recordset: sets[0], rowsAffected: [], output: {} }) as unknown as IResult<unknown>;

const at = new Date('2026-11-21T20:00:00.000Z');

const good: readonly (readonly Values[])[] = [
  [
    {
      machine: 'ACS',
      instance: 'ACS\\EXPRESS',
      version: '16.0.4135.4',
      edition: 'Express Edition (64-bit)',
      server_time: at,
      database_name: 'Acs',
      access_mode: 'MULTI_USER',
      size_pages: '1280',
      last_backup: null,
      login_name: 'mortise_run',
      encrypt_option: 'TRUE',
      net_transport: 'TCP',
      recovery_fork: 'F0F0',
    },
  ],
  [{ ip_address: '0.0.0.0', port: 1433, type_desc: 'TSQL', state_desc: 'ONLINE' }],
  [
    {
      login_name: 'acs_service',
      program_name: null,
      host_name: null,
      client_net_address: null,
      local_net_address: null,
      net_transport: 'Named pipe',
      sessions: 2,
    },
  ],
  [
    {
      name: 'sa',
      is_disabled: true,
      is_policy_checked: false,
      is_locked: null,
      bad_passwords: null,
      password_set_at: null,
    },
  ],
  [
    {
      prepared: true,
      truncate_stop: 0,
      own_schema: 1,
      own_agent: 0,
      nested_triggers: 1,
      may_switch: 1,
      may_alter_table: 0,
      may_write_state: null,
      is_sysadmin: 0,
    },
  ],
  [
    {
      name: 'mortise_guard_identity',
      is_disabled: false,
      is_instead_of_trigger: false,
      definition_hash: Buffer.from([1, 171]),
      actions: 2,
      first_of: 1,
    },
  ],
  [{ name: 'effective_state', type: 'IF', definition_hash: Buffer.from([1, 172]), is_disabled: null }],
  [
    {
      state: 'locked-by-time',
      changed_at: at,
      changed_by: 'ines',
      reason: 'Handover',
      open_until: at,
      locked_until: null,
      server_name: 'ACS\\EXPRESS',
      recovery_fork: null,
      other_triggers: Buffer.from([0xfe]),
      row_version: Buffer.from([0, 7]),
      commissioning: true,
      decided: 'on',
      decided_until: at,
    },
  ],
  [{ registered: 3, damaged: 1 }],
  [{ total: 3, bound: 2, changed: 1, asleep: 0, unsupported: 0, missing: 0 }],
  [{ controller_key: '7', serial: null, name: 'Door', address: null, model: null, last_seen: null, state: 'missing' }],
  [
    {
      view_server_state: 0,
      view_server_performance_state: 1,
      view_server_security_state: 1,
      view_any_definition: 1,
      alter_any_login: 0,
      alter_any_connection: 0,
      view_database_state: 0,
      backup_database: 1,
      select_mortise: 1,
      execute_mortise: null,
    },
  ],
  [
    { name: 'ControllerId', may_select: 1 },
    { name: 'SerialNumber', may_select: 0 },
    { name: 'Gone', may_select: null },
  ],
];

/** Of rights.sql. */
const rights = good.slice(11);

const withRow = (set: number, different: Values) =>
  good.map((each, index) => (index === set ? [{ ...each[0], ...different }] : each));

const read = (different: Values) => readRunRights(answerOf([[{ ...rights[0]?.[0], ...different }], rights[1] ?? []]));

describe('The rights of the run login', () => {
  it('are held or not, and null where what they are about is not there', () => {
    expect(read({})).toEqual({
      viewServerState: true,
      viewAnyDefinition: true,
      alterAnyLogin: false,
      alterAnyConnection: false,
      viewDatabaseState: false,
      backup: true,
      selectMortise: true,
      executeMortise: null,
      // A column that is not there cannot be read either.
      unreadable: ['SerialNumber', 'Gone'],
    });
  });

  it('to see the server are one right, or the two that SQL Server 2022 made of it; never one of the two', () => {
    const older = { view_server_performance_state: null, view_server_security_state: null };
    expect(read({ ...older, view_server_state: 1 }).viewServerState).toBe(true);
    expect(read({ ...older, view_server_state: 0 }).viewServerState).toBe(false);
    expect(read({ view_server_performance_state: 0 }).viewServerState).toBe(false);
    expect(read({ view_server_security_state: 0 }).viewServerState).toBe(false);
  });
});

describe('The status of a site', () => {
  it('is mapped from eleven result sets, and two with the rights', () => {
    expect(readSiteStatus(answerOf(good))).toEqual({
      server: {
        machine: 'ACS',
        instance: 'ACS\\EXPRESS',
        version: '16.0.4135.4',
        edition: 'Express Edition (64-bit)',
        time: at,
        database: 'Acs',
        accessMode: 'MULTI_USER',
        sizePages: 1280,
        lastBackup: null,
        login: 'mortise_run',
        encrypted: true,
        transport: 'TCP',
        recoveryFork: 'F0F0',
      },
      listeners: [{ address: '0.0.0.0', port: 1433, type: 'TSQL', state: 'ONLINE' }],
      sessions: [
        {
          login: 'acs_service',
          program: '',
          host: '',
          address: '',
          localAddress: '',
          transport: 'Named pipe',
          sessions: 2,
        },
      ],
      logins: [
        { name: 'sa', disabled: true, policyChecked: false, locked: false, badPasswords: null, passwordSetAt: null },
      ],
      prepared: true,
      truncateStop: false,
      own: { schema: true, agent: false },
      rights: { switch: true, alterTable: false, writeState: null, sysadmin: false },
      nestedTriggers: true,
      guards: [
        {
          name: 'mortise_guard_identity',
          disabled: false,
          insteadOf: false,
          definitionHash: '01ab',
          first: false,
        },
      ],
      objects: [{ name: 'effective_state', type: 'IF', definitionHash: '01ac', disabled: false }],
      state: {
        state: 'locked-by-time',
        changedAt: at,
        changedBy: 'ines',
        reason: 'Handover',
        openUntil: at,
        lockedUntil: null,
        serverName: 'ACS\\EXPRESS',
        recoveryFork: null,
        otherTriggers: 'fe',
        version: Buffer.from([0, 7]),
        asDecided: true,
      },
      runRights: readRunRights(answerOf(rights)),
      registered: 3,
      damaged: 1,
      counts: { total: 3, bound: 2, changed: 1, asleep: 0, unsupported: 0, missing: 0 },
      controllers: [{ key: '7', serial: '', name: 'Door', address: '', model: '', lastSeen: null, state: 'missing' }],
    });
  });

  it('has no state where its row is gone, and no hash where the definition is hidden', () => {
    expect(readSiteStatus(answerOf(good.map((set, index) => (index === 7 ? [] : set)))).state).toBeUndefined();
    expect(readSiteStatus(answerOf(withRow(5, { definition_hash: null }))).guards[0]?.definitionHash).toBe('');
  });

  it.each<[string, Values]>([
    ['a row that says off where the last decision was on', { commissioning: false }],
    ['another time until', { decided_until: null }],
    ['a last decision that was off', { decided: 'off', decided_until: null, commissioning: true }],
    ['an opening where none was decided', { decided: null, decided_until: null }],
    ['a rehearsal that nobody decided', { locked_until: at }],
  ])('sees that the state was edited: %s', (_what, edited) => {
    expect(readSiteStatus(answerOf(withRow(7, edited))).state?.asDecided).toBe(false);
  });

  it.each<[string, Values]>([
    ['before any decision', { decided: null, decided_until: null, open_until: null }],
    ['off', { decided: 'off', decided_until: null, open_until: null, commissioning: false }],
    ['a rehearsal', { decided: 'rehearse', open_until: null, locked_until: at, commissioning: false }],
  ])('sees a state as it was decided: %s', (_what, decided) => {
    expect(readSiteStatus(answerOf(withRow(7, decided))).state?.asDecided).toBe(true);
  });

  it('counts nothing over an empty controller table, where SUM is NULL', () => {
    const empty = { total: 0, bound: null, changed: null, asleep: null, unsupported: null };
    expect(readSiteStatus(answerOf(withRow(9, empty))).counts).toMatchObject({ total: 0, bound: 0, asleep: 0 });
  });

  it('is encrypted only when the server says TRUE', () => {
    for (const encrypt_option of ['FALSE', 'true', '', null])
      expect(readSiteStatus(answerOf(withRow(0, { encrypt_option }))).server.encrypted).toBe(false);
  });

  it.each(good.map((_set, index) => [index + 1]))(
    'is none when result set %i and those behind it are missing',
    (set) => {
      expect(() => readSiteStatus(answerOf(good.slice(0, set - 1)))).toThrow(`has ${set - 1} result sets`);
    },
  );

  it.each([1, 5, 9, 10])('is none when result set %i, which always has a row, is empty', (set) => {
    expect(() => readSiteStatus(answerOf(good.map((each, index) => (index === set - 1 ? [] : each))))).toThrow(
      `Result set ${set} `,
    );
  });

  const columns = good.flatMap((set, index) => Object.keys(set[0] ?? {}).map((column) => [index, column] as const));
  it.each(columns)('is none when in set %i the column %s is missing or of another type', (set, column) => {
    expect(() => readSiteStatus(answerOf(withRow(set, { [column]: undefined })))).toThrow(column);
    expect(() => readSiteStatus(answerOf(withRow(set, { [column]: { of: 'another type' } })))).toThrow(column);
  });

  it.each([
    [0, 'access_mode', 'WHATEVER'],
    [7, 'state', 'ON'],
    [10, 'state', ''],
  ])('is none when in set %i %s is a word that is not known', (set, column, word) => {
    expect(() => readSiteStatus(answerOf(withRow(set, { [column]: word })))).toThrow(`"${word}" is none of`);
  });
});

describe('A row', () => {
  it('takes a bigint, which arrives as text, for a number, and no other text', () => {
    expect(new Row({ size: '9007199254740993' }).number('size')).toBeGreaterThan(9e15);
    for (const size of ['12 GB', '', '1.5', 'Infinity']) expect(() => new Row({ size }).number('size')).toThrow('size');
  });

  it('demands what must not be NULL, and says which column it is', () => {
    const row = new Row({ text: null, number: null, flag: null, time: null, bytes: null });
    expect(() => row.text('text')).toThrow('The column text is NULL.');
    expect(() => row.number('number')).toThrow('The column number is NULL.');
    expect(() => row.flag('flag')).toThrow('The column flag is NULL.');
    expect(() => row.time('time')).toThrow('The column time is NULL.');
    expect(() => row.bytes('bytes')).toThrow('The column bytes is NULL.');
  });

  it('does not take one type for another', () => {
    const row = new Row({ one: 1, text: '2026-11-21', yes: true });
    expect(() => row.flag('one')).toThrow('The column one is number.');
    expect(() => row.time('text')).toThrow('The column text is string.');
    expect(() => row.text('one')).toThrow('The column one is number.');
    expect(() => row.number('yes')).toThrow('The column yes is boolean.');
  });

  it('is there only in a result set that is there', () => {
    expect(rows(answerOf([[], [{ a: 1 }]]), 1)).toHaveLength(1);
    expect(() => rows(answerOf([[]]), 1)).toThrow('The answer has 1 result sets, not 2.');
  });
});

const facts = {
  name: 'acs_service',
  is_disabled: false,
  is_policy_checked: true,
  is_expiration_checked: false,
  is_locked: 0,
  is_must_change: 0,
  is_expired: 1,
  bad_passwords: 2,
  password_set_at: at,
};

describe('The facts of a login', () => {
  it('are mapped from one row, and none where there is no such login', () => {
    expect(readLoginFacts(answerOf([[facts]]))).toEqual({
      name: 'acs_service',
      disabled: false,
      locked: false,
      mustChange: false,
      expired: true,
      policyChecked: true,
      badPasswords: 2,
      passwordSetAt: at,
    });
    expect(readLoginFacts(answerOf([[]]))).toBeUndefined();
  });

  it.each(['is_locked', 'is_must_change', 'is_expired', 'is_disabled'])(
    'are never taken as good where %s is NULL',
    (column) => {
      expect(() => readLoginFacts(answerOf([[{ ...facts, [column]: null }]]))).toThrow(column);
    },
  );
});

describe('The sessions of a login', () => {
  it('are mapped with their process, where the client tells one', () => {
    const session = {
      session_id: 52,
      program_name: 'AcsService',
      host_name: null,
      host_process_id: 4711,
      client_net_address: '127.0.0.1',
      connect_time: at,
    };
    expect(readLoginSessions(answerOf([[session, { ...session, host_process_id: null }]]))).toEqual([
      { sessionId: 52, program: 'AcsService', host: '', processId: 4711, address: '127.0.0.1', connectedAt: at },
      { sessionId: 52, program: 'AcsService', host: '', processId: null, address: '127.0.0.1', connectedAt: at },
    ]);
  });

  it('are none where none are', () => {
    expect(readLoginSessions(answerOf([[]]))).toEqual([]);
  });
});

const line = (Text: string) => ({ LogDate: at, ProcessInfo: 'Logon', Text });

describe('The refused logins of the error log', () => {
  it('are those of this login, with where they came from, in any language', () => {
    const answer = answerOf([
      [
        line("Login failed for user 'acs_service'. Reason: Password did not match. [CLIENT: 10.0.0.7]"),
        line('Fehler bei der Anmeldung für den Benutzer "acs_service". [CLIENT: <local machine>]'),
        line("Login failed for user 'acs_service_2'. [CLIENT: 10.0.0.8]"),
        line("Login failed for user 'acs_service'."),
      ],
    ]);
    expect(readRefusedLogins(answer, 'ACS_SERVICE')).toEqual([
      { at, client: '10.0.0.7' },
      { at, client: '<local machine>' },
    ]);
  });
});
