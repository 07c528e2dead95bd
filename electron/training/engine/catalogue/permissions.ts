import type { PermissionModel, SecurableClass } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { publicId, serverPublicId } from '../security/identity.ts';
import { sysname } from '../values/types.ts';
import { visibleDatabasePrincipals } from './principals.ts';
import { codeColumn, type Column, numberColumn, required, smallColumn, view, wordColumn } from './view.ts';

/** sys.server_permissions and sys.database_permissions: what was granted and denied, one row each. */

const CLASSES: Readonly<Record<SecurableClass, { readonly number: number; readonly word: string }>> = {
  DATABASE: { number: 0, word: 'DATABASE' },
  OBJECT: { number: 1, word: 'OBJECT_OR_COLUMN' },
  SCHEMA: { number: 3, word: 'SCHEMA' },
  DATABASE_PRINCIPAL: { number: 4, word: 'DATABASE_PRINCIPAL' },
  SERVER: { number: 100, word: 'SERVER' },
  LOGIN: { number: 101, word: 'SERVER_PRINCIPAL' },
};

/** The four letters of each permission. https://learn.microsoft.com/sql/relational-databases/system-catalog-views/sys-database-permissions-transact-sql */
const CODES: Readonly<Record<string, string>> = {
  ALTER: 'AL',
  'ALTER ANY CONNECTION': 'ALCO',
  'ALTER ANY DATABASE': 'ALDB',
  'ALTER ANY LOGIN': 'ALLG',
  'ALTER ANY ROLE': 'ALRL',
  'ALTER ANY SCHEMA': 'ALSM',
  'ALTER ANY SERVER ROLE': 'ALSR',
  'ALTER ANY USER': 'ALUS',
  'ALTER SERVER STATE': 'ALSS',
  'ALTER SETTINGS': 'ALST',
  'BACKUP DATABASE': 'BADB',
  'BACKUP LOG': 'BALO',
  CONNECT: 'CO',
  'CONNECT ANY DATABASE': 'CADB',
  'CONNECT SQL': 'COSQ',
  CONTROL: 'CL',
  'CONTROL SERVER': 'CL',
  'CREATE ANY DATABASE': 'CRDB',
  'CREATE FUNCTION': 'CRFN',
  'CREATE PROCEDURE': 'CRPR',
  'CREATE ROLE': 'CRRL',
  'CREATE SCHEMA': 'CRSM',
  'CREATE TABLE': 'CRTB',
  'CREATE VIEW': 'CRVW',
  DELETE: 'DL',
  EXECUTE: 'EX',
  IMPERSONATE: 'IM',
  INSERT: 'IN',
  REFERENCES: 'RF',
  SELECT: 'SL',
  'SELECT ALL USER SECURABLES': 'SUS',
  SHUTDOWN: 'SHDN',
  'TAKE OWNERSHIP': 'TO',
  UPDATE: 'UP',
  'VIEW ANY DATABASE': 'VWDB',
  'VIEW ANY DEFINITION': 'VWAD',
  'VIEW DATABASE STATE': 'VWDS',
  'VIEW DEFINITION': 'VW',
  'VIEW SERVER STATE': 'VWSS',
};

const STATES = { GRANT: 'G', GRANT_WITH_GRANT_OPTION: 'W', DENY: 'D' } as const;

const COLUMNS: readonly Column<PermissionModel>[] = [
  smallColumn('class', (one) => CLASSES[one.class].number),
  wordColumn('class_desc', (one) => CLASSES[one.class].word),
  numberColumn('major_id', (one) => one.majorId),
  numberColumn('minor_id', (one) => one.columnId),
  numberColumn('grantee_principal_id', (one) => one.granteeId),
  numberColumn('grantor_principal_id', (one) => one.grantorId),
  codeColumn('type', 4, (one) => CODES[one.permission] ?? ''),
  required('permission_name', sysname, (one) => one.permission),
  codeColumn('state', 1, (one) => STATES[one.state]),
  wordColumn('state_desc', (one) => one.state),
];

/** One sees the permissions of the principals one sees, and those of public. */
function visibleServerPermissions({ model, rights }: Surroundings): readonly PermissionModel[] {
  const seen = new Set(model.logins.filter((login) => rights.seesLogin(login)).map((login) => login.principalId));
  return model.permissions.filter((one) => one.granteeId === serverPublicId || seen.has(one.granteeId));
}

function visibleDatabasePermissions(surroundings: Surroundings): readonly PermissionModel[] {
  const seen = new Set(visibleDatabasePrincipals(surroundings).map((one) => one.principalId));
  return surroundings.database.permissions.filter((one) => one.granteeId === publicId || seen.has(one.granteeId));
}

export const permissionViews: readonly SystemView[] = [
  view({ name: 'server_permissions', columns: COLUMNS, items: visibleServerPermissions }),
  view({ name: 'database_permissions', columns: COLUMNS, items: visibleDatabasePermissions }),
];
