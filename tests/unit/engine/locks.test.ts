import { describe, expect, it } from 'vitest';
import { testServer, type Client } from './engine-client.ts';

async function clients(count: number): Promise<readonly Client[]> {
  const server = testServer();
  return await Promise.all(Array.from({ length: count }, () => server.connect()));
}

/** Whether a request is still running after everything else had its turn. */
async function waits(request: Promise<unknown>): Promise<boolean> {
  let ended = false;
  void request.finally(() => {
    ended = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 25));
  return !ended;
}

const insert = (key: number): string =>
  `INSERT dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) VALUES (${key}, N'S${key}', N'n', N'a', N'm');`;

const lock = (timeout: number): string =>
  `DECLARE @r int; EXEC @r = sp_getapplock @Resource = N'mortise', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = ${timeout}; SELECT @r;`;

describe('Sessions wait for each other as the lock matrix says', () => {
  it('different rows can be inserted at the same time', async () => {
    const [a, b] = await clients(2);
    await a?.rows(`BEGIN TRAN; ${insert(101)}`);
    expect(await b?.errors(`SET LOCK_TIMEOUT 0; ${insert(102)}`)).toEqual([]);
  });

  it('a reader waits for rows that are not committed, unless it reads them with NOLOCK', async () => {
    const [a, b] = await clients(2);
    if (!a || !b) throw new Error('two clients');
    await a.rows(`BEGIN TRAN; ${insert(101)}`);
    expect(await b.scalar('SELECT COUNT(*) FROM dbo.Controllers WITH (NOLOCK)')).toBe(25);
    const reading = b.scalar('SELECT COUNT(*) FROM dbo.Controllers');
    expect(await waits(reading)).toBe(true);
    await a.rows('ROLLBACK');
    expect(await reading).toBe(24);
  });

  it('an update of one row by its key waits for that row only', async () => {
    const [a, b] = await clients(2);
    await a?.rows("BEGIN TRAN; UPDATE dbo.Controllers SET Firmware = N'1' WHERE ControllerId = 3;");
    expect(
      await b?.errors("SET LOCK_TIMEOUT 0; UPDATE dbo.Controllers SET Firmware = N'2' WHERE ControllerId = 4;"),
    ).toEqual([]);
    expect(
      await b?.errors("SET LOCK_TIMEOUT 0; UPDATE dbo.Controllers SET Firmware = N'2' WHERE ControllerId = 3;"),
    ).toEqual([1222]);
    expect(
      await b?.errors("SET LOCK_TIMEOUT 0; UPDATE dbo.Controllers SET Firmware = N'2' WHERE Name = N'x';"),
    ).toEqual([1222]);
  });

  it('TABLOCK with HOLDLOCK waits for an uncommitted insert and then keeps others from writing', async () => {
    const [a, b, c] = await clients(3);
    if (!a || !b || !c) throw new Error('three clients');
    await a.rows(`BEGIN TRAN; ${insert(101)}`);
    const locking = b.rows('BEGIN TRAN; SELECT COUNT(*) FROM dbo.Controllers WITH (TABLOCK, HOLDLOCK);');
    expect(await waits(locking)).toBe(true);
    await a.rows('COMMIT');
    expect(await locking).toEqual([[25]]);
    expect(await c.errors(`SET LOCK_TIMEOUT 0; ${insert(102)}`)).toEqual([1222]);
    expect(await c.scalar('SELECT COUNT(*) FROM dbo.Controllers')).toBe(25);
    await b.rows('COMMIT');
    expect(await c.errors(insert(102))).toEqual([]);
  });

  it('HOLDLOCK without TABLOCK keeps new rows out', async () => {
    const [a, b] = await clients(2);
    await a?.rows('BEGIN TRAN; SELECT COUNT(*) FROM dbo.Controllers WITH (HOLDLOCK);');
    expect(await b?.errors(`SET LOCK_TIMEOUT 0; ${insert(102)}`)).toEqual([1222]);
  });

  it('a definition that is being changed is waited for', async () => {
    const [a, b] = await clients(2);
    if (!a || !b) throw new Error('two clients');
    await a.rows(
      'BEGIN TRAN; ALTER TABLE dbo.Controllers ADD Note nvarchar(10) NULL; CREATE TABLE dbo.fresh (id int); DROP TABLE dbo.Events;',
    );
    for (const text of ['SELECT TOP 1 * FROM dbo.Controllers', 'SELECT * FROM dbo.fresh', 'SELECT * FROM dbo.Events']) {
      expect(await b.errors(`SET LOCK_TIMEOUT 0; ${text}`)).toEqual([1222]);
    }
    const reading = b.ask('SET LOCK_TIMEOUT -1; SELECT * FROM dbo.fresh');
    expect(await waits(reading)).toBe(true);
    await a.rows('ROLLBACK');
    expect((await reading).errors.map((error) => error.number)).toEqual([208]);
  });

  it('a circle of waiters is broken: the cheaper one is the victim and its transaction is gone', async () => {
    const [a, b] = await clients(2);
    if (!a || !b) throw new Error('two clients');
    await a.rows("BEGIN TRAN; UPDATE dbo.Doors SET Name = N'x'; UPDATE dbo.Doors SET Name = N'y';");
    await b.rows(`BEGIN TRAN; ${insert(101)}`);
    const first = a.ask('SELECT COUNT(*) FROM dbo.Controllers');
    expect(await waits(first)).toBe(true);
    const second = await b.ask('SELECT COUNT(*) FROM dbo.Doors; SELECT 1;');
    expect(second.errors).toMatchObject([{ number: 1205, severity: 13, state: 51 }]);
    expect(second.sets).toEqual([]);
    expect((await first).sets).toEqual([[[24]]]);
    expect(await b.scalar('SELECT @@TRANCOUNT')).toBe(0);
  });

  it('a lock time-out ends the statement and leaves the transaction', async () => {
    const [a, b] = await clients(2);
    await a?.rows(`BEGIN TRAN; ${insert(101)}`);
    const seen = await b?.ask(
      'SET LOCK_TIMEOUT 20; BEGIN TRAN; SELECT COUNT(*) FROM dbo.Controllers; SELECT @@TRANCOUNT; ROLLBACK;',
    );
    expect(seen?.errors.map((error) => error.number)).toEqual([1222]);
    expect(seen?.sets).toEqual([[[1]]]);
  });

  it('a disconnected session’s locks and changes are gone', async () => {
    const [a, b] = await clients(2);
    await a?.rows(`BEGIN TRAN; ${insert(101)}`);
    a?.session.end();
    expect(await b?.scalar('SELECT COUNT(*) FROM dbo.Controllers')).toBe(24);
  });

  it('a waiting request ends at an attention', async () => {
    const [a, b] = await clients(2);
    await a?.rows(`BEGIN TRAN; ${insert(101)}`);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 10);
    const seen = await b?.ask('SELECT COUNT(*) FROM dbo.Controllers', [], stop.signal);
    expect(seen?.sets).toEqual([]);
    expect(await b?.scalar('SELECT 1')).toBe(1);
  });

  it('application locks answer by their return value', async () => {
    const [a, b] = await clients(2);
    expect(await a?.scalar(lock(0))).toBe(0);
    expect(await b?.scalar(lock(0))).toBe(-1);
    const waiting = b?.scalar(lock(5000)) ?? Promise.reject(new Error('two clients'));
    expect(await waits(waiting)).toBe(true);
    await a?.rows("EXEC sp_releaseapplock @Resource = N'mortise', @LockOwner = N'Session';");
    expect(await waiting).toBe(1);
    expect(await a?.errors("EXEC sp_releaseapplock @Resource = N'mortise', @LockOwner = N'Session';")).toEqual([1223]);
    b?.session.end();
    expect(await a?.scalar(lock(0))).toBe(0);
    expect(await a?.scalar("DECLARE @r int; EXEC @r = sp_getapplock N'x', N'Exclusive'; SELECT @r;")).toBe(-999);
  });

  it('says who blocks whom', async () => {
    const [a, b, c] = await clients(3);
    if (!a || !b || !c) throw new Error('three clients');
    await a.rows(`BEGIN TRAN; ${insert(101)}`);
    const reading = b.scalar('SELECT COUNT(*) FROM dbo.Controllers');
    await waits(reading);
    expect(
      await c.rows('SELECT session_id, blocking_session_id FROM sys.dm_exec_requests WHERE blocking_session_id <> 0'),
    ).toEqual([[b.session.id, a.session.id]]);
    await a.rows('ROLLBACK');
    await reading;
  });
});
