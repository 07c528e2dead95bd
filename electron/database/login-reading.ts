import type { IResult } from 'mssql';
import type { LoginFacts, LoginHolder, LoginSession, OpenSession, RefusedLogin } from './site-database.ts';
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

/** Of open-sessions.sql. */
export function readOpenSessions(answer: IResult<unknown>): readonly OpenSession[] {
  return rows(answer, 0).map((row) => ({
    sessionId: row.number('session_id'),
    connectionId: row.text('connection_id'),
    login: row.text('login_name'),
    program: row.textOrNull('program_name') ?? '',
    host: row.textOrNull('host_name') ?? '',
    address: row.textOrNull('client_net_address') ?? '',
    localAddress: row.textOrNull('local_net_address') ?? '',
    transport: row.text('net_transport'),
  }));
}

/** Of login-holders.sql. */
export function readLoginHolders(answer: IResult<unknown>): readonly LoginHolder[] {
  return rows(answer, 0).map((row) => ({
    kind: row.text('kind') === 'credential' ? 'credential' : 'linked server',
    name: row.text('name'),
  }));
}

/**
 * Of refused-logins.sql. The sentence is in the server's language; the login stands in it in quotes and the client behind
 * CLIENT in every one (event 18456).
 */
export function readRefusedLogins(answer: IResult<unknown>, login: string): readonly RefusedLogin[] {
  return rows(answer, 0).flatMap((row) => {
    const text = row.textOrNull('Text') ?? '';
    const client = /\[CLIENT: ?([^\]]+)\]/.exec(text)?.[1];
    const isThisLogin = [`'${login}'`, `"${login}"`, `„${login}“`, `«${login}»`].some((quoted) =>
      text.toLowerCase().includes(quoted.toLowerCase()),
    );
    return client === undefined || !isThisLogin ? [] : [{ at: row.time('LogDate'), client: client.trim() }];
  });
}
