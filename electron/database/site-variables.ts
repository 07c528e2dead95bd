import type { SiteProfile } from '#shared/site-profile.ts';
import { quoteIdentifier, quoteLiteral } from './quoting.ts';
import { usedColumns } from './run-login/needed-rights.ts';

const isText = (type: string) => type.includes('char');

const textColumn = (column: string | null) =>
  column === null ? 'CONVERT(nvarchar(100), NULL)' : `c.${quoteIdentifier(column)}`;

/** In UTC. A local time is moved by the difference that the server's clock has now: an hour wrong on the day it changes. */
function lastSeenUtc(lastSeen: SiteProfile['controllerTable']['lastSeen']): string {
  if (lastSeen === null) return 'CONVERT(datetime2(3), NULL)';
  const column = `c.${quoteIdentifier(lastSeen.column)}`;
  return lastSeen.timeBase === 'utc'
    ? column
    : `DATEADD(minute, DATEDIFF(minute, SYSDATETIME(), SYSUTCDATETIME()), ${column})`;
}

/** The values of `$(Name)` in the `.sql` files, for one site. All of them are quoted here and nowhere else. */
export function siteVariables(profile: SiteProfile): ReadonlyMap<string, string> {
  const table = profile.controllerTable;
  const identity = [table.key, ...table.identifying];
  const columns = identity.map((each) => quoteIdentifier(each.column));
  const textOf = (prefix: string) => columns.map((name) => prefix + name).join(", N'|', ");
  const controllerTable = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.table)}`;
  return new Map([
    ['ControllerTable', controllerTable],
    // For functions that take a name as text.
    ['ControllerTableText', quoteLiteral(controllerTable)],
    ['ControllerSchema', quoteIdentifier(table.schema)],
    ['MembershipGuardText', quoteLiteral(`${quoteIdentifier(table.schema)}.[mortise_guard_membership]`)],
    ['IdentityGuardText', quoteLiteral(`${quoteIdentifier(table.schema)}.[mortise_guard_identity]`)],
    ['KeyColumn', quoteIdentifier(table.key.column)],
    ['KeyType', table.key.type],
    ['IdentityColumns', columns.join(', ')],
    [
      'IdentityColumnsBinary',
      identity
        .map((each) => quoteIdentifier(each.column) + (isText(each.type) ? ' COLLATE Latin1_General_100_BIN2' : ''))
        .join(', '),
    ],
    [
      'IdentityColumnTypes',
      identity
        .map((each, index) => `${quoteIdentifier(each.column)} ${each.type} ${index === 0 ? 'NOT NULL' : 'NULL'}`)
        .join(', '),
    ],
    ['IdentityUpdated', columns.map((name) => `UPDATE(${name})`).join(' OR ')],
    ['IdentityText', textOf('')],
    ['IdentityTextOfC', textOf('c.')],
    ['IdentityTextOfM', textOf('m.')],
    ['RunUser', quoteIdentifier(profile.runLogin)],
    ['RunUserText', quoteLiteral(profile.runLogin)],
    ['SerialColumn', quoteIdentifier(table.serial)],
    [
      'UsedColumnsText',
      usedColumns(profile)
        .map((column) => `(${quoteLiteral(column)})`)
        .join(', '),
    ],
    // Expressions over the controller table's alias c; a column that the site does not have reads as NULL.
    ['SerialOfC', `c.${quoteIdentifier(table.serial)}`],
    ['NameOfC', textColumn(table.displayName)],
    ['AddressOfC', textColumn(table.address)],
    ['ModelOfC', textColumn(table.model)],
    ['LastSeenOfC', lastSeenUtc(table.lastSeen)],
    // An empty list is no T-SQL; NULL in a list equals nothing.
    [
      'UnsupportedModels',
      table.unsupportedModels.length === 0 ? 'NULL' : table.unsupportedModels.map(quoteLiteral).join(', '),
    ],
  ]);
}
