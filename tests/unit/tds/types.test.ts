import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import type { SqlType, SqlValue } from '#electron/training/tds/backend.ts';
import { column, echo, resultSet } from './fake-backend.ts';
import { startServer } from './test-server.ts';

const guid = '6F9619FF-8B86-D011-B42D-00C04FC964FF';
const moment = new Date('2026-11-21T13:14:15.678Z');

interface Sample {
  readonly type: SqlType;
  readonly value: Exclude<SqlValue, null>;
  /** What the driver makes of it, where that is not the value itself. */
  readonly read?: unknown;
}

const samples: readonly Sample[] = [
  { type: { name: 'bit' }, value: true },
  { type: { name: 'bit' }, value: false },
  { type: { name: 'tinyint' }, value: 255 },
  { type: { name: 'smallint' }, value: -32_768 },
  { type: { name: 'int' }, value: -2_147_483_648 },
  { type: { name: 'bigint' }, value: -9_223_372_036_854_775_808n, read: '-9223372036854775808' },
  { type: { name: 'real' }, value: -0.5 },
  { type: { name: 'float' }, value: 1.7976931348623157e308 },
  { type: { name: 'datetime' }, value: new Date('1753-01-01T00:00:00.000Z') },
  { type: { name: 'datetime' }, value: moment, read: new Date('2026-11-21T13:14:15.677Z') },
  {
    type: { name: 'datetime' },
    value: new Date('2026-11-21T23:59:59.999Z'),
    read: new Date('2026-11-22T00:00:00.000Z'),
  },
  { type: { name: 'date' }, value: new Date('0001-01-01T00:00:00Z') },
  { type: { name: 'date' }, value: new Date('9999-12-31T00:00:00Z') },
  { type: { name: 'time', scale: 3 }, value: new Date('1970-01-01T23:59:59.999Z') },
  { type: { name: 'datetime2', scale: 7 }, value: moment },
  { type: { name: 'datetime2', scale: 4 }, value: moment },
  { type: { name: 'datetime2', scale: 1 }, value: moment, read: new Date('2026-11-21T13:14:15.700Z') },
  {
    type: { name: 'datetime2', scale: 0 },
    value: new Date('2026-12-31T23:59:59.500Z'),
    read: new Date('2027-01-01T00:00:00.000Z'),
  },
  { type: { name: 'datetimeoffset', scale: 3 }, value: moment },
  { type: { name: 'uniqueidentifier' }, value: guid },
  { type: { name: 'decimal', precision: 9, scale: 2 }, value: '-1234567.89', read: -1_234_567.89 },
  { type: { name: 'decimal', precision: 19, scale: 0 }, value: '9007199254740991', read: 9_007_199_254_740_991 },
  { type: { name: 'decimal', precision: 28, scale: 4 }, value: '0.0625', read: 0.0625 },
  { type: { name: 'decimal', precision: 38, scale: 1 }, value: '12.25', read: 12.3 },
  { type: { name: 'char', length: 6 }, value: 'ab', read: 'ab    ' },
  { type: { name: 'varchar', length: 20 }, value: 'Türschloß €', read: 'Türschloß €' },
  { type: { name: 'varchar', length: 20 }, value: 'дверь', read: '?????' },
  { type: { name: 'varchar', length: 'max' }, value: 'x'.repeat(20_000) },
  { type: { name: 'nchar', length: 4 }, value: '✓', read: '✓   ' },
  { type: { name: 'nvarchar', length: 20 }, value: 'дверь \u{1F511}' },
  { type: { name: 'nvarchar', length: 20 }, value: '' },
  { type: { name: 'nvarchar', length: 'max' }, value: '' },
  { type: { name: 'binary', length: 4 }, value: Buffer.from([1, 2]), read: Buffer.from([1, 2, 0, 0]) },
  { type: { name: 'varbinary', length: 8 }, value: Buffer.from('deadbeef', 'hex') },
  { type: { name: 'varbinary', length: 'max' }, value: Buffer.alloc(10_000, 7) },
];

