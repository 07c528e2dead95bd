import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '#shared/errors.ts';
import { connectFailure, statementFailure, tlsCodeOf } from '#electron/database/database-failure.ts';

const where = { endpoint: '10.0.0.5:1433', login: 'acs_service', database: 'Acs' };
const error = (facts: object) => Object.assign(new Error('It failed'), facts);
const refusals = (...numbers: number[]) => numbers.map((number) => ({ number, text: `text of ${number}` }));

const named = (thrown: unknown, ...numbers: number[]) =>
  connectFailure(thrown, { refusals: refusals(...numbers), watch: { phase: 'encrypted', foreign: undefined } }, where);

const at = (phase: 'connected' | 'encrypted', code: string) =>
  connectFailure(error({ code }), { refusals: [], watch: { phase, foreign: undefined } }, where);

/** The numbers that a site is met with, and what each is called. */
const connecting: readonly (readonly [string, readonly number[], ErrorCode])[] = [
  ['18456 refused', [18456], 'login-refused'],
  ['18452 untrusted domain', [18452], 'login-not-taken'],
  ['18470 disabled', [18470], 'login-disabled'],
  ['18486 locked', [18486], 'login-locked'],
  ['18487 expired', [18487], 'password-expired'],
  ['18488 must change', [18488], 'password-must-change'],
  ['18461 single-user mode', [18461], 'server-single-user'],
  ['4060 the database', [4060], 'database-unavailable'],
  ['4060 and then 18456, as the server sends them', [4060, 18456], 'database-unavailable'],
  ['4064 the default database', [4064], 'database-unavailable'],
  ['18451 administrators only', [18451], 'server-starting'],
  ['18401 the upgrade of its own databases', [18401], 'server-starting'],
  ['17809 too many connections', [17809], 'server-full'],
  ['40613 of Azure SQL', [40613], 'server-starting'],
  ['10928 of Azure SQL', [10928], 'server-full'],
  ['233 dropped in the handshake', [233], 'connection-dropped'],
  ['17142 paused', [17142], 'server-paused'],
  ['17187 starting', [17187], 'server-starting'],
  ['a number that nobody knows', [99999], 'server-refused'],
  ['one that nobody knows and one that says it', [5701, 18486], 'login-locked'],
];

describe('A connection that failed', () => {
  it.each(connecting)('is named by what the server said: %s', (_what, numbers, code) => {
    expect(named(error({ code: 'ELOGIN' }), ...numbers)?.code).toBe(code);
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['SELF_SIGNED_CERT_IN_CHAIN'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['CERT_HAS_EXPIRED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL'],
    ['EENCRYPT'],
  ])('is looked at a second time where encryption is the cause, however deep it stands: %s', (code) => {
    for (const given of [
      error({ code }),
      error({ code: 'ESOCKET', originalError: error({ code: 'ESOCKET', cause: error({ code }) }) }),
      error({ code: 'ESOCKET', cause: new AggregateError([error({ code: 'ECONNREFUSED' }), error({ code })]) }),
    ]) {
      expect(named(given)).toBeUndefined();
      expect(tlsCodeOf(given)).toBe(code);
    }
  });

  it('says when the server fell silent or hung up', () => {
    expect(at('connected', 'ETIMEOUT')).toMatchObject({
      code: 'server-silent',
      sentence: expect.stringContaining('never'),
    });
    expect(at('encrypted', 'ETIMEOUT')).toMatchObject({
      code: 'server-silent',
      sentence: expect.stringContaining('login'),
    });
    expect(at('encrypted', 'ECONNRESET')).toMatchObject({ code: 'connection-dropped' });
    expect(at('connected', 'ECONNRESET')).toMatchObject({
      code: 'connection-dropped',
      sentence: expect.stringContaining('before it said anything'),
    });
  });

  it('is unreachable for everything else, whatever was thrown', () => {
    const cyclic: { cause?: unknown } = error({ code: 'ESOCKET' });
    cyclic.cause = cyclic;
    const thrown = [error({ code: 'ECONNREFUSED' }), 'text', null, undefined, 5, {}];
    for (const each of thrown) expect(named(each)?.code).toBe('server-unreachable');
    expect(named(cyclic)?.code).toBe('connection-dropped');
  });

  it('repeats nothing that the server said but the number decides', () => {
    const told = JSON.stringify(
      connectFailure(
        error({}),
        {
          refusals: [{ number: 18456, text: 'Password=hunter2' }],
          watch: { phase: 'encrypted', foreign: undefined },
        },
        where,
      ),
    );
    expect(told).not.toContain('hunter2');
  });
});

const statements: readonly (readonly [string, object, ErrorCode])[] = [
  ['229 no right on an object', { number: 229 }, 'no-right'],
  ['230 no right on a column', { number: 230 }, 'no-right'],
  ['262 no right in the database', { number: 262 }, 'no-right'],
  ['297 no right to the action', { number: 297 }, 'no-right'],
  ['300 no right on the server', { number: 300 }, 'no-right'],
  ['1222 the lock was not given', { number: 1222 }, 'lock-timeout'],
  ['1205 the victim of a deadlock', { number: 1205 }, 'lock-timeout'],
  ['596 the session was ended', { number: 596 }, 'connection-lost'],
  ['15114 the minimum age', { number: 15114 }, 'password-refused'],
  ['15115 the history', { number: 15115 }, 'password-refused'],
  ['15116 too short', { number: 15116 }, 'password-refused'],
  ['15117 too long', { number: 15117 }, 'password-refused'],
  ['15118 not complex enough', { number: 15118 }, 'password-refused'],
  ['50110 switched meanwhile', { number: 50110 }, 'plan-outdated'],
  ['50101 the guard itself', { number: 50101 }, 'statement-failed'],
  ['208 another one', { number: 208 }, 'statement-failed'],
  [
    'a number below the first error',
    { code: 'EREQUEST', originalError: { info: 1, cause: { number: 1222 } } },
    'lock-timeout',
  ],
  ['ESOCKET', { code: 'ESOCKET' }, 'connection-lost'],
  ['ECONNCLOSED', { code: 'ECONNCLOSED' }, 'connection-lost'],
  ['ECONNRESET below', { code: 'EREQUEST', originalError: { code: 'ECONNRESET' } }, 'connection-lost'],
  ['EPIPE', { code: 'EPIPE' }, 'connection-lost'],
  ['ENOTOPEN', { code: 'ENOTOPEN' }, 'connection-lost'],
  ['a time-out, after which nobody knows', { code: 'ETIMEOUT' }, 'connection-lost'],
  ['ECANCEL', { code: 'ECANCEL' }, 'connection-lost'],
  ['a code that nobody knows', { code: 'EWHAT' }, 'statement-failed'],
];

describe('A statement that failed', () => {
  it.each(statements)('is named: %s', (_what, facts, code) => {
    expect(statementFailure(error(facts), 'mortise_run').code).toBe(code);
  });

  it('that nobody knows is shown with its number and its text', () => {
    expect(statementFailure(error({ number: 208, message: 'Invalid object name.' }), 'a').sentence).toBe(
      'SQL Server refused the statement (error 208): Invalid object name.',
    );
  });

  it('is a failed one whatever was thrown', () => {
    for (const thrown of ['text', null, undefined, 7, {}]) {
      expect(statementFailure(thrown, 'a')).toMatchObject({
        code: 'statement-failed',
        sentence: 'SQL Server refused the statement (error 0): no message',
      });
    }
  });
});
