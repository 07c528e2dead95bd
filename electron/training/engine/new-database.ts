import type { DatabaseModel, DatabasePrincipalModel } from './model.ts';

/** A database as CREATE DATABASE leaves it: the built-in users, the fixed roles, the schemas that every database has. */
export function newDatabase(facts: {
  readonly databaseId: number;
  readonly name: string;
  readonly ownerSid: string;
  readonly collation: string;
  readonly now: bigint;
  readonly recoveryForkGuid: string;
  readonly familyGuid: string;
  readonly recoveryModel?: DatabaseModel['recoveryModel'];
  /** Whether everybody may enter, as in the system databases. */
  readonly guest?: boolean;
}): DatabaseModel {
  const { databaseId, name, ownerSid, collation, now } = facts;
  const principals = builtIn.map(([principalId, principalName, kind]): DatabasePrincipalModel => ({
    principalId,
    name: principalName,
    kind,
    sid: principalName === 'dbo' ? ownerSid : undefined,
    defaultSchema: principalName === 'dbo' || principalName === 'guest' ? principalName : undefined,
    fixed: true,
    members: [],
    moving: { created: now, modified: now },
  }));
  const connect = {
    class: 'DATABASE',
    majorId: 0,
    columnId: 0,
    permission: 'CONNECT',
    state: 'GRANT',
    grantorId: 1,
  } as const;
  return {
    databaseId,
    name,
    ownerSid,
    collation,
    compatibilityLevel: 150,
    recoveryModel: facts.recoveryModel ?? 'SIMPLE',
    access: 'MULTI_USER',
    readOnly: false,
    readCommittedSnapshot: false,
    trustworthy: name === 'msdb',
    recoveryForkGuid: facts.recoveryForkGuid,
    familyGuid: facts.familyGuid,
    schemas: [
      { schemaId: 1, name: 'dbo', ownerId: 1 },
      { schemaId: 2, name: 'guest', ownerId: 2 },
      { schemaId: 3, name: 'INFORMATION_SCHEMA', ownerId: 3 },
      { schemaId: 4, name: 'sys', ownerId: 4 },
    ],
    objects: [],
    principals,
    permissions: [{ ...connect, granteeId: 1 }, ...(facts.guest === true ? [{ ...connect, granteeId: 2 }] : [])],
    moving: {
      created: now,
      nextObjectId: 245_575_913,
      nextSchemaId: 5,
      nextPrincipalId: 5,
      rowversion: 2000n,
    },
  };
}

const builtIn: readonly (readonly [number, string, 'user' | 'role'])[] = [
  [0, 'public', 'role'],
  [1, 'dbo', 'user'],
  [2, 'guest', 'user'],
  [3, 'INFORMATION_SCHEMA', 'user'],
  [4, 'sys', 'user'],
  [16_384, 'db_owner', 'role'],
  [16_385, 'db_accessadmin', 'role'],
  [16_386, 'db_securityadmin', 'role'],
  [16_387, 'db_ddladmin', 'role'],
  [16_389, 'db_backupoperator', 'role'],
  [16_390, 'db_datareader', 'role'],
  [16_391, 'db_datawriter', 'role'],
  [16_392, 'db_denydatareader', 'role'],
  [16_393, 'db_denydatawriter', 'role'],
];
