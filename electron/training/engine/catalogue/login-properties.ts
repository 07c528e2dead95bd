import type { LoginModel } from '../model.ts';
import type { ScalarFunction } from '../registry.ts';
import { findLogin } from '../storage/names.ts';
import { roundToDatetime, ticksPerDay, ticksPerMinute, year1900 } from '../values/dates.ts';
import { sysname } from '../values/types.ts';
import {
  dateProperty,
  flagProperty,
  numberProperty,
  properties,
  propertyFunction,
  textProperty,
} from './properties.ts';

/** LOGINPROPERTY. https://learn.microsoft.com/sql/t-sql/functions/loginproperty-transact-sql */

/** The ages that security/login-attempt.ts judges by: Windows' defaults. */
const passwordLasts = 42n * ticksPerDay;
const lockLasts = 10n * ticksPerMinute;

function isExpired(login: LoginModel, now: bigint): boolean {
  return login.checkExpiration && now - login.moving.passwordLastSet > passwordLasts;
}

function daysLeft(login: LoginModel, now: bigint): number {
  const left = passwordLasts - (now - login.moving.passwordLastSet);
  return left > 0n ? Number(left / ticksPerDay) : 0;
}

/** A lock that has run out holds nobody off, though it is taken away only by the next attempt. */
function isLocked(login: LoginModel, now: bigint): boolean {
  const since = login.moving.lockedSince;
  return login.checkPolicy && since !== null && now - since < lockLasts;
}

const LOGIN = properties<LoginModel>({
  BadPasswordCount: numberProperty((login) => login.moving.badPasswordCount),
  // 1900-01-01 stands for never, here and for LockoutTime.
  BadPasswordTime: dateProperty((login) => roundToDatetime(login.moving.badPasswordTime ?? year1900)),
  DaysUntilExpiration: numberProperty((login, surroundings) =>
    login.checkPolicy && login.checkExpiration ? daysLeft(login, surroundings.now()) : null,
  ),
  DefaultDatabase: textProperty((login) => login.defaultDatabase),
  DefaultLanguage: textProperty((login) => login.defaultLanguage),
  HistoryLength: numberProperty((login) => (login.checkPolicy ? login.moving.passwordHistory.length : 0)),
  IsExpired: flagProperty((login, surroundings) => isExpired(login, surroundings.now())),
  IsLocked: flagProperty((login, surroundings) => isLocked(login, surroundings.now())),
  IsMustChange: flagProperty((login) => login.mustChange),
  LockoutTime: dateProperty((login) => roundToDatetime(login.moving.lockedSince ?? year1900)),
  // The verifier of this simulation is no hash of SQL Server's.
  PasswordHash: textProperty(() => null),
  PasswordHashAlgorithm: numberProperty(() => 2),
  PasswordLastSetTime: dateProperty((login) => roundToDatetime(login.moving.passwordLastSet)),
});

export const loginPropertyFunctions: readonly ScalarFunction[] = [
  propertyFunction({
    name: 'LOGINPROPERTY',
    argument: 1,
    first: sysname,
    properties: LOGIN,
    subject([name], { model, rights }) {
      const login = typeof name === 'string' ? findLogin(model, name) : undefined;
      return login !== undefined && login.kind === 'sql' && rights.seesLogin(login) ? login : undefined;
    },
  }),
];
