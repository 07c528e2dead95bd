import { beforeEach, describe, expect, it } from 'vitest';
import { testServer, type Client } from './engine-client.ts';

const setup = `
CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, n int NULL, s nvarchar(10) NULL);
CREATE TABLE dbo.log (entry int IDENTITY PRIMARY KEY, what nvarchar(60) NOT NULL);
INSERT dbo.t VALUES (1, 1, N'a'), (2, 2, N'b');`;

const logging = `CREATE TRIGGER dbo.watch ON dbo.t AFTER INSERT, UPDATE, DELETE AS
BEGIN
  SET NOCOUNT ON;
  INSERT dbo.log (what) SELECT CONCAT((SELECT COUNT(*) FROM inserted), N'/', (SELECT COUNT(*) FROM deleted), N'/',
    CASE WHEN UPDATE(n) THEN N'n' ELSE N'-' END, N'/', @@TRANCOUNT);
END;`;

describe('DML triggers', () => {
  let client: Client;
  beforeEach(async () => {
    client = await testServer().connect();
    await client.rows(setup);
  });
  const log = async (): Promise<readonly unknown[]> =>
    (await client.rows('SELECT what FROM log ORDER BY entry')).map(([what]) => what);

  it('fire once for a statement with all of its rows, and for none', async () => {
    await client.rows(logging);
    await client.rows(
      "INSERT t VALUES (3, 3, N'c'), (4, 4, N'd'); UPDATE t SET s = N'x'; UPDATE t SET n = n WHERE id = 99; DELETE t WHERE id > 2;",
    );
    expect(await log()).toEqual(['2/0/n/1', '4/4/-/1', '0/0/n/1', '0/2/-/1']);
  });

  it('fire for each action of a MERGE', async () => {
    await client.rows(logging);
    await client.rows(
      'MERGE t USING (VALUES (1), (7)) AS s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 0 WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id) WHEN NOT MATCHED BY SOURCE THEN DELETE;',
    );
    expect(await log()).toEqual(['1/0/n/1', '1/1/n/1', '0/1/-/1']);
  });

  it('do not fire for TRUNCATE, nor when disabled', async () => {
    await client.rows(logging);
    await client.rows(
      'TRUNCATE TABLE t; DISABLE TRIGGER dbo.watch ON dbo.t; INSERT t (id) VALUES (1); ENABLE TRIGGER dbo.watch ON dbo.t; INSERT t (id) VALUES (2);',
    );
    expect(await log()).toHaveLength(1);
  });

  it('undo the caller’s whole transaction with an uncaught error, and end the batch', async () => {
    await client.rows("CREATE TRIGGER dbo.no ON dbo.t AFTER DELETE AS THROW 50101, N'No.', 1;");
    const seen = await client.ask(
      "BEGIN TRAN; UPDATE t SET n = 9 WHERE id = 1; DELETE t WHERE id = 2; SELECT N'still here';",
    );
    expect(seen.errors).toMatchObject([{ number: 50_101, procedure: 'no', severity: 16 }]);
    expect(seen.sets).toEqual([]);
    expect(await client.rows('SELECT @@TRANCOUNT, (SELECT n FROM t WHERE id = 1), (SELECT COUNT(*) FROM t)')).toEqual([
      [0, 1, 2],
    ]);
  });

  it('leave a caller’s CATCH a doomed transaction', async () => {
    await client.rows("CREATE TRIGGER dbo.no ON dbo.t AFTER DELETE AS THROW 50101, N'No.', 1;");
    expect(
      await client.rows(
        'BEGIN TRAN; BEGIN TRY DELETE t; END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_PROCEDURE(), XACT_STATE(); ROLLBACK; END CATCH;',
      ),
    ).toEqual([[50_101, 'no', -1]]);
    expect(
      await client.rows(
        'BEGIN TRY DELETE t; END TRY BEGIN CATCH SELECT XACT_STATE(), (SELECT COUNT(*) FROM t); END CATCH;',
      ),
    ).toEqual([[0, 2]]);
  });

  it('that roll back themselves end the batch with 3609', async () => {
    await client.rows('CREATE TRIGGER dbo.back ON dbo.t AFTER INSERT AS ROLLBACK TRANSACTION;');
    const seen = await client.ask("INSERT t (id) VALUES (3); SELECT N'still here';");
    expect(seen.errors.map((error) => error.number)).toEqual([3609]);
    expect(seen.sets).toEqual([]);
    expect(await client.scalar('SELECT COUNT(*) FROM t')).toBe(2);
  });

  it('that catch an error of their own end the batch all the same', async () => {
    await client.rows(
      "CREATE TRIGGER dbo.quiet ON dbo.t AFTER INSERT AS BEGIN TRY SELECT 1 / 0; END TRY BEGIN CATCH PRINT N'caught'; END CATCH;",
    );
    expect(await client.errors('INSERT t (id) VALUES (3);')).toEqual([3616]);
    expect(await client.scalar('SELECT COUNT(*) FROM t')).toBe(2);
  });

  it('only told by RAISERROR let the statement stand', async () => {
    await client.rows("CREATE TRIGGER dbo.says ON dbo.t AFTER INSERT AS RAISERROR (N'Hm', 16, 1);");
    expect(await client.errors('INSERT t (id) VALUES (3);')).toEqual([50_000]);
    expect(await client.scalar('SELECT COUNT(*) FROM t')).toBe(3);
  });

  it('break OUTPUT without INTO for their action only', async () => {
    await client.rows('CREATE TRIGGER dbo.ins ON dbo.t AFTER INSERT AS RETURN;');
    expect(await client.errors('INSERT t (id) OUTPUT inserted.id VALUES (3)')).toEqual([334]);
    expect(await client.rows('UPDATE t SET n = 5 OUTPUT inserted.n WHERE id = 1')).toEqual([[5]]);
    expect(
      await client.rows(
        'DECLARE @o TABLE (id int); INSERT t (id) OUTPUT inserted.id INTO @o VALUES (3); SELECT id FROM @o;',
      ),
    ).toEqual([[3]]);
  });

  it('show the client their counts where NOCOUNT is forgotten, and their result sets', async () => {
    await client.rows(
      "CREATE TRIGGER dbo.loud ON dbo.t AFTER UPDATE AS BEGIN INSERT log (what) VALUES (N'x'), (N'y'); SELECT 1 AS seen; END;",
    );
    const seen = await client.ask('UPDATE t SET n = 1 WHERE id = 1;');
    expect(seen.counts).toEqual([2, 1, 1]);
    expect(seen.sets).toEqual([[[1]]]);
  });

  it('nest, unless the server forbids it, and do not fire themselves', async () => {
    const server = testServer();
    const other = await server.connect();
    await other.rows(setup);
    await other.rows(
      "CREATE TRIGGER dbo.one ON dbo.t AFTER UPDATE AS BEGIN UPDATE t SET n = n + 1; INSERT log (what) VALUES (N'one'); END;",
    );
    await other.rows(
      "CREATE TRIGGER dbo.two ON dbo.log AFTER INSERT AS UPDATE dbo.log SET what = N'two' WHERE what = N'one';",
    );
    await other.rows('UPDATE t SET n = 10 WHERE id = 1');
    expect(await other.rows('SELECT n, (SELECT what FROM log) FROM t ORDER BY id')).toEqual([
      [11, 'two'],
      [3, 'two'],
    ]);
    const nested = server.engine.model.instance.configurations.find((one) => one.name === 'nested triggers');
    if (nested) nested.valueInUse = 0;
    await other.rows('TRUNCATE TABLE log; UPDATE t SET n = 10 WHERE id = 1');
    expect(await other.rows('SELECT (SELECT what FROM log), (SELECT n FROM t WHERE id = 1)')).toEqual([['one', 11]]);
  });

  it('stop at 32 levels', async () => {
    await client.rows('CREATE TABLE dbo.x (n int); CREATE TABLE dbo.y (n int);');
    await client.rows('CREATE TRIGGER dbo.tx ON dbo.x AFTER INSERT AS INSERT dbo.y VALUES (1);');
    await client.rows('CREATE TRIGGER dbo.ty ON dbo.y AFTER INSERT AS INSERT dbo.x VALUES (1);');
    expect(await client.errors('INSERT dbo.x VALUES (1);')).toEqual([217]);
    expect(await client.scalar('SELECT COUNT(*) FROM dbo.x')).toBe(0);
  });

  it('do something else INSTEAD OF the statement', async () => {
    await client.rows(
      "CREATE TRIGGER dbo.inst ON dbo.t INSTEAD OF DELETE AS UPDATE t SET s = N'gone' WHERE id IN (SELECT id FROM deleted);",
    );
    await client.rows('DELETE t WHERE id = 1');
    expect(await client.rows('SELECT id, s FROM t')).toEqual([
      [1, 'gone'],
      [2, 'b'],
    ]);
  });

  it('live in the schema of their table', async () => {
    await client.rows('CREATE SCHEMA other;');
    expect(await client.errors('CREATE TRIGGER other.x ON dbo.t AFTER INSERT AS RETURN;')).toEqual([2103]);
  });
});
