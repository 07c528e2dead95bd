import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { discoverySchema } from '#shared/sites.ts';
import { siteProfileShape } from '#shared/site-profile.ts';
import type { DiscoveredServer, DiscoveredTable } from '#electron/database/assessment/discovered.ts';
import { columnRoles, wordsOf } from '#electron/site/assessment/discovery/column-roles.ts';
import { discoveryOf } from '#electron/site/assessment/discovery/discovery.ts';
import { tableCandidates } from '#electron/site/assessment/discovery/table-candidates.ts';

/** A table of `name type` columns; a star after the type: may be NULL. */
function table(name: string, columns: readonly string[], changed: Partial<DiscoveredTable> = {}): DiscoveredTable {
  return {
    schema: 'dbo',
    name,
    rows: 40,
    partitions: 1,
    insteadOfTriggers: 0,
    owner: 'dbo',
    memoryOptimised: false,
    temporal: 'NON_TEMPORAL_TABLE',
    external: false,
    fileTable: false,
    published: false,
    changeDataCapture: false,
    columns: columns.map((text) => {
      const [columnName = '', type = ''] = text.split(' ');
      return {
        name: columnName,
        type: type.replace('*', ''),
        nullable: type.endsWith('*'),
        identity: false,
        computed: false,
      };
    }),
    keys: [{ name: 'PK', primary: true, whole: true, columns: [columns[0]?.split(' ')[0] ?? ''] }],
    referredBy: [],
    ...changed,
  };
}

const unique = (...columns: readonly string[]) => ({ name: 'UX', primary: false, whole: true, columns });
const controllers = table('Controllers', [
  'ControllerId int',
  'SerialNumber nvarchar(32)',
  'Name nvarchar(100)',
  'IpAddress varchar(64)',
  'Model nvarchar(40)',
  'LastSeenUtc datetime2(3)*',
]);
const doors = table('Doors', ['DoorId int', 'ControllerId int', 'Name nvarchar(100)']);
const events = table('ControllerEvents', ['EventId bigint', 'ControllerId int', 'SerialNumber nvarchar(32)'], {
  rows: 2_000_000,
});
const users = table('Users', ['UserId int', 'FirstName nvarchar(50)', 'Surname nvarchar(50)', 'SerialNumber int']);

const of = (...tables: readonly DiscoveredTable[]) => tableCandidates(tables).map(({ table: name }) => name);

describe('The words of a name', () => {
  it.each([
    ['LastSeenUtc', ['last', 'seen', 'utc']],
    ['last_seen_utc', ['last', 'seen', 'utc']],
    ['IPAddress', ['ip', 'address']],
    ['ACU2Door', ['acu2', 'door']],
    ['[odd] name-here', ['odd', 'name', 'here']],
    ['', []],
  ])('of %s', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });
});

describe('The columns of a table', () => {
  it('are given the roles that their names and types speak of', () => {
    const roles = columnRoles(controllers.columns, [...controllers.keys, unique('SerialNumber')]);
    expect(Object.fromEntries(Object.entries(roles).map(([role, column]) => [role, column?.name ?? column]))).toEqual({
      key: 'ControllerId',
      serial: 'SerialNumber',
      serialIsUnique: true,
      address: 'IpAddress',
      lastSeen: 'LastSeenUtc',
      model: 'Model',
      displayName: 'Name',
    });
  });

  it('are given none where the type does not fit, or may be NULL where a key may not', () => {
    const odd = table('Panels', ['Id int*', 'Serial ntext', 'LastSeen nvarchar(20)', 'ModelId int']);
    expect(columnRoles(odd.columns, odd.keys)).toMatchObject({
      key: undefined,
      serial: undefined,
      lastSeen: undefined,
      model: undefined,
    });
  });
});

