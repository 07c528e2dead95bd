import { describe, expect, it } from 'vitest';
import type { SurveyedPrincipals } from '#electron/database/assessment/survey.ts';
import { rightsOfLogins } from '#electron/site/assessment/rights-of-logins.ts';

const nobody: SurveyedPrincipals = {
  logins: [{ id: 300, name: 'acs', type: 'SQL_LOGIN', disabled: false, userId: 7, ownsDatabase: false }],
  serverRoles: [],
  serverRights: [],
  databaseRoles: [],
  databaseRights: [],
  sqlLogins: [],
};
const rights = (changed: Partial<SurveyedPrincipals>) => {
  const [login] = rightsOfLogins({ ...nobody, ...changed });
  return { powers: login?.powers, writes: login?.writes };
};
const on = (permission: string, state = 'G', grantee = 7) => ({ grantee, permission, state, on: 'OBJECT_OR_COLUMN' });
const inRole = (role: string, member = 7, roleId = 16_384) => ({ member, roleId, role });

describe('What a login may do to the controllers', () => {
  it('is nothing without a right', () => {
    expect(rights({})).toEqual({ powers: [], writes: false });
  });

  it.each([
    ['sysadmin', { serverRoles: [{ member: 300, role: 'sysadmin' }] }, ['sysadmin'], true],
    ['securityadmin', { serverRoles: [{ member: 300, role: 'securityadmin' }] }, ['securityadmin'], false],
    [
      'CONTROL SERVER',
      { serverRights: [{ grantee: 300, permission: 'CONTROL SERVER', state: 'G' }] },
      ['CONTROL SERVER'],
      true,
    ],
    ['db_owner', { databaseRoles: [inRole('db_owner')] }, ['db_owner'], true],
    ['db_ddladmin', { databaseRoles: [inRole('db_ddladmin')] }, ['db_ddladmin'], false],
    ['db_datawriter', { databaseRoles: [inRole('db_datawriter')] }, [], true],
    [
      'ALTER ANY LOGIN',
      { serverRights: [{ grantee: 300, permission: 'ALTER ANY LOGIN', state: 'G' }] },
      ['ALTER ANY LOGIN'],
      false,
    ],
    ['db_securityadmin', { databaseRoles: [inRole('db_securityadmin')] }, ['db_securityadmin'], false],
    ['TAKE OWNERSHIP', { databaseRights: [on('TAKE OWNERSHIP')] }, ['TAKE OWNERSHIP of the table'], false],
    ['ALTER', { databaseRights: [on('ALTER')] }, ['ALTER on the table'], false],
    ['CONTROL', { databaseRights: [on('CONTROL')] }, ['CONTROL on the table'], true],
    ['INSERT with grant option', { databaseRights: [on('INSERT', 'W')] }, [], true],
    ['INSERT of public', { databaseRights: [on('INSERT', 'G', 0)] }, [], true],
    ['DELETE of somebody else', { databaseRights: [on('DELETE', 'G', 8)] }, [], false],
    ['SELECT', { databaseRights: [on('SELECT')] }, [], false],
  ] as const)('follows from %s', (_what, changed, powers, writes) => {
    expect(rights(changed)).toEqual({ powers, writes });
  });

  it('follows from a role in a role, and a circle of roles ends', () => {
    const databaseRoles = [inRole('a', 7, 20), inRole('b', 20, 21), inRole('a', 21, 20), inRole('db_owner', 21)];
    expect(rights({ databaseRoles })).toEqual({ powers: ['db_owner'], writes: true });
  });

  it('is taken away by a DENY, but not from an owner', () => {
    expect(rights({ databaseRights: [on('INSERT'), on('INSERT', 'D')] }).writes).toBe(false);
    expect(rights({ databaseRoles: [inRole('db_datawriter'), inRole('db_denydatawriter', 7, 16_393)] }).writes).toBe(
      false,
    );
    const serverRoles = [{ member: 300, role: 'sysadmin' }];
    expect(rights({ serverRoles, databaseRights: [on('INSERT', 'D')] }).writes).toBe(true);
  });

  it('follows from owning the database', () => {
    const logins = nobody.logins.map((login) => ({ ...login, ownsDatabase: true }));
    expect(rights({ logins })).toEqual({ powers: ['owner of the database'], writes: true });
  });
});
