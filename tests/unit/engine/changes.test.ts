import { beforeEach, describe, expect, it } from 'vitest';
import { testServer, type Client } from './engine-client.ts';

const setup = `
CREATE TABLE dbo.p (id int NOT NULL CONSTRAINT PK_p PRIMARY KEY, name nvarchar(5) NOT NULL CONSTRAINT UQ_p UNIQUE,
  n int NULL CONSTRAINT CK_p CHECK (n > 0), made datetime2(3) NOT NULL DEFAULT SYSUTCDATETIME(), v rowversion);
CREATE TABLE dbo.k (id int IDENTITY(10, 5) NOT NULL PRIMARY KEY, p int NULL CONSTRAINT FK_k REFERENCES dbo.p (id), t varchar(3) NULL);
INSERT INTO dbo.p (id, name, n) VALUES (1, N'a', 1), (2, N'b', 2);`;

/** A statement, and the errors it ends with. */
const refused: readonly (readonly [string, number])[] = [
  ["INSERT INTO p (id, name) VALUES (1, N'c')", 2627],
  ["INSERT INTO p (id, name) VALUES (3, N'A')", 2627],
  ["INSERT INTO p (id, name) VALUES (3, N'abcdef')", 2628],
  ['INSERT INTO p (id, name) VALUES (3, NULL)', 515],
  ['INSERT INTO p (id) VALUES (3)', 515],
  ["INSERT INTO p (id, name, n) VALUES (3, N'c', -1)", 547],
  ['UPDATE p SET n = 0', 547],
  ['UPDATE p SET id = 1 WHERE id = 2', 2627],
  ['UPDATE p SET v = DEFAULT', 272],
  ['UPDATE p SET n = 1, n = 2', 264],
  ['UPDATE p SET nowhere = 1', 207],
  ['INSERT INTO k (p) VALUES (77)', 547],
  ['INSERT INTO k (id, p) VALUES (1, 1)', 544],
  ['UPDATE k SET id = 1', 8102],
  ['INSERT INTO p (id, name) VALUES (3)', 109],
  ["INSERT INTO p (id) VALUES (3, N'c')", 110],
  ['INSERT INTO k SELECT 1, 2, 3, 4', 213],
  ['INSERT INTO p (id, name) SELECT 3', 120],
  ["INSERT INTO p (id, name) SELECT 3, N'c', 4", 121],
  ['INSERT INTO p (v) VALUES (0x01)', 273],
  ['INSERT INTO nowhere VALUES (1)', 208],
  ["INSERT INTO sys.tables (name) VALUES (N'x')", 259],
  ['TRUNCATE TABLE p', 4712],
  ['DROP TABLE p', 3726],
  ['ALTER TABLE p DROP CONSTRAINT PK_p', 3725],
  ['ALTER TABLE p DROP CONSTRAINT nowhere', 3728],
  ['ALTER TABLE p DROP COLUMN name', 4922],
  ['CREATE TABLE p (id int)', 2714],
  ['CREATE TABLE q (id int, ID int)', 2705],
  ['CREATE TABLE nowhere.q (id int)', 2760],
  ['DROP TABLE nowhere', 3701],
  ['DROP VIEW p', 3705],
  ['ALTER TABLE nowhere ADD x int', 4902],
  ['CREATE UNIQUE INDEX u ON p (nowhere)', 1911],
  ['EXEC nowhere', 2812],
  ['sp_help p', 50001],
  ["EXEC master.dbo.xp_cmdshell 'dir'", 50001],
  ['MERGE p USING (VALUES (1), (1)) AS s (id) ON p.id = s.id WHEN MATCHED THEN UPDATE SET n = 3;', 8672],
];

