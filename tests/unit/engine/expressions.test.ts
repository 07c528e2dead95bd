import { beforeAll, describe, expect, it } from 'vitest';
import { testServer, type Client } from './engine-client.ts';

/** One value each, as the documentation of the operator or function states it. */
const values: readonly (readonly [string, unknown])[] = [
  // Arithmetic and its types
  ['7 / 2', 3],
  ['-7 / 2', -3],
  ['7 % 3', 1],
  ['7.0 / 2', '3.500000'],
  ['2.0 / 3', '0.666666'],
  ['1.10 + 2.205', '3.305'],
  ['CAST(1 AS decimal(5,2)) / 3', '0.333333'],
  ['1.5e0 * 2', 3],
  ['2147483647 + CAST(1 AS bigint)', 2147483648n],
  ['5 & 3', 1],
  ['5 | 3', 7],
  ['~5', -6],
  ["'1' + 1", 2],
  ["N'a' + N'b'", 'ab'],
  ["N'a' + NULL", null],
  ['0x01 + 0x02', Uint8Array.of(1, 2)],
  // Three-valued logic
  ['CASE WHEN NULL = NULL THEN 1 ELSE 0 END', 0],
  ['CASE WHEN NOT (NULL = 1) THEN 1 ELSE 0 END', 0],
  ['CASE WHEN 1 NOT IN (2, NULL) THEN 1 ELSE 0 END', 0],
  ['CASE WHEN 1 IN (1, NULL) THEN 1 ELSE 0 END', 1],
  ['CASE WHEN NULL = 1 OR 1 = 1 THEN 1 ELSE 0 END', 1],
  ['CASE WHEN NULL IS NULL THEN 1 ELSE 0 END', 1],
  ['CASE WHEN 2 BETWEEN 1 AND 3 THEN 1 ELSE 0 END', 1],
  // Text and collations
  ["CASE WHEN N'abc' = N'ABC' THEN 1 ELSE 0 END", 1],
  ["CASE WHEN N'abc' = N'ABC' COLLATE Latin1_General_100_BIN2 THEN 1 ELSE 0 END", 0],
  ["CASE WHEN N'abc' = N'abc   ' THEN 1 ELSE 0 END", 1],
  ["CASE WHEN N'é' = N'e' THEN 1 ELSE 0 END", 0],
  ["CASE WHEN N'é' = N'e' COLLATE Latin1_General_CI_AI THEN 1 ELSE 0 END", 1],
  ["CASE WHEN N'Door 12' LIKE N'door [0-9]_' THEN 1 ELSE 0 END", 1],
  ["CASE WHEN N'10%' LIKE N'10!%' ESCAPE N'!' THEN 1 ELSE 0 END", 1],
  ["CASE WHEN N'##MS' NOT LIKE N'##%' THEN 1 ELSE 0 END", 0],
  ["LEN(N'ab  ')", 2],
  ["DATALENGTH(N'ab  ')", 8],
  ["DATALENGTH('ab  ')", 4],
  ["LEFT(N'abc', 2) + RIGHT(N'abc', 1)", 'abc'],
  ["SUBSTRING(N'abcdef', 2, 3)", 'bcd'],
  ["SUBSTRING(N'abc', 0, 2)", 'a'],
  ["REPLACE(N'aXbx', N'x', N'-')", 'a-b-'],
  ["CHARINDEX(N'C', N'abc')", 3],
  ["STUFF(N'abcdef', 2, 3, N'XY')", 'aXYef'],
  ["QUOTENAME(N'a]b')", '[a]]b]'],
  ["QUOTENAME(N'it''s', N'''')", "'it''s'"],
  ["CONCAT(N'a', NULL, 1, N'|', CAST('2026-11-21' AS date))", 'a1|2026-11-21'],
  ["UPPER(N'aé') + LOWER(N'B')", 'AÉb'],
  ["TRIM(N'  a ') + N'.'", 'a.'],
  ["REPLICATE(N'ab', 3)", 'ababab'],
  ["ISNULL(CAST(NULL AS nvarchar(2)), N'abc')", 'ab'],
  ["COALESCE(NULL, NULL, N'x')", 'x'],
  ['NULLIF(1, 1)', null],
  ['IIF(1 = 2, 1, 2)', 2],
  // Conversions
  ["CAST('12' AS int)", 12],
  ["CAST(N'abcdef' AS nvarchar(3))", 'abc'],
  ['CAST(12.9 AS int)', 12],
  ['CAST(12.345 AS decimal(4,1))', '12.3'],
  ['CAST(12.35 AS decimal(4,1))', '12.4'],
  ["CONVERT(nvarchar(30), CAST('2026-11-21T13:14:15.1234567' AS datetime2(3)), 126)", '2026-11-21T13:14:15.123'],
  ["CONVERT(varchar(30), CAST('2026-11-21 13:14:15' AS datetime))", 'Nov 21 2026  1:14PM'],
  ["CONVERT(varchar(30), CAST('2026-11-21 01:02:03.005' AS datetime), 121)", '2026-11-21 01:02:03.007'],
  ["CONVERT(varchar(10), CAST('20261121' AS date), 104)", '21.11.2026'],
  ['CONVERT(varchar(10), 0xCAFE, 1)', '0xCAFE'],
  ["CONVERT(varbinary(4), N'0xCAFE', 1)", Uint8Array.of(0xca, 0xfe)],
  ['CAST(258 AS binary(4))', Uint8Array.of(0, 0, 1, 2)],
  ['CAST(0x0102 AS int)', 258],
  ["TRY_CAST(N'x' AS int)", null],
  ["TRY_CONVERT(date, N'2026-02-30')", null],
  ["CAST(N'{6f9619ff-8b86-d011-b42d-00c04fc964ff}' AS uniqueidentifier)", '6F9619FF-8B86-D011-B42D-00C04FC964FF'],
  ["CAST(N'true' AS bit)", true],
  // Dates
  ["DATEDIFF(day, '2026-11-20 23:59', '2026-11-21 00:01')", 1],
  ["DATEDIFF(month, '2026-01-31', '2026-02-01')", 1],
  ["DATEDIFF(second, '2026-11-21', '2026-11-22')", 86_400],
  ["CONVERT(varchar(10), DATEADD(month, 1, CAST('2026-01-31' AS date)), 23)", '2026-02-28'],
  ["DATEPART(weekday, CAST('2026-11-21' AS date))", 7],
  ["DATENAME(month, CAST('2026-11-21' AS date))", 'November'],
  ["DATEADD(hour, -1, CAST('2026-11-21T00:30:00' AS datetime2(0)))", new Date('2026-11-20T23:30:00Z')],
  // Hashes over the bytes of UTF-16
  [
    "CONVERT(varchar(70), HASHBYTES(N'SHA2_256', N'abc'), 2)",
    '13E228567E8249FCE53337F25D7970DE3BD68AB2653424C7B8F9FD05E33CAEDF',
  ],
  [
    "CONVERT(varchar(70), HASHBYTES('SHA2_256', 'abc'), 2)",
    'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
  ],
  // Numbers
  ['ABS(-5)', 5],
  ['ROUND(12.345, 2)', '12.350'],
  ['ROUND(1234, -2)', 1200],
  ['FLOOR(-1.5)', '-2.0'],
  ['SQRT(9)', 3],
];