describe('The tables that look like the one with the controllers', () => {
  it('are led by the one that holds them, whatever else speaks of controllers', () => {
    expect(of(events, users, doors, controllers)[0]).toBe('Controllers');
    expect(of(events, users, doors)).toEqual([]);
  });

  it('are found by their columns where the name says nothing', () => {
    const vendor = table(
      'T_0815',
      ['Id int', 'HW_SERIAL_NO varchar(20)', 'HOST_NAME varchar(40)', 'LAST_CONTACT datetime', 'TITLE nvarchar(50)'],
      { referredBy: ['T_DOOR'] },
    );
    const [found] = tableCandidates([vendor, users, events]);
    expect(found).toMatchObject({ table: 'T_0815', obstacles: [] });
    expect(found?.draft).toMatchObject({
      serial: 'HW_SERIAL_NO',
      address: 'HOST_NAME',
      lastSeen: { column: 'LAST_CONTACT', timeBase: 'local' },
    });
  });

  it('each has its reasons, those against it too', () => {
    const [found] = tableCandidates([{ ...controllers, referredBy: ['Doors'] }]);
    expect(found?.reasons).toEqual([
      'its name says so: Controllers',
      'SerialNumber looks like a serial number',
      'IpAddress looks like a network address',
      'LastSeenUtc looks like when it was last heard of',
      'Model looks like a model',
      'Doors refers to it',
      'it has 40 rows',
    ]);
    const [large] = tableCandidates([{ ...controllers, rows: 5_001 }]);
    expect(large?.reasons.at(-1)).toBe('against it: it has 5001 rows, more than a site has controllers');
  });

  it.each([
    ['no key of its own', { keys: [] }, 'No column of its own is unique'],
    ['a key of two columns', { keys: [unique('ControllerId', 'Name')] }, 'No column of its own is unique'],
    ['another owner', { owner: 'vendor' }, 'belongs to vendor'],
    ['memory', { memoryOptimised: true }, 'memory-optimised'],
    ['versions', { temporal: 'SYSTEM_VERSIONED_TEMPORAL_TABLE' }, 'temporal'],
    ['rows elsewhere', { external: true }, 'external'],
    ['files', { fileTable: true }, 'FileTable'],
    ['an INSTEAD OF trigger', { insteadOfTriggers: 1 }, 'INSTEAD OF'],
    ['large columns', { columns: [...controllers.columns, ...table('x', ['Notes ntext']).columns] }, 'error 311'],
  ])('say what stands in the way: %s', (_what, changed, obstacle) => {
    expect(tableCandidates([controllers])[0]?.obstacles).toEqual([]);
    expect(tableCandidates([{ ...controllers, ...changed }])[0]?.obstacles.join(' ')).toContain(obstacle);
  });

  it('are described so that the profile takes it, or has holes as empty texts', () => {
    const shape = siteProfileShape.shape.controllerTable;
    expect(shape.parse(tableCandidates([controllers])[0]?.draft)).toMatchObject({ table: 'Controllers' });
    const bare = tableCandidates([table('Controllers', ['Notes ntext', 'Colour int'])])[0];
    expect(bare?.draft).toMatchObject({
      key: { column: '', type: '' },
      identifying: [{ column: '', type: '' }],
      serial: '',
    });
  });

  it("are never Mortise's own", () => {
    expect(of({ ...controllers, schema: 'mortise' })).toEqual([]);
  });

  it('are not more than a person looks through', () => {
    expect(
      of(...Array.from({ length: 50 }, (_none, at) => ({ ...controllers, name: `Controllers${at}` }))),
    ).toHaveLength(20);
  });
});

describe('A discovery', () => {
  const found: DiscoveredServer = {
    machine: 'SITE-01',
    instance: 'SITE-01\\NET2',
    version: '12.0.1',
    edition: 'Express',
    login: 'kim]',
    viewServerState: false,
    viewAnyDefinition: false,
    databases: [{ name: '<b>Acs</b>', state: 'ONLINE', accessible: true }],
    sessions: [
      { login: 'acs', program: 'B', host: 'H', sessions: 2 },
      { login: 'acs', program: 'A', host: 'H', sessions: 1 },
      { login: 'acs', program: '', host: '', sessions: 1 },
    ],
    tables: succeed([controllers]),
  };

  it('fits the contract, and groups the logins in use with their programs', () => {
    const discovery = discoverySchema.parse(discoveryOf(found));
    expect(discovery.loginsInUse).toEqual([{ login: 'acs', programs: ['A', 'B'], hosts: ['H'], sessions: 4 }]);
    expect(discovery.server).toMatchObject({ supported: false, instance: 'SITE-01\\NET2' });
    expect(discovery.candidates).toHaveLength(1);
  });

  it('says what it could not read, with the GRANT for it', () => {
    expect(discoveryOf(found).unread.join('\n')).toContain('GRANT VIEW SERVER STATE TO [kim]]];');
    expect(discoveryOf({ ...found, tables: failed(failure('connection-lost')) }).unread.at(-1)).toContain(
      'The tables were not read.',
    );
    expect(discoveryOf({ ...found, viewServerState: true, viewAnyDefinition: true }).unread).toEqual([]);
  });
});
