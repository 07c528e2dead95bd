import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { Secret } from '#shared/secret.ts';
import { guardErrors } from '#shared/vocabulary.ts';

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

const certificateCauses: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its CA is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its CA is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its CA is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its CA is not known here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_SIGNATURE_FAILURE: 'its signature does not hold',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made out to another name',
};

/**
 * Names a failed connection by what the server or the driver said. A client is always told state 1, so the number is
 * all there is (https://learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error).
 */
export function connectFailure(
  error: unknown,
  refusals: readonly { readonly number: number; readonly text: string }[],
  where: Where,
): Failure {
  for (const { number } of refusals) {
    switch (number) {
      case 18456:
      case 18452:
        return failure('login-refused', where);
      case 18470:
        return failure('login-disabled', where);
      case 18486:
        return failure('login-locked', where);
      case 18487:
      case 18488:
        return failure('password-expired', where);
      case 4060:
      case 18461:
        return failure('database-unavailable', where);
      default:
    }
  }
  const codes = [...depths(error)].map((each) => textOf(each.code));
  for (const code of codes) {
    const cause = certificateCauses[code];
    if (cause !== undefined) return failure('certificate-not-trusted', { ...where, cause });
  }
  if (codes.includes('EENCRYPT')) return failure('encryption-refused', where);
  return failure('server-unreachable', where);
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
