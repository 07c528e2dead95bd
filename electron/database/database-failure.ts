import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { Secret } from '#shared/secret.ts';
import { guardErrors } from '#shared/vocabulary.ts';
import { certificateCauses } from './connect/certificate-cause.ts';
import { phaseText } from './connect/handshake-watch.ts';
import type { HandshakeWatch } from './connect/handshake-watch.ts';

interface Where {
  readonly endpoint: string;
  readonly login: string;
  readonly database: string;
}

/** An error as mssql and tedious throw it: codes and numbers may sit at any depth of its causes. */
interface DriverError {
  readonly code?: unknown;
  readonly number?: unknown;
  readonly message?: unknown;
  readonly originalError?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function* depths(error: unknown, most = 6): Generator<DriverError> {
  if (typeof error !== 'object' || error === null || most === 0) return;
  const each = error as DriverError;
  yield each;
  for (const inner of [each.originalError, each.cause, ...(Array.isArray(each.errors) ? each.errors : [])])
    yield* depths(inner, most - 1);
}

/**
 * What SQL Server says by a number before a session begins (a client is always told state 1, so the number is all there
 * is: learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error), and
 * those of Azure SQL that a gateway may send.
 */
const refusalCodes: ReadonlyMap<number, RefusalCode> = new Map([
  [18456, 'login-refused'],
  [18452, 'login-not-taken'],
  [18450, 'login-not-taken'],
  [18470, 'login-disabled'],
  [18486, 'login-locked'],
  [18487, 'password-expired'],
  [18488, 'password-must-change'],
  // The database that was asked for; the login's own default one; offline, recovering, not there.
  ...[4060, 4064, 911, 916, 924, 922, 927, 942, 945, 976].map((number) => [number, 'database-unavailable'] as const),
  [18461, 'server-single-user'],
  [17142, 'server-paused'],
  ...[17187, 18401, 18451, 17148, 40613].map((number) => [number, 'server-starting'] as const),
  ...[17809, 10928, 10929, 49918, 49919, 49920, 40501].map((number) => [number, 'server-full'] as const),
  [233, 'connection-dropped'],
]);

type RefusalCode =
  | 'login-refused'
  | 'login-not-taken'
  | 'login-disabled'
  | 'login-locked'
  | 'password-expired'
  | 'password-must-change'
  | 'database-unavailable'
  | 'server-single-user'
  | 'server-paused'
  | 'server-starting'
  | 'server-full'
  | 'connection-dropped';

/** Information that comes with every login: changed database, language. */
const informative: ReadonlySet<number> = new Set([5701, 5703]);

function refusalFailure(refusals: readonly { readonly number: number }[], where: Where): Failure | undefined {
  for (const { number } of refusals) {
    const code = refusalCodes.get(number);
    if (code !== undefined) return failure(code, { ...where, when: 'during the login' });
  }
  const unnamed = refusals.find(({ number }) => number > 0 && !informative.has(number));
  return unnamed && failure('server-refused', { endpoint: where.endpoint, number: unnamed.number });
}

/** A code of TLS or of a certificate in an error, however deep; undefined where it is about something else. */
export function tlsCodeOf(error: unknown): string | undefined {
  for (const { code } of depths(error)) {
    const text = textOf(code);
    if (certificateCauses[text] !== undefined || /^(?:ERR_SSL_|ERR_TLS_|EPROTO$|EENCRYPT$)/.test(text)) return text;
  }
  return undefined;
}

/**
 * Names a failed connection by what the server or the driver said. Undefined where encryption or certificate are the
 * cause, which only the server can tell more of.
 */
export function connectFailure(
  error: unknown,
  {
    refusals,
    watch,
  }: {
    readonly refusals: readonly { readonly number: number; readonly text: string }[];
    readonly watch: Pick<HandshakeWatch, 'phase' | 'foreign'>;
  },
  where: Where,
): Failure | undefined {
  const refused = refusalFailure(refusals, where);
  if (refused !== undefined) return refused;
  const { endpoint } = where;
  if (watch.foreign !== undefined) return failure('not-sql-server', { endpoint, what: watch.foreign });
  if (tlsCodeOf(error) !== undefined) return undefined;
  const codes = [...depths(error)].map((each) => textOf(each.code));
  const when = phaseText[watch.phase];
  if (codes.includes('ETIMEOUT')) return failure('server-silent', { endpoint, when: when.silent });
  // A server that knows no TLS of today hangs up in the handshake, often without an alert.
  if (watch.phase === 'greeted') return undefined;
  if (codes.some((code) => lost.has(code))) return failure('connection-dropped', { endpoint, when: when.dropped });
  return failure('server-unreachable', { endpoint });
}

/** As long as a part of a password must be to tell something of it. */
const tellingPart = 4;

/**
 * The failure of a statement that holds passwords. SQL Server quotes what it stumbles over ("Incorrect syntax near ..."),
 * so a sentence with a part of one of them in it is not passed on.
 */
export function withoutPasswords(why: Failure, passwords: readonly Secret[], login: string): Failure {
  const parts = passwords.flatMap((password) => {
    const text = password.reveal().toLowerCase();
    return Array.from({ length: Math.max(1, text.length - tellingPart + 1) }, (_none, at) =>
      text.slice(at, at + tellingPart),
    );
  });
  // What is there whatever the server said may hold such a part by chance.
  const said = why.sentence.replaceAll(login, '').toLowerCase();
  if (why.code !== 'statement-failed' || !parts.some((part) => part !== '' && said.includes(part))) return why;
  const number = /error (\d+)/.exec(why.sentence)?.[1] ?? '0';
  return failure('statement-failed', { number, text: 'its text is not shown, because it quotes a password.' });
}

const lost = new Set(['ESOCKET', 'ECONNCLOSED', 'ECONNRESET', 'EPIPE', 'ENOTOPEN', 'ECANCEL']);

/** Names a failed statement. `connection-lost` means that nobody knows yet whether it took effect: read before you act. */
export function statementFailure(error: unknown, login: string): Failure {
  const all = [...depths(error)];
  const number = all.map((each) => each.number).find((each): each is number => typeof each === 'number');
  const text = textOf(all[0]?.message) || 'no message';
  switch (number) {
    case undefined:
      break;
    case guardErrors.stateChanged:
      return failure('plan-outdated', { what: 'commissioning mode was switched meanwhile' });
    case 1222:
    case 1205:
      return failure('lock-timeout');
    // KILL (learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors-6000-to-6999).
    case 6102:
    case 229:
    case 230:
    case 262:
    case 297:
    case 300:
      return failure('no-right', {
        login,
        right: text.replace(/\.+$/, ''),
      });
    case 596:
      return failure('connection-lost');
    case 15114:
    case 15115:
    case 15116:
    case 15117:
    case 15118:
      return failure('password-refused', { login, text });
    default:
      return failure('statement-failed', { number, text });
  }
  if (all.some((each) => lost.has(textOf(each.code)) || each.code === 'ETIMEOUT')) return failure('connection-lost');
  return failure('statement-failed', { number: 0, text });
}
