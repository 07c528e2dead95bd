import type { DatabaseModel } from '../model.ts';
import type { ScalarFunction } from '../registry.ts';
import { findDatabase } from '../storage/names.ts';
import { int, smallint, sysname } from '../values/types.ts';
import { flagProperty, numberProperty, properties, propertyFunction, textProperty } from './properties.ts';

/** DB_ID, DB_NAME, HAS_DBACCESS, DATABASEPROPERTYEX. */

/** The internal version of a database, by the server's major version: 2016 to 2022. */
const DATABASE_VERSIONS: Readonly<Record<string, number>> = { 13: 852, 14: 869, 15: 904, 16: 957 };

/** https://learn.microsoft.com/sql/t-sql/functions/databasepropertyex-transact-sql */
const DATABASE = properties<DatabaseModel>({
  Collation: textProperty((one) => one.collation),
  ComparisonStyle: numberProperty(() => 196_609),
  IsAutoClose: flagProperty(() => false),
  IsAutoCreateStatistics: flagProperty(() => true),
  IsAutoShrink: flagProperty(() => false),
  IsAutoUpdateStatistics: flagProperty(() => true),
  IsClone: flagProperty(() => false),
  IsFulltextEnabled: flagProperty(() => false),
  IsInStandBy: flagProperty(() => false),
  IsParameterizationForced: flagProperty(() => false),
  IsPublished: flagProperty(() => false),
  LCID: numberProperty(() => 1033),
  Recovery: textProperty((one) => one.recoveryModel),
  SQLSortOrder: numberProperty(() => 0),
  Status: textProperty(() => 'ONLINE'),
  Updateability: textProperty((one) => (one.readOnly ? 'READ_ONLY' : 'READ_WRITE')),
  UserAccess: textProperty((one) => one.access),
  Version: numberProperty((_one, { model }) => {
    return DATABASE_VERSIONS[model.instance.productVersion.split('.')[0] ?? ''] ?? null;
  }),
});

export const databaseFunctions: readonly ScalarFunction[] = [
  {
    name: 'DB_ID',
    minimumArguments: 0,
    maximumArguments: 1,
    parameters: [sysname],
    type: smallint,
    nullIn: true,
    evaluate([name], { model, database }) {
      if (typeof name !== 'string') return database.databaseId;
      return findDatabase(model, name)?.databaseId ?? null;
    },
  },
  {
    name: 'DB_NAME',
    minimumArguments: 0,
    maximumArguments: 1,
    parameters: [int],
    type: sysname,
    nullIn: true,
    evaluate([id], { model, database }) {
      if (id === undefined) return database.name;
      return model.databases.find((one) => one.databaseId === id)?.name ?? null;
    },
  },
  {
    name: 'ORIGINAL_DB_NAME',
    minimumArguments: 0,
    maximumArguments: 0,
    parameters: [],
    type: sysname,
    evaluate: (_args, { session }) => session.database.name,
  },
  {
    name: 'HAS_DBACCESS',
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [sysname],
    type: int,
    nullIn: true,
    evaluate([name], { model, rights }) {
      const database = typeof name === 'string' ? findDatabase(model, name) : undefined;
      return database === undefined ? null : Number(rights.mayEnter(database));
    },
  },
  propertyFunction({
    name: 'DATABASEPROPERTYEX',
    argument: 1,
    first: sysname,
    properties: DATABASE,
    subject: ([name], { model }) => (typeof name === 'string' ? findDatabase(model, name) : undefined),
  }),
];
