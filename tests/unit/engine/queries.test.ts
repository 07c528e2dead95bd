import { beforeAll, describe, expect, it } from 'vitest';
import { testServer, type Client } from './engine-client.ts';

const setup = `
CREATE TABLE dbo.a (id int NOT NULL PRIMARY KEY, name nvarchar(20) NULL, n int NULL);
CREATE TABLE dbo.b (id int NOT NULL, note varchar(20) NULL);
INSERT INTO dbo.a VALUES (1, N'one', 10), (2, N'Two', 20), (3, N'two', NULL), (4, NULL, 20);
INSERT INTO dbo.b VALUES (1, 'x'), (1, 'y'), (3, 'z'), (9, 'q');`;

/** A query, and its rows as text in their order. */
const queries: readonly (readonly [string, readonly string[]])[] = [
  ['SELECT a.id, b.note FROM dbo.a AS a INNER JOIN dbo.b AS b ON b.id = a.id', ['1,x', '1,y', '3,z']],
  ["SELECT a.id, b.note FROM a, b WHERE a.id = b.id AND b.note > 'x'", ['1,y', '3,z']],
  ["SELECT a.id, b.note FROM a LEFT JOIN b ON b.id = a.id AND b.note <> 'x'", ['1,y', '2,', '3,z', '4,']],
  ['SELECT a.id, b.note FROM a RIGHT JOIN b ON b.id = a.id', ['1,x', '1,y', '3,z', ',q']],
  ['SELECT a.id, b.note FROM a FULL JOIN b ON b.id = a.id WHERE a.id IS NULL OR b.id IS NULL', ['2,', '4,', ',q']],
  ['SELECT COUNT(*) FROM a CROSS JOIN b', ['16']],
  ['SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id)', ['1', '3']],
  ['SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.id)', ['2', '4']],
  ['SELECT id FROM a WHERE id IN (SELECT id FROM b)', ['1', '3']],
  ['SELECT id FROM b WHERE id NOT IN (SELECT id FROM a)', ['9']],
  ['SELECT id FROM a WHERE n NOT IN (SELECT n FROM a WHERE id = 3)', []],
  ['SELECT id, (SELECT COUNT(*) FROM b WHERE b.id = a.id) FROM a', ['1,2', '2,0', '3,1', '4,0']],
  ['SELECT n, COUNT(*), COUNT(name) FROM a GROUP BY n ORDER BY n', [',1,1', '10,1,1', '20,2,1']],
  ['SELECT name, COUNT(*) FROM a WHERE name IS NOT NULL GROUP BY name ORDER BY COUNT(*) DESC', ['Two,2', 'one,1']],
  ['SELECT SUM(n), AVG(n), MIN(n), MAX(name) FROM a', ['50,16,10,Two']],
  ['SELECT COUNT(*), SUM(n) FROM a WHERE 1 = 0', ['0,']],
  ['SELECT n FROM a WHERE 1 = 0 GROUP BY n', []],
  ['SELECT n FROM a GROUP BY n HAVING COUNT(*) > 1', ['20']],
  ['SELECT COUNT(DISTINCT n), COUNT(DISTINCT name) FROM a', ['2,2']],
  ["SELECT STRING_AGG(note, ',') WITHIN GROUP (ORDER BY note DESC) FROM b", ['z,y,x,q']],
  ['SELECT n + 1 AS m FROM a GROUP BY n + 1 ORDER BY m', ['', '11', '21']],
  ['SELECT DISTINCT n FROM a ORDER BY n DESC', ['20', '10', '']],
  ['SELECT TOP (2) id FROM a ORDER BY id DESC', ['4', '3']],
  ['SELECT TOP 1 WITH TIES n FROM a ORDER BY n DESC', ['20', '20']],
  ['SELECT id FROM a ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY', ['2', '3']],
  ["SELECT name FROM a EXCEPT SELECT N'TWO' ORDER BY name", ['', 'one']],
  ["SELECT name COLLATE Latin1_General_BIN2 AS name FROM a EXCEPT SELECT N'two' ORDER BY name", ['', 'Two', 'one']],
  ['SELECT id FROM a INTERSECT SELECT id FROM b', ['1', '3']],
  ['SELECT id FROM a UNION SELECT id FROM b ORDER BY id DESC', ['9', '4', '3', '2', '1']],
  ['SELECT id FROM b UNION ALL SELECT id FROM b WHERE id = 9', ['1', '1', '3', '9', '9']],
  ['WITH c AS (SELECT id, n FROM a WHERE n = 20), d (k) AS (SELECT id FROM c) SELECT k FROM d', ['2', '4']],
  ["SELECT x.id, v.t FROM (VALUES (1, N'p'), (2, N'q')) AS v (k, t) JOIN a AS x ON x.id = v.k", ['1,p', '2,q']],
  [
    'SELECT a.id, o.note FROM a CROSS APPLY (SELECT TOP 1 note FROM b WHERE b.id = a.id ORDER BY note DESC) AS o',
    ['1,y', '3,z'],
  ],
  [
    'SELECT a.id, o.note FROM a OUTER APPLY (SELECT TOP 1 note FROM b WHERE b.id = a.id) AS o',
    ['1,x', '2,', '3,z', '4,'],
  ],
  [
    'SELECT id, ROW_NUMBER() OVER (PARTITION BY n ORDER BY id DESC) AS r FROM a ORDER BY id',
    ['1,1', '2,2', '3,1', '4,1'],
  ],
  [
    'SELECT id, RANK() OVER (ORDER BY n), DENSE_RANK() OVER (ORDER BY n) FROM a ORDER BY id',
    ['1,2,2', '2,3,3', '3,1,1', '4,3,3'],
  ],
  ['SELECT id, COUNT(*) OVER (PARTITION BY n) FROM a ORDER BY id', ['1,1', '2,2', '3,1', '4,2']],
  ['SELECT a.*, 1 AS one FROM a WHERE id = 1', ['1,one,10,1']],
  ["SELECT id FROM a WHERE name = N'TWO' ORDER BY name COLLATE Latin1_General_BIN2", ['2', '3']],
];