describe('values in results', () => {
  for (const nullable of [true, false]) {
    it(`arrive as they were sent in columns that ${nullable ? 'can' : 'cannot'} be NULL`, async () => {
      const { backend, connect } = await startServer();
      const columns = samples.map(({ type }, index) => column(`c${index}`, type, nullable));
      backend.answers.set('SAMPLES', () => resultSet(columns, [samples.map(({ value }) => value)]));
      const pool = await connect();
      const { recordset } = await pool.request().query('SAMPLES');
      const expected = samples.map((sample, index) => [`c${index}`, 'read' in sample ? sample.read : sample.value]);
      expect(recordset[0]).toEqual(Object.fromEntries(expected));
    });
  }

  it('arrive as NULL in columns of every type', async () => {
    const { backend, connect } = await startServer();
    const columns = samples.map(({ type }, index) => column(`c${index}`, type));
    backend.answers.set('NULLS', () => resultSet(columns, [samples.map(() => null)]));
    const pool = await connect();
    const { recordset } = await pool.request().query('NULLS');
    expect(recordset[0]).toEqual(Object.fromEntries(samples.map((_, index) => [`c${index}`, null])));
  });

  it('are described with their names, types and nullability', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('COLUMNS', () =>
      resultSet(
        [
          column('ControllerId', { name: 'int' }, false),
          column('Name', { name: 'nvarchar', length: 100 }, false),
          column('LastSeenUtc', { name: 'datetime2', scale: 3 }),
        ],
        [],
      ),
    );
    const pool = await connect();
    const { recordset } = await pool.request().query('COLUMNS');
    expect(recordset.columns).toMatchObject({
      ControllerId: { index: 0, type: sql.Int, nullable: false },
      Name: { index: 1, type: sql.NVarChar, length: 200, nullable: false },
      LastSeenUtc: { index: 2, type: sql.DateTime2, scale: 3, nullable: true },
    });
  });

  it('of 5 million characters arrive whole', async () => {
    const { backend, connect } = await startServer();
    const long = 'größer ✓ '.repeat(555_556);
    backend.answers.set('LONG', () => resultSet([column('t', { name: 'nvarchar', length: 'max' })], [[long], ['end']]));
    const pool = await connect();
    const { recordset } = await pool.request().query('LONG');
    expect(recordset[0].t === long).toBe(true);
    expect(recordset[1]).toEqual({ t: 'end' });
  });
});

interface ParameterSample {
  readonly type: () => sql.ISqlType;
  readonly value: unknown;
  readonly received: SqlValue;
  readonly as: SqlType;
}

