import type { InstanceModel, LoginModel, PermissionModel, ServerModel, ServerRoleModel } from './model.ts';
import { newDatabase } from './new-database.ts';
import { verifierFor } from './security/password.ts';

/** An instance as it is after its setup: system databases, sa (disabled), the fixed server roles. */

export const saSid = '01';
export const serverCollation = 'Latin1_General_CI_AS';

export function newServer(facts: { readonly machineName: string; readonly now: bigint }): ServerModel {
  const { now } = facts;
  const system = (databaseId: number, name: string): ServerModel['databases'][number] =>
    newDatabase({
      databaseId,
      name,
      ownerSid: saSid,
      collation: serverCollation,
      now,
      guest: true,
      recoveryForkGuid: `00000000-0000-0000-0000-00000000000${databaseId}`,
      familyGuid: `00000000-0000-0000-0000-00000000000${databaseId}`,
    });
  return {
    formatVersion: 1,
    instance: instance(facts.machineName),
    logins: [newLogin({ principalId: 1, sid: saSid, name: 'sa', password: 'never-used-Sa1', now, disabled: true })],
    serverRoles: fixedRoles.map(([principalId, name]): ServerRoleModel => ({
      principalId,
      name,
      fixed: true,
      members: name === 'sysadmin' ? [1] : [],
    })),
    permissions: [serverRight('VIEW ANY DATABASE', 2), serverRight('CONNECT SQL', 1)],
    databases: [system(1, 'master'), system(2, 'tempdb'), system(4, 'msdb')],
    backups: [],
    moving: { nextPrincipalId: 260, nextDatabaseId: 5, clockOffsetMs: 0, errorLog: [] },
  };
}

const fixedRoles: readonly (readonly [number, string])[] = [
  [2, 'public'],
  [3, 'sysadmin'],
  [4, 'securityadmin'],
  [5, 'serveradmin'],
  [6, 'setupadmin'],
  [7, 'processadmin'],
  [8, 'diskadmin'],
  [9, 'dbcreator'],
  [10, 'bulkadmin'],
];

export function serverRight(permission: string, granteeId: number): PermissionModel {
  return { class: 'SERVER', majorId: 0, columnId: 0, permission, state: 'GRANT', granteeId, grantorId: 1 };
}

export function newLogin(facts: {
  readonly principalId: number;
  readonly sid: string;
  readonly name: string;
  readonly password: string;
  readonly now: bigint;
  readonly disabled?: boolean;
  readonly checkPolicy?: boolean;
  readonly defaultDatabase?: string;
}): LoginModel {
  const { principalId, sid, name, password, now } = facts;
  return {
    principalId,
    sid,
    name,
    kind: 'sql',
    verifier: verifierFor(sid, password),
    checkPolicy: facts.checkPolicy ?? true,
    checkExpiration: false,
    mustChange: false,
    disabled: facts.disabled ?? false,
    defaultDatabase: facts.defaultDatabase ?? 'master',
    defaultLanguage: 'us_english',
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
}

function instance(machineName: string): InstanceModel {
  return {
    machineName,
    instanceName: undefined,
    productVersion: '15.0.4430.1',
    productLevel: 'RTM',
    productUpdateLevel: 'CU32',
    edition: 'Developer Edition (64-bit)',
    engineEdition: 3,
    versionText:
      'Microsoft SQL Server 2019 (RTM-CU32) - 15.0.4430.1 (X64), simulated by the Mortise training site: no SQL Server runs here',
    collation: serverCollation,
    windowsAuthenticationOnly: false,
    forceEncryption: true,
    hostPlatform: 'Simulation',
    hostDistribution: 'Mortise training site',
    configurations: [
      configuration(103, 'user connections', 0, 32_767, 0, 'Number of user connections allowed', true, false),
      configuration(115, 'nested triggers', 0, 1, 1, 'Allow triggers to be invoked within triggers', false),
      configuration(117, 'remote access', 0, 1, 1, 'Allow remote access', false, false),
      configuration(400, 'cross db ownership chaining', 0, 1, 0, 'Allow cross db ownership chaining', false),
      configuration(505, 'scan for startup procs', 0, 1, 0, 'scan for startup stored procedures', true, false),
      configuration(518, 'show advanced options', 0, 1, 0, 'show advanced options', false),
      configuration(
        544,
        'max server memory (MB)',
        128,
        2_147_483_647,
        2_147_483_647,
        'Maximum size of server memory (MB)',
        true,
      ),
      configuration(1562, 'clr enabled', 0, 1, 0, 'CLR user code execution enabled in the server', false),
      configuration(1568, 'default trace enabled', 0, 1, 1, 'Enable or disable the default trace', true),
      configuration(
        1576,
        'remote admin connections',
        0,
        1,
        0,
        'Dedicated Admin Connections are allowed from remote clients',
        false,
      ),
      configuration(1579, 'backup compression default', 0, 1, 0, 'Enable compression of backups by default', false),
      configuration(1580, 'filestream access level', 0, 2, 0, 'Sets the FILESTREAM access level', false),
      configuration(1585, 'Database Mail XPs', 0, 1, 0, 'Enable or disable Database Mail XPs', true),
      configuration(16_388, 'Ole Automation Procedures', 0, 1, 0, 'Enable or disable Ole Automation Procedures', true),
      configuration(16_390, 'xp_cmdshell', 0, 1, 0, 'Enable or disable command shell', true),
      configuration(
        16_391,
        'Ad Hoc Distributed Queries',
        0,
        1,
        0,
        'Enable or disable Ad Hoc Distributed Queries',
        true,
      ),
    ],
  };
}

function configuration(
  configurationId: number,
  name: string,
  minimum: number,
  maximum: number,
  value: number,
  description: string,
  isAdvanced: boolean,
  isDynamic = true,
): InstanceModel['configurations'][number] {
  return { configurationId, name, description, minimum, maximum, isDynamic, isAdvanced, value, valueInUse: value };
}