const refused: readonly (readonly [string, number])[] = [
  ['SELECT * FROM nowhere', 208],
  ['SELECT * FROM mortise.nowhere', 208],
  ['SELECT id FROM a, b', 209],
  ['SELECT * FROM a JOIN a ON 1 = 1', 1013],
  ['SELECT id FROM a UNION SELECT id, note FROM b', 205],
  ['SELECT name FROM a GROUP BY n', 8120],
  ['SELECT id FROM a WHERE COUNT(*) > 1', 147],
  ['SELECT id FROM a ORDER BY 2', 108],
  ['SELECT DISTINCT n FROM a ORDER BY id', 145],
  ['SELECT id FROM a WHERE id IN (SELECT id, note FROM b)', 116],
  ['SELECT TOP (-1) id FROM a', 127],
  ['SELECT x.id FROM (SELECT id + 1 FROM a) AS x', 8155],
  ['SELECT * FROM Nowhere..t', 911],
];

describe('The simulated server answers queries', () => {
  let client: Client;
  beforeAll(async () => {
    client = await testServer().connect();
    await client.rows(setup);
  });

  it.each(queries)('%s', async (text, expected) => {
    const rows = await client.rows(text);
    expect(rows.map((row) => row.map((value) => (value === null ? '' : String(value))).join(','))).toEqual(expected);
  });

  it.each(refused)('%s fails with %i', async (text, number) => {
    expect(await client.errors(text)).toEqual([number]);
  });

  it('looks names up only when a statement is executed', async () => {
    expect(await client.errors('IF 1 = 0 SELECT * FROM dbo.not_there; SELECT 1;')).toEqual([]);
  });

  it('takes parameters and gives output parameters back', async () => {
    const seen = await client.ask('SELECT @b = @a + 1; SELECT @b;', [
      { name: '@a', type: { name: 'int' }, value: 41, output: false },
      { name: '@b', type: { name: 'int' }, value: null, output: true },
    ]);
    expect(seen.sets).toEqual([[[42]]]);
    expect(seen.events.find((event) => event.kind === 'output')).toMatchObject({ name: '@b', value: 42 });
  });

  it('assigns variables row by row and leaves them alone without a row', async () => {
    expect(
      await client.rows(
        "DECLARE @s nvarchar(50) = N'', @k int = 7; SELECT @s += note FROM b; SELECT @k = id FROM a WHERE 1 = 0; SELECT @s, @k;",
      ),
    ).toEqual([['xyzq', 7]]);
  });
});
