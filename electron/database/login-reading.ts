import type { IResult } from 'mssql';
import type { LoginFacts, LoginSession } from './site-database.ts';
import { rows } from './rows.ts';

/** Of login-facts.sql. */
export function readLoginFacts(answer: IResult<unknown>): LoginFacts | undefined {
  const row = rows(answer, 0)[0];
  if (row === undefined) return undefined;
  return {
    name: row.text('name'),
    disabled: row.flag('is_disabled'),
    locked: row.number('is_locked') === 1,
    mustChange: row.number('is_must_change') === 1,
    expired: row.number('is_expired') === 1,
    policyChecked: row.flag('is_policy_checked'),
    badPasswords: row.numberOrNull('bad_passwords'),
    passwordSetAt: row.timeOrNull('password_set_at'),
  };
}

/** Of login-sessions.sql. */
export function readLoginSessions(answer: IResult<unknown>): readonly LoginSession[] {
  return rows(answer, 0).map((row) => ({
    sessionId: row.number('session_id'),
    program: row.textOrNull('program_name') ?? '',
    host: row.textOrNull('host_name') ?? '',
    processId: row.numberOrNull('host_process_id'),
    address: row.textOrNull('client_net_address') ?? '',
    connectedAt: row.time('connect_time'),
  }));
}
