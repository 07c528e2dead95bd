import { describe, expect, it } from 'vitest';
import { createEngine, restore } from '#electron/training/engine/engine.ts';
import { trainingModel } from '#electron/training/engine/training-model.ts';
import type { SqlMessage } from '#electron/training/tds/backend.ts';
import { serverStart, testServer } from './engine-client.ts';

const refusal: SqlMessage = { number: 229, severity: 14, state: 5, text: 'No.', procedure: '', line: 1 };

describe('The simulated server as a whole', () => {
  it('starts with the same site each time', () => {
    const image = createEngine({ model: trainingModel({ now: serverStart }) }).image();
    expect(createEngine({ model: trainingModel({ now: serverStart }) }).image()).toBe(image);
  });

  it('has 24 controllers: one that the next version drops, two asleep', async () => {
    const client = await testServer({ clock: () => serverStart }).connect();
    expect(
      await client.rows(
        "SELECT COUNT(*), COUNT(DISTINCT SerialNumber), COUNT(DISTINCT Address), SUM(CASE WHEN Model = N'ACU-1 (legacy)' THEN 1 ELSE 0 END), SUM(CASE WHEN LastSeenUtc < DATEADD(minute, -10, SYSUTCDATETIME()) THEN 1 ELSE 0 END) FROM dbo.Controllers",
      ),
    ).toEqual([[24, 24, 24, 1, 2]]);
  });

  it('has as many controllers as are asked for', async () => {
    const client = await testServer({ model: trainingModel({ controllers: 5000 }) }).connect();
    expect(
      await client.rows('SELECT COUNT(*), COUNT(DISTINCT SerialNumber), COUNT(DISTINCT Name) FROM dbo.Controllers'),
    ).toEqual([[5000, 5000, 5000]]);
  });

  it('comes back from a snapshot as it was', async () => {
    const server = testServer();
    const client = await server.connect();
    await client.rows(
      'CREATE TABLE dbo.kinds (b bit, d decimal(9,3), v varbinary(9), t datetime2(3), n nvarchar(9), g uniqueidentifier, i bigint)',
    );
    await client.rows("INSERT dbo.kinds VALUES (1, 1.5, 0xCAFE, '2026-11-21', N'ä', NEWID(), 9007199254740993)");
    const restored = testServer({ model: restore(server.engine.snapshot()) });
    expect(restored.engine.image()).toBe(server.engine.image());
    const again = await restored.connect();
    expect(await again.rows('SELECT d, v, i FROM dbo.kinds')).toEqual([
      ['1.500', Uint8Array.of(0xca, 0xfe), 9007199254740993n],
    ]);
    expect(await again.errors('INSERT dbo.Controllers SELECT * FROM dbo.Controllers WHERE ControllerId = 1')).toEqual([
      2627,
    ]);
  });

  it('keeps uncommitted changes out of snapshot and image', async () => {
    const server = testServer();
    const client = await server.connect();
    const before = server.engine.image();
    await client.rows('BEGIN TRAN; DELETE dbo.Doors; DELETE dbo.Controllers WHERE ControllerId > 3;');
    expect(server.engine.image()).toBe(before);
    expect(createEngine({ model: restore(server.engine.snapshot()) }).image()).toBe(before);
    expect(await client.scalar('SELECT COUNT(*) FROM dbo.Controllers')).toBe(3);
    await client.rows('ROLLBACK');
    expect(server.engine.image()).toBe(before);
  });

  it('says when something was committed, and only then', async () => {
    let changes = 0;
    const server = testServer({ onChange: () => void changes++ });
    const client = await server.connect();
    const step = async (text: string): Promise<number> => {
      const before = changes;
      await client.rows(text);
      return changes - before;
    };
    expect(await step('SELECT 1')).toBe(0);
    expect(await step('BEGIN TRAN; UPDATE dbo.Doors SET Name = Name')).toBe(0);
    expect(await step('COMMIT')).toBe(1);
    expect(await step('UPDATE dbo.Doors SET Name = Name')).toBe(1);
    expect(await step('BEGIN TRAN; UPDATE dbo.Doors SET Name = Name; ROLLBACK')).toBe(0);
  });

  it('can leave columns out of a comparison', async () => {
    const server = testServer();
    const image = (): string =>
      server.engine.image((table, column) => table === 'Controllers' && column === 'LastSeenUtc');
    const before = image();
    const client = await server.connect();
    await client.rows('UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME()');
    expect(image()).toBe(before);
    await client.rows("UPDATE dbo.Controllers SET Name = N'x' WHERE ControllerId = 1");
    expect(image()).not.toBe(before);
  });

  it('has bad days on demand', async () => {
    let verdict: 'before' | 'after' | 'error' | 'login' | undefined;
    const server = testServer({
      faults: {
        login: () => (verdict === 'login' ? { ...refusal, number: 18_456 } : undefined),
        before: (text) =>
          !text.startsWith('DELETE')
            ? undefined
            : verdict === 'error'
              ? { kind: 'error', message: refusal }
              : verdict === 'before'
                ? { kind: 'drop' }
                : undefined,
        after: (text) => (verdict === 'after' && text.startsWith('DELETE') ? { kind: 'drop' } : undefined),
      },
    });
    const client = await server.connect();
    const left = async (): Promise<unknown> => await client.scalar('SELECT COUNT(*) FROM dbo.Events');
    verdict = 'error';
    expect(await client.errors('DELETE TOP (1) FROM dbo.Events')).toEqual([229]);
    verdict = 'before';
    await client.ask('DELETE TOP (1) FROM dbo.Events');
    expect([client.farewells.length, await left()]).toEqual([1, 40]);
    verdict = 'after';
    expect((await client.ask('DELETE TOP (1) FROM dbo.Events')).counts).toEqual([]);
    expect([client.farewells.length, await left()]).toEqual([2, 39]);
    verdict = 'login';
    expect(await server.attempt('acs_service')).toMatchObject({ ok: false, message: { number: 18_456 } });
  });

  it('follows the clock that it is given', async () => {
    let now = serverStart;
    const client = await testServer({ clock: () => now }).connect();
    expect(await client.scalar('SELECT SYSUTCDATETIME()')).toEqual(new Date(serverStart));
    now += 60_000;
    expect(await client.scalar('SELECT SYSUTCDATETIME()')).toEqual(new Date(serverStart + 60_000));
  });

  it('forgets a session that ended', async () => {
    const server = testServer();
    const client = await server.connect();
    await client.rows('CREATE TABLE #t (id int); BEGIN TRAN; DELETE dbo.Events;');
    expect(server.engine.sessions()).toHaveLength(1);
    client.session.end();
    expect(server.engine.sessions()).toEqual([]);
    expect(server.engine.kill(client.session.id)).toBe(false);
  });
});