const errors: readonly (readonly [string, number])[] = [
  ['1 / 0', 8134],
  ["CAST(N'abc' AS int)", 245],
  ["CAST(N'99999999999' AS int)", 248],
  ["CAST('300' AS tinyint)", 244],
  ["CAST(N'abc' AS bigint)", 8114],
  ["CAST(N'abc' AS decimal(5,2))", 8114],
  ['CAST(1000 AS decimal(3,1))', 8115],
  ['2147483647 + 1', 8115],
  ['CAST(300 AS tinyint)', 220],
  ["CAST(N'2026-13-01' AS date)", 241],
  ["CAST(N'no guid' AS uniqueidentifier)", 8169],
  ["LEFT(N'abc', -1)", 537],
  ['nothing(1)', 195],
  ['LEN()', 174],
  ['nowhere', 207],
  ['t.nowhere', 4104],
  ["N'a' COLLATE No_Such_Thing", 448],
  ["CASE WHEN N'a' COLLATE Latin1_General_BIN2 = N'a' COLLATE Latin1_General_CI_AS THEN 1 END", 468],
  ['(SELECT ControllerId FROM dbo.Controllers)', 512],
  ['CAST(0x01 AS float)', 529],
  ['@undeclared', 137],
];

describe('The simulated server computes what SQL Server’s documentation states', () => {
  let client: Client;
  beforeAll(async () => {
    client = await testServer().connect();
  });

  it.each(values)('SELECT %s', async (text, expected) => {
    expect(await client.scalar(`SELECT ${text};`)).toEqual(expected);
  });

  it.each(errors)('SELECT %s fails with %i', async (text, number) => {
    expect(await client.errors(`SELECT ${text};`)).toEqual([number]);
  });

  it('answers 50001 and nothing else for what it does not know', async () => {
    for (const text of [
      "SELECT * FROM OPENROWSET(BULK 'x', SINGLE_BLOB) AS f;",
      'DBCC CHECKDB;',
      'SET LANGUAGE German;',
    ]) {
      const seen = await client.ask(text);
      expect(seen.errors.map((error) => error.number)).toEqual([50_001]);
      expect(seen.sets).toEqual([]);
    }
  });
});
