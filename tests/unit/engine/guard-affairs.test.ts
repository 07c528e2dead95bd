import { beforeEach, describe, expect, it } from 'vitest';
import { testServer, type Client, type TestServer } from './engine-client.ts';

let server: TestServer;
let admin: Client;
let run: Client;
beforeEach(async () => {
  server = testServer();
  admin = await server.connect();
  run = await server.connect('mortise_run');
});

const option = "SELECT value, value_in_use FROM sys.configurations WHERE name = N'nested triggers';";
const trigger = (name: string, how = 'AFTER INSERT') =>
  `CREATE TRIGGER dbo.${name} ON dbo.Events ${how} AS BEGIN SET NOCOUNT ON; END;`;
const first = (name: string, order = 'First') =>
  `EXEC sp_settriggerorder @triggername = N'dbo.${name}', @order = N'${order}', @stmttype = N'INSERT';`;
const places = `SELECT t.name, v.is_first, v.is_last FROM sys.triggers AS t INNER JOIN sys.trigger_events AS v ON v.object_id = t.object_id
  WHERE t.parent_id = OBJECT_ID(N'dbo.Events') ORDER BY t.name;`;

describe('sp_configure', () => {
  it('changes an option at RECONFIGURE, and not before', async () => {
    expect(await admin.errors("EXEC sp_configure N'nested triggers', 0;")).toEqual([]);
    expect(await admin.rows(option)).toEqual([[0, 1]]);
    expect(await admin.errors('RECONFIGURE WITH OVERRIDE;')).toEqual([]);
    expect(await admin.rows(option)).toEqual([[0, 0]]);
  });

  it('refuses options that are not there or advanced, values out of range, and who may not', async () => {
    expect(await admin.errors("EXEC sp_configure N'no such option', 0;")).toEqual([15_123]);
    expect(await admin.errors("EXEC sp_configure N'user connections', 5;")).toEqual([15_123]);
    expect(await admin.errors("EXEC sp_configure N'nested triggers', 2;")).toEqual([15_129]);
    expect(await run.errors("EXEC sp_configure N'nested triggers', 0;")).toEqual([15_247]);
    expect(await run.errors('RECONFIGURE;')).toEqual([5812]);
    expect(await admin.errors('EXEC sp_configure;')).toEqual([50_001]);
    expect(await admin.rows(option)).toEqual([[1, 1]]);
  });
});

describe('sp_settriggerorder', () => {
  it('puts one trigger of an action first, which sys.trigger_events shows', async () => {
    for (const name of ['a', 'b']) await admin.rows(trigger(name));
    expect(await admin.errors(first('b'))).toEqual([]);
    expect(await admin.rows(places)).toEqual([
      ['a', false, false],
      ['b', true, false],
    ]);
    expect(await admin.errors(first('a'))).toEqual([15_130]);
    expect(await admin.errors(first('b', 'None'))).toEqual([]);
    expect(await admin.errors(first('a'))).toEqual([]);
  });

  it('refuses what has no order, and who may not alter the trigger', async () => {
    await admin.rows(trigger('a'));
    await admin.rows(trigger('instead', 'INSTEAD OF DELETE'));
    expect(await admin.errors(first('nobody'))).toEqual([15_165]);
    expect(await admin.errors(first('a', 'Second'))).toEqual([15_600]);
    expect(await admin.errors("EXEC sp_settriggerorder N'dbo.a', N'First', N'DELETE';")).toEqual([15_125]);
    expect(await admin.errors("EXEC sp_settriggerorder N'dbo.instead', N'First', N'DELETE';")).toEqual([15_133]);
    expect(await run.errors(first('a'))).toEqual([15_165]);
  });

  it('forgets the place of a trigger that is altered', async () => {
    await admin.rows(trigger('a'));
    await admin.rows(first('a'));
    await admin.rows(trigger('a').replace('CREATE', 'ALTER'));
    expect(await admin.rows(places)).toEqual([['a', false, false]]);
  });
});

describe('A module WITH ENCRYPTION', () => {
  it('shows its text to nobody, and runs', async () => {
    await admin.rows('CREATE PROCEDURE dbo.hidden WITH ENCRYPTION AS SELECT 7 AS seven;');
    expect(await admin.scalar("SELECT OBJECT_DEFINITION(OBJECT_ID(N'dbo.hidden'));")).toBeNull();
    expect(
      await admin.scalar("SELECT definition FROM sys.sql_modules WHERE object_id = OBJECT_ID(N'dbo.hidden');"),
    ).toBeNull();
    expect(await admin.scalar('EXEC dbo.hidden;')).toBe(7);
    await admin.rows('ALTER PROCEDURE dbo.hidden AS SELECT 8 AS eight;');
    expect(await admin.scalar("SELECT OBJECT_DEFINITION(OBJECT_ID(N'dbo.hidden'));")).toContain('eight');
  });
});