const parameters: readonly ParameterSample[] = [
  { type: sql.Bit, value: true, received: true, as: { name: 'bit' } },
  { type: sql.TinyInt, value: 200, received: 200, as: { name: 'tinyint' } },
  { type: sql.SmallInt, value: -5, received: -5, as: { name: 'smallint' } },
  { type: sql.Int, value: -100_000, received: -100_000, as: { name: 'int' } },
  { type: sql.BigInt, value: '9007199254740993', received: 9_007_199_254_740_993n, as: { name: 'bigint' } },
  { type: sql.Real, value: 0.25, received: 0.25, as: { name: 'real' } },
  { type: sql.Float, value: 1e-300, received: 1e-300, as: { name: 'float' } },
  {
    type: () => sql.Decimal(12, 3),
    value: -3.125,
    received: '-3.125',
    as: { name: 'decimal', precision: 12, scale: 3 },
  },
  { type: sql.UniqueIdentifier, value: guid.toLowerCase(), received: guid, as: { name: 'uniqueidentifier' } },
  { type: sql.DateTime, value: moment, received: new Date('2026-11-21T13:14:15.677Z'), as: { name: 'datetime' } },
  { type: () => sql.DateTime2(3), value: moment, received: moment, as: { name: 'datetime2', scale: 3 } },
  { type: () => sql.DateTimeOffset(7), value: moment, received: moment, as: { name: 'datetimeoffset', scale: 7 } },
  { type: sql.Date, value: moment, received: new Date('2026-11-21T00:00:00Z'), as: { name: 'date' } },
  {
    type: () => sql.Time(7),
    value: moment,
    received: new Date('1970-01-01T13:14:15.678Z'),
    as: { name: 'time', scale: 7 },
  },
  {
    type: () => sql.NVarChar(30),
    value: 'Größe \u{1F511}',
    received: 'Größe \u{1F511}',
    as: { name: 'nvarchar', length: 30 },
  },
  {
    type: () => sql.NVarChar(sql.MAX),
    value: '✓'.repeat(90_000),
    received: '✓'.repeat(90_000),
    as: { name: 'nvarchar', length: 'max' },
  },
  { type: () => sql.VarChar(30), value: 'Größe €', received: 'Größe €', as: { name: 'varchar', length: 30 } },
  {
    type: () => sql.VarChar(sql.MAX),
    value: 'ß'.repeat(9000),
    received: 'ß'.repeat(9000),
    as: { name: 'varchar', length: 'max' },
  },
  { type: () => sql.NChar(5), value: '✓', received: '✓', as: { name: 'nchar', length: 5 } },
  { type: () => sql.Char(5), value: 'a', received: 'a', as: { name: 'char', length: 5 } },
  {
    type: () => sql.VarBinary(8),
    value: Buffer.from([1, 2, 3]),
    received: Uint8Array.of(1, 2, 3),
    as: { name: 'varbinary', length: 8 },
  },
  {
    type: () => sql.VarBinary(sql.MAX),
    value: Buffer.alloc(50_000, 9),
    received: new Uint8Array(50_000).fill(9),
    as: { name: 'varbinary', length: 'max' },
  },
  {
    type: sql.Binary,
    value: Buffer.from([1, 2, 3, 4]),
    received: Uint8Array.of(1, 2, 3, 4),
    as: { name: 'binary', length: 4 },
  },
];

describe('values in parameters', () => {
  it('reach the backend with their types, and come back unchanged', async () => {
    const { backend, connect } = await startServer();
    const received: unknown[] = [];
    backend.answers.set('ECHO', (call) => {
      received.push(...call.parameters.map(({ name, type, value, output }) => ({ name, type, value, output })));
      return echo(call);
    });
    const pool = await connect();
    const request = pool.request();
    for (const [index, parameter] of parameters.entries()) {
      request.input(`p${index}`, parameter.type(), parameter.value);
    }
    const { recordset } = await request.query('ECHO');
    expect(received).toEqual(
      parameters.map(({ received: value, as: type }, index) => ({ name: `@p${index}`, type, value, output: false })),
    );
    expect(Object.keys(recordset[0] ?? {})).toHaveLength(parameters.length);
    expect(recordset[0]).toMatchObject({ p3: -100_000, p4: '9007199254740993', p7: -3.125, p8: guid, p10: moment });
  });

  it('reach the backend as NULL in every type', async () => {
    const { backend, connect } = await startServer();
    const received: SqlValue[] = [];
    backend.answers.set('NULLS', (call) => {
      received.push(...call.parameters.map(({ value }) => value));
      return echo(call);
    });
    const pool = await connect();
    const request = pool.request();
    for (const [index, parameter] of parameters.entries()) {
      request.input(`p${index}`, parameter.type(), null);
    }
    await request.query('NULLS');
    expect(received).toEqual(parameters.map(() => null));
  });

  it('of a type that is not known are answered with an error, and the connection goes on', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('ECHO', echo);
    const pool = await connect();
    await expect(pool.request().input('note', sql.Money, 1.5).query('ECHO')).rejects.toMatchObject({
      code: 'EREQUEST',
      number: 50_001,
      message: 'The training site does not know the type money, which the parameter @note of sp_executesql has.',
    });
    await expect(pool.request().input('n', sql.Int, 1).query('ECHO')).resolves.toMatchObject({ recordset: [{ n: 1 }] });
    expect(backend.sessions.size).toBe(1);
  });
});