describe('Rows are changed whole statements at a time', () => {
  let client: Client;
  beforeEach(async () => {
    client = await testServer().connect();
    await client.rows(setup);
  });

  it.each(refused)('%s fails with %i and changes nothing', async (text, number) => {
    const before = await client.rows('SELECT id, name, n FROM p; ');
    expect(await client.errors(text)).toEqual([number]);
    expect(await client.rows('SELECT id, name, n FROM p; ')).toEqual(before);
  });

  it('names the constraint, the tables and the value in its errors', async () => {
    const text = async (batch: string): Promise<string | undefined> => (await client.ask(batch)).errors[0]?.text;
    expect(await text("INSERT INTO p (id, name) VALUES (1, N'z')")).toBe(
      "Violation of PRIMARY KEY constraint 'PK_p'. Cannot insert duplicate key in object 'dbo.p'. The duplicate key value is (1).",
    );
    expect(await text("INSERT INTO p (id, name) VALUES (9, N'abcdef')")).toBe(
      "String or binary data would be truncated in table 'Acs.dbo.p', column 'name'. Truncated value: 'abcde'.",
    );
    expect(await text('INSERT INTO k (p) VALUES (77)')).toBe(
      'The INSERT statement conflicted with the FOREIGN KEY constraint "FK_k". The conflict occurred in database "Acs", table "dbo.p", column \'id\'.',
    );
    await client.rows('INSERT INTO k (p) VALUES (1)');
    expect(await text('DELETE FROM p')).toBe(
      'The DELETE statement conflicted with the REFERENCE constraint "FK_k". The conflict occurred in database "Acs", table "dbo.k", column \'p\'.',
    );
  });

  it('looks at keys when the statement is over, not row by row', async () => {
    await client.rows('UPDATE p SET id = 3 - id');
    expect(await client.rows('SELECT id, name FROM p')).toEqual([
      [1, 'b'],
      [2, 'a'],
    ]);
  });

  it('counts identity values on, also past a failed insert', async () => {
    await client.rows("INSERT INTO k (t) VALUES ('a'), ('b')");
    await client.ask("INSERT INTO k (t) VALUES ('abcd')");
    await client.ask('INSERT INTO k (p) VALUES (77)');
    expect(await client.rows("INSERT INTO k (t) VALUES ('c'); SELECT SCOPE_IDENTITY(), @@IDENTITY;")).toEqual([
      ['25', '25'],
    ]);
  });

  it('gives every written row a new rowversion', async () => {
    const versions = async (): Promise<readonly unknown[]> =>
      (await client.rows('SELECT v FROM p ORDER BY id')).map(([v]) => v);
    const before = await versions();
    await client.rows('UPDATE p SET n = n WHERE id = 1');
    const after = await versions();
    expect(after[0]).not.toEqual(before[0]);
    expect(after[1]).toEqual(before[1]);
  });

  it('shows and keeps what OUTPUT names', async () => {
    expect(await client.rows('UPDATE p SET n = n + 10 OUTPUT deleted.n, inserted.n, inserted.id WHERE id = 2')).toEqual(
      [[2, 12, 2]],
    );
    expect(
      await client.rows(
        'DECLARE @t TABLE (id int, name nvarchar(5)); DELETE p OUTPUT deleted.id, deleted.name INTO @t; SELECT * FROM @t;',
      ),
    ).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('updates and deletes through joins', async () => {
    await client.rows("INSERT INTO k (p, t) VALUES (1, 'x'), (1, 'y')");
    await client.rows("UPDATE x SET n = 100 FROM p AS x JOIN k ON k.p = x.id WHERE k.t = 'y'");
    expect(await client.rows('SELECT n FROM p ORDER BY id')).toEqual([[100], [2]]);
    await client.rows('DELETE k FROM k JOIN p ON p.id = k.p WHERE p.n = 100');
    expect(await client.scalar('SELECT COUNT(*) FROM k')).toBe(0);
  });

  it('merges: updates, inserts and deletes in one statement', async () => {
    const rows = await client.rows(
      "MERGE p AS t USING (VALUES (1, N'A1'), (7, N'new')) AS s (id, name) ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name) WHEN NOT MATCHED BY SOURCE THEN DELETE OUTPUT $action, inserted.id, deleted.id;",
    );
    expect(rows.map((row) => row.join()).toSorted()).toEqual(['DELETE,,2', 'INSERT,7,', 'UPDATE,1,1']);
    expect(await client.rows('SELECT id, name FROM p')).toEqual([
      [1, 'A1'],
      [7, 'new'],
    ]);
  });

  it('changes definitions and takes them back with the transaction', async () => {
    await client.rows(
      'BEGIN TRANSACTION; ALTER TABLE p ADD extra int NOT NULL CONSTRAINT DF_extra DEFAULT 5; CREATE TABLE q (id int); DROP TABLE k; ROLLBACK;',
    );
    expect(await client.errors('SELECT extra FROM p')).toEqual([207]);
    expect(await client.errors('SELECT * FROM q')).toEqual([208]);
    expect(await client.errors('SELECT * FROM k')).toEqual([]);
    await client.rows('ALTER TABLE p ADD extra int NOT NULL CONSTRAINT DF_extra DEFAULT 5');
    expect(await client.rows('SELECT id, extra FROM p')).toEqual([
      [1, 5],
      [2, 5],
    ]);
    await client.rows('ALTER TABLE p DROP CONSTRAINT DF_extra; ALTER TABLE p DROP COLUMN extra');
    expect(await client.rows('SELECT id, n FROM p')).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('keeps temporary tables and table variables to the session', async () => {
    await client.rows(
      "CREATE TABLE #t (id int PRIMARY KEY, x nvarchar(3)); INSERT #t VALUES (1, N'a'); SELECT id, x INTO #u FROM #t;",
    );
    expect(await client.rows('SELECT * FROM #u')).toEqual([[1, 'a']]);
    client.session.reset();
    expect(await client.errors('SELECT * FROM #t')).toEqual([208]);
  });
});
