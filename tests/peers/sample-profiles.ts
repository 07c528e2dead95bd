import { trainingProfile } from '#electron/site/training-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

/** Every name of a site profile that becomes part of a statement. */
export interface SiteNames {
  readonly schema: string;
  readonly table: string;
  readonly key: string;
  readonly identifying: readonly string[];
  readonly displayName: string | null;
  readonly address: string | null;
  readonly model: string | null;
  readonly lastSeen: string | null;
  readonly unsupportedModels: readonly string[];
  readonly runLogin: string;
}

export const training: SiteProfile = trainingProfile({
  host: '127.0.0.1',
  port: 1433,
  ca: 'PEM',
  serviceConfigPath: '/acs/service.config',
});

/** The column types in turn, so that each occurs as soon as there are enough identifying columns. */
const types = ['nvarchar(32)', 'int', 'uniqueidentifier', 'char(12)', 'bigint', 'varchar(4000)', 'tinyint'];

export function profileOf(names: SiteNames, timeBase: 'utc' | 'local' = 'utc', guardUpdates = true): SiteProfile {
  const identifying = names.identifying.map((column, index) => ({
    column,
    type: types[index % types.length] ?? 'int',
  }));
  return {
    ...training,
    runLogin: names.runLogin,
    controllerTable: {
      ...training.controllerTable,
      schema: names.schema,
      table: names.table,
      key: { column: names.key, type: 'int' },
      identifying,
      serial: names.identifying[0] ?? names.key,
      displayName: names.displayName,
      address: names.address,
      model: names.model,
      lastSeen: names.lastSeen === null ? null : { column: names.lastSeen, timeBase },
      unsupportedModels: [...names.unsupportedModels],
      guardUpdates,
    },
  };
}

/** Names that stand nowhere else in the statements, so that they can be found again. */
export const plainNames: SiteNames = {
  schema: 'PlainSchema',
  table: 'PlainTable',
  key: 'PlainKey',
  identifying: ['PlainSerial', 'PlainDoor', 'PlainSite'],
  displayName: 'PlainName',
  address: 'PlainAddress',
  model: 'PlainModel',
  lastSeen: 'PlainSeen',
  unsupportedModels: ['PlainOld', 'PlainOlder'],
  runLogin: 'PlainRun',
};

const bareNames: SiteNames = {
  ...plainNames,
  identifying: ['Serial'],
  displayName: null,
  address: null,
  model: null,
  lastSeen: null,
  unsupportedModels: [],
};

const hostileNames: SiteNames = {
  schema: "a]b'; DROP TABLE x--",
  table: '[dbo].[Controllers]',
  key: '/* key */',
  identifying: ["O'Brien", ']]', 'ключ 鍵 🔑', '"quoted"', ' ', 'select', `x${']'.repeat(127)}`, '$(Login)'],
  displayName: '--',
  address: 'GO',
  model: "N'",
  lastSeen: '\u2028',
  unsupportedModels: ["x'y", '', "';--", 'ʼ＇'],
  runLogin: 'DOMAIN\\user]',
};

/** Sites as different as the statements can become. */
export const sampleProfiles: Readonly<Record<string, SiteProfile>> = {
  'the training site': training,
  'a site with plain names': profileOf(plainNames),
  'a site without any optional column': profileOf(bareNames),
  'a site whose clock is local': profileOf(plainNames, 'local'),
  'a site whose updates are not guarded': profileOf(plainNames, 'utc', false),
  'a site with hostile names': profileOf(hostileNames, 'local'),
};
