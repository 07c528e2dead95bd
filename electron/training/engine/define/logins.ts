import { randomBytes } from 'node:crypto';
import type { LoginOptions, SecurityStatement } from '../ast.ts';
import type { Binding } from '../evaluate/binding.ts';
import type { LoginModel } from '../model.ts';
import { inServerRole, isSysadmin } from '../security/identity.ts';
import { isAllowed } from '../security/permissions.ts';
import {
  passwordMatches,
  policyBreach,
  rememberedPasswords,
  verifierFor,
  type PolicyBreach,
} from '../security/password.ts';
import { sqlError, type SqlError } from '../sql-error.ts';
import type { ChangeLog } from '../storage/change-log.ts';
import { findDatabase, findLogin } from '../storage/names.ts';
import type { DefinitionChange } from './definition.ts';

/** CREATE, ALTER and DROP LOGIN (learn.microsoft.com/sql/t-sql/statements/alter-login-transact-sql). */

function mayAlterLogins(binding: Binding): boolean {
  return isAllowed(binding.run.server.model, binding.frame.identity, 'ALTER ANY LOGIN', { class: 'SERVER' });
}

export function createLogin(
  statement: Extract<SecurityStatement, { kind: 'create-login' }>,
  binding: Binding,
): DefinitionChange {
  const { model } = binding.run.server;
  const { options, name } = statement;
  if (!mayAlterLogins(binding)) throw sqlError(15_247);
  if (findLogin(model, name)) throw sqlError(15_025, name);
  const checkPolicy = options.checkPolicy ?? true;
  const password = options.password ?? '';
  refuseBreach(policyBreach(name, password, checkPolicy));
  refuseImpossible(checkPolicy, options.checkExpiration ?? false, options.mustChange);
  const sid = Buffer.from(options.sid ?? randomBytes(16))
    .toString('hex')
    .toUpperCase();
  const { now } = binding.run;
  const login: LoginModel = {
    principalId: model.moving.nextPrincipalId++,
    sid,
    name,
    kind: 'sql',
    verifier: verifierFor(sid, password),
    checkPolicy,
    checkExpiration: options.checkExpiration ?? false,
    mustChange: options.mustChange,
    disabled: false,
    defaultDatabase: knownDatabase(options.defaultDatabase, binding) ?? 'master',
    defaultLanguage: options.defaultLanguage ?? 'us_english',
    moving: {
      created: now,
      modified: now,
      passwordLastSet: now,
      passwordHistory: [],
      badPasswordCount: 0,
      badPasswordTime: null,
      lockedSince: null,
    },
  };
  return (log) => {
    log.add(model.logins, login);
    log.add(model.permissions, {
      class: 'SERVER',
      majorId: 0,
      columnId: 0,
      permission: 'CONNECT SQL',
      state: 'GRANT',
      granteeId: login.principalId,
      grantorId: 1,
    });
  };
}

function knownDatabase(name: string | undefined, binding: Binding): string | undefined {
  if (name === undefined) return undefined;
  const database = findDatabase(binding.run.server.model, name);
  if (!database) throw sqlError(15_010, name);
  return database.name;
}

const breaches: Readonly<Record<PolicyBreach, 15_115 | 15_116 | 15_117 | 15_118>> = {
  'too-short': 15_116,
  'too-long': 15_117,
  'not-complex': 15_118,
  'used-before': 15_115,
};

function refuseBreach(breach: PolicyBreach | undefined): void {
  if (breach) throw sqlError(breaches[breach]);
}

function refuseImpossible(checkPolicy: boolean, checkExpiration: boolean, mustChange: boolean): void {
  if (checkExpiration && !checkPolicy) throw sqlError(15_122);
  if (mustChange && !(checkPolicy && checkExpiration)) throw sqlError(15_128);
}

export function alterLogin(
  statement: Extract<SecurityStatement, { kind: 'alter-login' }>,
  binding: Binding,
): DefinitionChange {
  const { model } = binding.run.server;
  const login = findLogin(model, statement.name);
  const hidden = sqlError(15_151, 'alter', 'login', statement.name);
  if (!login) throw hidden;
  const { action } = statement;
  if (!mayAlter(login, action, binding)) throw refusal(login, action, binding) ?? hidden;
  if (typeof action === 'string') {
    return (log) => {
      log.set(login, 'disabled', action === 'disable');
      log.set(login.moving, 'modified', binding.run.now);
    };
  }
  return changeOptions(login, action, binding);
}

/**
 * A login may change its own password knowing the old one; anything else takes ALTER ANY LOGIN, and CONTROL SERVER for a
 * member of sysadmin.
 */
