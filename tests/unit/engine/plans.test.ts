import { describe, expect, it } from 'vitest';
import { testServer } from './engine-client.ts';

const texts = `
  SELECT t.text, s.execution_count FROM sys.dm_exec_query_stats AS s
  CROSS APPLY sys.dm_exec_sql_text(s.sql_handle) AS t
  WHERE CHARINDEX(N'Doors', t.text) > 0 AND CHARINDEX(N'dm_exec', t.text) = 0 ORDER BY s.last_execution_time`;

describe('the plans that the training server remembers', () => {
  it('hold every text that read or wrote rows, with how often it ran', async () => {
    const server = testServer();
    const client = await server.connect();
    await client.rows('SELECT DoorId FROM dbo.Doors');
    await client.rows('SELECT DoorId FROM dbo.Doors');
    await client.rows('DECLARE @Doors int = 1; PRINT @Doors');
    expect(await client.rows(texts)).toEqual([['SELECT DoorId FROM dbo.Doors', 2n]]);
  });

  it('show a prepared text with its parameters before it', async () => {
    const client = await testServer().connect();
    await client.rows('SELECT DoorId FROM dbo.Doors WHERE DoorId = @id', [
      { name: '@id', type: { name: 'int' }, value: 1, output: false },
    ]);
    expect(await client.rows(texts)).toEqual([['(@id int)SELECT DoorId FROM dbo.Doors WHERE DoorId = @id', 1n]]);
  });

  it('show a procedure whole, with its database and number', async () => {
    const client = await testServer().connect();
    await client.rows('CREATE PROCEDURE dbo.count_doors AS SELECT COUNT(*) AS doors FROM dbo.Doors');
    await client.rows('EXEC dbo.count_doors');
    expect(
      await client.rows(`
        SELECT t.dbid, OBJECT_NAME(t.objectid) FROM sys.dm_exec_query_stats AS s
        CROSS APPLY sys.dm_exec_sql_text(s.sql_handle) AS t WHERE t.objectid IS NOT NULL`),
    ).toEqual([[5, 'count_doors']]);
  });

  it('are shown to nobody without VIEW SERVER STATE', async () => {
    const client = await testServer().connect('acs_service');
    expect(await client.errors('SELECT * FROM sys.dm_exec_query_stats')).toEqual([300]);
    expect(await client.errors('SELECT * FROM sys.dm_exec_sql_text(0x01)')).toEqual([300]);
  });

  it('are no part of what the server means', async () => {
    const server = testServer();
    const client = await server.connect();
    const before = server.engine.image();
    await client.rows('SELECT DoorId FROM dbo.Doors');
    expect(server.engine.image()).toBe(before);
  });
});

describe('The registry of the training server', () => {
  it('names the port and no dynamic one, to who may see the state of the server', async () => {
    const server = testServer({ listeners: () => [{ address: '127.0.0.1', port: 14_330 }] });
    const client = await server.connect();
    expect(
      await client.rows(
        "SELECT value_name, value_data FROM sys.dm_server_registry WHERE registry_key LIKE N'%IPAll' ORDER BY value_name",
      ),
    ).toEqual([
      ['TcpDynamicPorts', ''],
      ['TcpPort', '14330'],
    ]);
    const other = await server.connect('acs_service');
    expect(await other.errors('SELECT * FROM sys.dm_server_registry')).toEqual([300]);
  });
});
