import type { LoginRequest } from '../../tds/backend.ts';
import type { DatabaseModel, LoginModel, ServerModel } from '../model.ts';
import { sqlError, type SqlError } from '../sql-error.ts';
import { findDatabase, findLogin } from '../storage/names.ts';
import { ticksPerDay, ticksPerMinute } from '../values/dates.ts';
import { userIn } from './identity.ts';
import { isAllowed } from './permissions.ts';
import { passwordMatches, policyBreach, rememberedPasswords, verifierFor, type PolicyBreach } from './password.ts';

/**
 * Who is let in (learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error): a
 * wrong password and an unknown login look the same from outside; why it really failed stands in the error log.
 */
export type LoginAttempt =
  | { readonly ok: true; readonly login: LoginModel; readonly database: DatabaseModel }
  | { readonly ok: false; readonly error: SqlError };

/** As a clean Windows 11 has it: ten tries, then ten minutes. */
export const triesBeforeLock = 10;
const lockLasts = 10n * ticksPerMinute;
const passwordLasts = 42n * ticksPerDay;
const longestErrorLog = 500;

export function attemptLogin(model: ServerModel, request: LoginRequest, now: bigint): LoginAttempt {
  const login = findLogin(model, request.user);
  const refused = (error: SqlError, reason: string): LoginAttempt => {
    note(model, now, `Login failed for user '${request.user}'. Reason: ${reason} [CLIENT: ${request.remoteAddress}]`);
    return { ok: false, error };
  };
  if (!login || login.kind !== 'sql') {
    return refused(sqlError(18_456, request.user), 'Could not find a login matching the name provided.');
  }
  if (model.instance.windowsAuthenticationOnly) {
    return refused(sqlError(18_456, request.user), 'Server is configured for Windows authentication only.');
  }
  if (isLocked(login, now)) return refused(sqlError(18_486, login.name), 'The account is currently locked out.');
  if (!passwordMatches(login.sid, login.verifier, request.password)) {
    countFailure(login, now);
    return refused(sqlError(18_456, request.user), 'Password did not match that for the login provided.');
  }
  if (login.disabled) return refused(sqlError(18_470, login.name), 'The account is disabled.');
  if (!isAllowed(model, { kind: 'login', login }, 'CONNECT SQL', { class: 'SERVER' })) {
    return refused(sqlError(18_456, request.user), 'Login-based server access validation failed.');
  }
  const stale = stalePassword(login, request, now);
  if (stale) return refused(stale, 'The password must be changed.');
  const place = firstDatabase(model, login, request);
  if (place.ok) {
    login.moving.badPasswordCount = 0;
    return place;
  }
  return refused(place.error, `Failed to open the database '${request.database}'.`);
}

function isLocked(login: LoginModel, now: bigint): boolean {
  const { moving } = login;
  if (moving.lockedSince === null || !login.checkPolicy) return false;
  if (now - moving.lockedSince < lockLasts) return true;
  moving.lockedSince = null;
  moving.badPasswordCount = 0;
  return false;
}

/** Without CHECK_POLICY nobody counts. */
function countFailure(login: LoginModel, now: bigint): void {
  if (!login.checkPolicy) return;
  login.moving.badPasswordCount++;
  login.moving.badPasswordTime = now;
  if (login.moving.badPasswordCount >= triesBeforeLock) login.moving.lockedSince = now;
}

/** An expired password, or one that must be changed, lets nobody in but who brings a new one. */
function stalePassword(login: LoginModel, request: LoginRequest, now: bigint): SqlError | undefined {
  const expired = login.checkExpiration && now - login.moving.passwordLastSet > passwordLasts;
  if (request.newPassword === undefined) {
    if (login.mustChange) return sqlError(18_488, login.name);
    return expired ? sqlError(18_487, login.name) : undefined;
  }
  return changePassword(login, request.newPassword, now);
}

const breaches: Readonly<Record<PolicyBreach, 18_463 | 18_464 | 18_465 | 18_466>> = {
  'used-before': 18_463,
  'too-short': 18_464,
  'too-long': 18_465,
  'not-complex': 18_466,
};

function changePassword(login: LoginModel, password: string, now: bigint): SqlError | undefined {
  const breach = policyBreach(login.name, password, login.checkPolicy);
  if (breach) return sqlError(breaches[breach], login.name);
  const verifier = verifierFor(login.sid, password);
  const { moving } = login;
  if (login.checkPolicy && (verifier === login.verifier || moving.passwordHistory.includes(verifier))) {
    return sqlError(18_463, login.name);
  }
  moving.passwordHistory = login.checkPolicy
    ? [login.verifier, ...moving.passwordHistory].slice(0, rememberedPasswords)
    : [];
  moving.passwordLastSet = now;
  login.verifier = verifier;
  login.mustChange = false;
  return undefined;
}

function firstDatabase(model: ServerModel, login: LoginModel, request: LoginRequest): LoginAttempt {
  const wanted = request.database === '' ? login.defaultDatabase : request.database;
  const database = findDatabase(model, wanted);
  const enters = database && userIn(model, { kind: 'login', login }, database) !== undefined;
  if (database && enters) return { ok: true, login, database };
  return { ok: false, error: request.database === '' ? sqlError(4064) : sqlError(4060, wanted) };
}

function note(model: ServerModel, at: bigint, text: string): void {
  const { errorLog } = model.moving;
  errorLog.push({ at, source: 'Logon', text });
  if (errorLog.length > longestErrorLog) errorLog.splice(0, errorLog.length - longestErrorLog);
}
