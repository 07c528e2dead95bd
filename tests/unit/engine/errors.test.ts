import { beforeEach, describe, expect, it } from 'vitest';
import { testServer, type Client } from './engine-client.ts';

describe('Errors end what SQL Server ends', () => {
  let client: Client;
  beforeEach(async () => {
    client = await testServer().connect();
    await client.rows('CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, n int NULL);');
  });
  const ids = async (): Promise<readonly unknown[]> => (await client.rows('SELECT id FROM t')).map(([id]) => id);

  it('goes on after a failed statement, unless XACT_ABORT is on', async () => {
    await client.ask('INSERT t VALUES (1, 1); INSERT t VALUES (1, 1); INSERT t VALUES (2, 2);');
    expect(await ids()).toEqual([1, 2]);
    await client.ask(
      'SET XACT_ABORT ON; BEGIN TRAN; INSERT t VALUES (3, 1); INSERT t VALUES (3, 1); INSERT t VALUES (4, 2); COMMIT;',
    );
    expect(await ids()).toEqual([1, 2]);
    expect(await client.scalar('SELECT @@TRANCOUNT')).toBe(0);
  });

  it('undoes a failed statement of several rows as a whole', async () => {
    await client.ask('INSERT t VALUES (1, 1), (2, 2), (1, 3);');
    expect(await ids()).toEqual([]);
  });

  it('ends the batch and the transaction at a failed conversion', async () => {
    const seen = await client.ask("BEGIN TRAN; INSERT t VALUES (1, 1); SELECT CAST('x' AS int); SELECT 2;");
    expect(seen.errors.map((error) => error.number)).toEqual([245]);
    expect(seen.sets).toEqual([]);
    expect(await ids()).toEqual([]);
  });

  it('ends the batch but not the transaction at a THROW', async () => {
    const seen = await client.ask("BEGIN TRAN; INSERT t VALUES (1, 1); THROW 50001, N'No', 3; SELECT 2;");
    expect(seen.errors).toMatchObject([{ number: 50_001, state: 3, severity: 16, text: 'No' }]);
    expect(seen.sets).toEqual([]);
    expect(await client.rows('SELECT @@TRANCOUNT; ROLLBACK;')).toEqual([[1]]);
  });

  it('goes on after RAISERROR', async () => {
    const seen = await client.ask("RAISERROR (N'Door %s is %d', 16, 2, N'A', 7); SELECT @@ERROR;");
    expect(seen.errors).toMatchObject([{ number: 50_000, text: 'Door A is 7', state: 2 }]);
    expect(seen.sets).toEqual([[[50_000]]]);
  });

  it('says the line of the statement', async () => {
    const seen = await client.ask('SELECT 1;\n\nSELECT\n 1 / 0;');
    expect(seen.errors[0]?.line).toBe(3);
  });

  it('catches errors with all their facts, and passes them on unchanged', async () => {
    const seen = await client.ask(
      `BEGIN TRY
  SELECT 1 / 0;
END TRY
BEGIN CATCH
  SELECT ERROR_NUMBER(), ERROR_SEVERITY(), ERROR_STATE(), ERROR_LINE(), ERROR_PROCEDURE(), XACT_STATE();
  THROW;
END CATCH;`,
    );
    expect(seen.sets.at(-1)).toEqual([[8134, 16, 1, 2, null, 0]]);
    expect(seen.errors).toMatchObject([{ number: 8134, line: 2 }]);
    expect(await client.scalar('SELECT ERROR_NUMBER()')).toBeNull();
  });

  it('does not catch a name that cannot be bound in the same text, but does from outside', async () => {
    const inside = await client.ask('BEGIN TRY SELECT * FROM nowhere; END TRY BEGIN CATCH SELECT 1; END CATCH;');
    expect(inside.errors.map((error) => error.number)).toEqual([208]);
    expect(inside.sets).toEqual([]);
    const outside = await client.ask(
      "BEGIN TRY EXEC (N'SELECT * FROM nowhere'); END TRY BEGIN CATCH SELECT ERROR_NUMBER(); END CATCH;",
    );
    expect(outside.errors).toEqual([]);
    expect(outside.sets).toEqual([[[208]]]);
  });

  it('dooms the transaction in TRY where XACT_ABORT would have ended it', async () => {
    const seen = await client.ask(
      `SET XACT_ABORT ON; BEGIN TRAN; INSERT t VALUES (1, 1);
BEGIN TRY INSERT t VALUES (1, 2); END TRY
BEGIN CATCH SELECT XACT_STATE(), @@TRANCOUNT; INSERT t VALUES (2, 2); END CATCH;`,
    );
    expect(seen.sets).toEqual([[[-1, 1]]]);
    expect(seen.errors.map((error) => error.number)).toEqual([3930]);
    expect(await ids()).toEqual([]);
  });

  it('rolls a doomed transaction back at the end of the batch', async () => {
    const seen = await client.ask(
      "SET XACT_ABORT ON; BEGIN TRAN; BEGIN TRY SELECT 1 / 0; END TRY BEGIN CATCH PRINT N'caught'; END CATCH;",
    );
    expect(seen.errors.map((error) => error.number)).toEqual([3998]);
    expect(await client.scalar('SELECT @@TRANCOUNT')).toBe(0);
  });

  it('nests transactions by counting, and rolls back to savepoints', async () => {
    await client.rows(
      'BEGIN TRAN; INSERT t VALUES (1, 1); SAVE TRAN s; INSERT t VALUES (2, 2); BEGIN TRAN; INSERT t VALUES (3, 3); COMMIT; ROLLBACK TRAN s; COMMIT;',
    );
    expect(await ids()).toEqual([1]);
    await client.rows('BEGIN TRAN; BEGIN TRAN; INSERT t VALUES (9, 9); ROLLBACK;');
    expect(await client.errors('COMMIT')).toEqual([3902]);
    expect(await client.errors('ROLLBACK')).toEqual([3903]);
    expect(await ids()).toEqual([1]);
  });

  it('tells the client of transactions that it begins and ends', async () => {
    const ids = (await client.ask('BEGIN TRAN; INSERT t VALUES (1, 1); COMMIT;')).events.flatMap((event) =>
      event.kind === 'transaction' ? [event.id] : [],
    );
    expect(ids).toHaveLength(2);
    expect(ids[0]).not.toBe(0n);
    expect(ids[1]).toBe(0n);
  });

  it('is in the client’s own transactions too', async () => {
    const id = client.session.begin(2);
    expect(client.session.transaction()).toBe(id);
    await client.rows('INSERT t VALUES (1, 1)');
    expect(client.session.save('s')).toBeUndefined();
    await client.rows('INSERT t VALUES (2, 2)');
    expect(client.session.rollback('s')).toBeUndefined();
    expect(client.session.commit()).toBeUndefined();
    expect(client.session.commit()?.number).toBe(3902);
    expect(await ids()).toEqual([1]);
  });

  it('runs procedures with defaults, output and return values', async () => {
    await client.rows(
      'CREATE PROCEDURE dbo.twice @n int, @by int = 2, @out int OUTPUT AS BEGIN SET NOCOUNT ON; SET @out = @n * @by; RETURN 7; END;',
    );
    expect(
      await client.rows('DECLARE @r int, @o int; EXEC @r = dbo.twice @n = 21, @out = @o OUTPUT; SELECT @r, @o;'),
    ).toEqual([[7, 42]]);
    expect(await client.errors('EXEC dbo.twice')).toEqual([201]);
    expect(await client.errors('EXEC dbo.twice 1, 2, 3, 4')).toEqual([8144]);
    expect(await client.errors('EXEC dbo.twice @nowhere = 1')).toEqual([8145]);
    const called = await client.call('dbo.twice', [
      { name: '@n', type: { name: 'int' }, value: 4, output: false },
      { name: '@out', type: { name: 'int' }, value: null, output: true },
    ]);
    expect(called.events).toMatchObject([
      { kind: 'return-status', value: 7 },
      { kind: 'output', name: '@out', value: 8 },
    ]);
  });

  it('says when a procedure leaves another number of transactions open', async () => {
    await client.rows('CREATE PROCEDURE dbo.leaves AS BEGIN TRANSACTION;');
    const seen = await client.ask('EXEC dbo.leaves; SELECT @@TRANCOUNT; ROLLBACK;');
    expect(seen.errors.map((error) => error.number)).toEqual([266]);
    expect(seen.sets).toEqual([[[1]]]);
  });

  it('keeps what SET changes in a module inside of it', async () => {
    await client.rows('CREATE PROCEDURE dbo.sets AS BEGIN SET LOCK_TIMEOUT 5; SET XACT_ABORT ON; SET NOCOUNT ON; END;');
    const seen = await client.ask(
      'EXEC dbo.sets; INSERT t VALUES (1, 1); INSERT t VALUES (1, 1); INSERT t VALUES (2, 1);',
    );
    expect(seen.counts).toEqual([1, 1]);
    expect(await client.scalar('SELECT @@LOCK_TIMEOUT')).toBe(-1);
  });

  it('runs text with parameters', async () => {
    expect(
      await client.rows(
        "DECLARE @x int; EXEC sp_executesql N'SELECT @b = @a * 2', N'@a int, @b int OUTPUT', @a = 4, @b = @x OUTPUT; SELECT @x;",
      ),
    ).toEqual([[8]]);
    expect(await client.errors("EXEC sp_executesql N'SELECT @a', N'@a int'")).toEqual([8178]);
    expect(await client.errors("EXEC (N'SELEC 1 +')")).not.toEqual([]);
  });

  it('loops', async () => {
    expect(
      await client.rows(
        'DECLARE @i int = 0, @n int = 0; WHILE 1 = 1 BEGIN SET @i += 1; IF @i = 3 CONTINUE; IF @i > 5 BREAK; SET @n += @i; END; SELECT @n;',
      ),
    ).toEqual([[12]]);
  });

  it('stops at an attention and can be used again', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const seen = await client.ask("BEGIN TRAN; WAITFOR DELAY '00:10:00'; SELECT 1;", [], stop.signal);
    expect(seen.sets).toEqual([]);
    expect(await client.rows('SELECT @@TRANCOUNT; ROLLBACK;')).toEqual([[1]]);
    const looping = new AbortController();
    setTimeout(() => looping.abort(), 20);
    await client.ask('WHILE 1 = 1 SET NOCOUNT ON;', [], looping.signal);
    expect(await client.scalar('SELECT 1')).toBe(1);
  });
});