function mayAlter(login: LoginModel, action: 'enable' | 'disable' | LoginOptions, binding: Binding): boolean {
  const { model } = binding.run.server;
  const { identity } = binding.frame;
  if (isSysadmin(model, identity)) return true;
  if (mayAlterLogins(binding)) return !inServerRole(model, login, 'sysadmin');
  return isSelfChange(login, action, binding) && knowsOldPassword(login, action);
}

function isSelfChange(
  login: LoginModel,
  action: 'enable' | 'disable' | LoginOptions,
  binding: Binding,
): action is LoginOptions {
  const { identity } = binding.frame;
  if (identity.kind !== 'login' || identity.login !== login || typeof action === 'string') return false;
  const { password, oldPassword, ...others } = action;
  const nothingElse = Object.values(others).every((value) => value === undefined || value === false);
  return password !== undefined && oldPassword !== undefined && nothingElse;
}

function knowsOldPassword(login: LoginModel, action: LoginOptions): boolean {
  return passwordMatches(login.sid, login.verifier, action.oldPassword ?? '');
}

/** Only who changes their own password is told that the old one was wrong. */
function refusal(
  login: LoginModel,
  action: 'enable' | 'disable' | LoginOptions,
  binding: Binding,
): SqlError | undefined {
  return isSelfChange(login, action, binding) ? sqlError(15_211) : undefined;
}

function changeOptions(login: LoginModel, options: LoginOptions, binding: Binding): DefinitionChange {
  const { model } = binding.run.server;
  const { newName, password } = options;
  if (newName !== undefined && findLogin(model, newName)) throw sqlError(15_025, newName);
  const checkPolicy = options.checkPolicy ?? login.checkPolicy;
  const checkExpiration = options.checkExpiration ?? (options.checkPolicy === false ? false : login.checkExpiration);
  refuseImpossible(checkPolicy, checkExpiration, options.mustChange);
  if (options.oldPassword !== undefined && !knowsOldPassword(login, options)) throw sqlError(15_211);
  const verifier = password === undefined ? undefined : newVerifier(login, password, checkPolicy);
  const defaultDatabase = knownDatabase(options.defaultDatabase, binding) ?? login.defaultDatabase;
  const turnedOn = checkPolicy && !login.checkPolicy;
  return (log) => {
    if (verifier !== undefined) setPassword(login, verifier, checkPolicy, binding.run.now, log);
    if (password !== undefined) log.set(login, 'mustChange', options.mustChange);
    if (options.unlock || turnedOn) unlock(login, log);
    log.set(login, 'checkPolicy', checkPolicy);
    log.set(login, 'checkExpiration', checkExpiration);
    log.set(login, 'defaultDatabase', defaultDatabase);
    if (options.defaultLanguage !== undefined) log.set(login, 'defaultLanguage', options.defaultLanguage);
    if (newName !== undefined) log.set(login, 'name', newName);
    log.set(login.moving, 'modified', binding.run.now);
  };
}

function newVerifier(login: LoginModel, password: string, checkPolicy: boolean): string {
  refuseBreach(policyBreach(login.name, password, checkPolicy));
  const verifier = verifierFor(login.sid, password);
  const used = login.verifier === verifier || login.moving.passwordHistory.includes(verifier);
  if (checkPolicy && used) refuseBreach('used-before');
  return verifier;
}

function setPassword(login: LoginModel, verifier: string, checkPolicy: boolean, now: bigint, log: ChangeLog): void {
  const { moving } = login;
  const history = checkPolicy ? [login.verifier, ...moving.passwordHistory].slice(0, rememberedPasswords) : [];
  log.set(moving, 'passwordHistory', history);
  log.set(login, 'verifier', verifier);
  log.set(moving, 'passwordLastSet', now);
  log.set(moving, 'badPasswordCount', 0);
}

function unlock(login: LoginModel, log: ChangeLog): void {
  log.set(login.moving, 'lockedSince', null);
  log.set(login.moving, 'badPasswordCount', 0);
}

export function dropLogin(
  statement: Extract<SecurityStatement, { kind: 'drop-login' }>,
  binding: Binding,
): DefinitionChange {
  const { model, sessions } = binding.run.server;
  const login = findLogin(model, statement.name);
  if (!login || !mayAlterLogins(binding)) throw sqlError(15_151, 'drop', 'login', statement.name);
  if ([...sessions.values()].some((session) => session.login === login)) throw sqlError(15_434, login.name);
  if (model.databases.some((database) => database.ownerSid === login.sid)) throw sqlError(15_174, login.name);
  const rights = model.permissions.filter((one) => one.granteeId === login.principalId);
  return (log) => {
    for (const role of model.serverRoles) {
      if (role.members.includes(login.principalId)) log.remove(role.members, login.principalId);
    }
    for (const permission of rights) log.remove(model.permissions, permission);
    log.remove(model.logins, login);
  };
}
