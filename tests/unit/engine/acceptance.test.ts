import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { preparationBatches, statementText } from '#electron/database/catalogue.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import type { RpcParameter, SqlValue } from '#electron/training/tds/backend.ts';
import { testServer, type Client, type Seen, type TestServer } from './engine-client.ts';

const variables = siteVariables(
  trainingProfile({ host: '127.0.0.1', port: 1433, ca: '', serviceConfigPath: '/nowhere' }),
);

const text = (name: string, value: SqlValue): RpcParameter => ({
  name,
  type: { name: 'nvarchar', length: 400 },
  value,
  output: false,
});
const fork: RpcParameter = { name: '@recovery_fork', type: { name: 'uniqueidentifier' }, value: null, output: false };
const others: RpcParameter = {
  name: '@other_triggers',
  type: { name: 'varbinary', length: 32 },
  value: Uint8Array.from([0xfe]),
  output: false,
};

const removal = readFileSync(new URL('../../../electron/database/objects/remove.sql', import.meta.url), 'utf8')
  .replaceAll('$(ControllerSchema)', '[dbo]')
  .replaceAll('$(ControllerTable)', '[dbo].[Controllers]')
  .replaceAll('$(RunUser)', '[mortise_run]')
  .replaceAll('$(RunUserText)', "N'mortise_run'");

const heartbeat = 'UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME() WHERE ControllerId = 5;';
const added =
  "INSERT dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) VALUES (500, N'S', N'n', N'a', N'm');";

describe('The objects that Mortise creates run as they ship', () => {
  let server: TestServer;
  let admin: Client;
  let run: Client;
  let service: Client;
  let before: string;

  beforeEach(async () => {
    server = testServer();
    before = server.engine.image();
    admin = await server.connect('site_admin');
    run = await server.connect('mortise_run');
    service = await server.connect('acs_service');
    await admin.rows('BEGIN TRANSACTION;');
    for (const batch of preparationBatches(variables)) {
      const parameters = batch.id === '60-first-state' ? [text('@actor', 'test'), text('@server_name', 'T'), fork] : [];
      expect((await admin.ask(batch.text, parameters)).errors).toEqual([]);
    }
    await admin.rows('COMMIT TRANSACTION;');
  });

  const version = async (): Promise<RpcParameter> => ({
    name: '@expected_version',
    type: { name: 'binary', length: 8 },
    value: (await run.scalar('SELECT row_version FROM mortise.site_state')) ?? null,
    output: false,
  });
  const off = async (): Promise<Seen> =>
    await run.ask(statementText('commissioning-off', variables), [
      text('@actor', 'test'),
      text('@reason', 'test'),
      text('@server_name', 'T'),
      fork,
      others,
      await version(),
    ]);
  const on = async (): Promise<Seen> =>
    await run.ask(statementText('commissioning-on', variables), [
      text('@actor', 'test'),
      text('@reason', 'test'),
      { name: '@open_until', type: { name: 'datetime2', scale: 3 }, value: null, output: false },
      await version(),
    ]);

  it('switch off and on as the run login, which writes nothing directly', async () => {
    expect((await off()).sets).toEqual([[[24]]]);
    expect(await run.rows('SELECT state FROM mortise.effective_state()')).toEqual([['off']]);
    expect(await run.errors('UPDATE mortise.site_state SET commissioning = 1')).toEqual([229]);
    expect(await run.errors('DELETE FROM mortise.controller_register')).toEqual([229]);
    expect((await on()).sets).toEqual([[[24]]]);
    expect(await service.errors(added)).toEqual([]);
    expect(await run.rows('SELECT event, sql_login, controllers FROM mortise.state_history ORDER BY entry')).toEqual([
      ['off', 'mortise_run', 24],
      ['on', 'mortise_run', 24],
    ]);
  });

  it('refuse what they are there to refuse, for everyone', async () => {
    await off();
    await admin.rows('DROP TABLE dbo.Doors');
    for (const client of [service, admin]) {
      expect(await client.errors(added)).toEqual([50_101]);
      expect(await client.errors('DELETE dbo.Controllers WHERE ControllerId = 1')).toEqual([50_101]);
      expect(await client.errors("UPDATE dbo.Controllers SET SerialNumber = N'x' WHERE ControllerId = 1")).toEqual([
        50_102,
      ]);
      expect(await client.errors(heartbeat)).toEqual([]);
    }
    expect(await admin.errors('TRUNCATE TABLE dbo.Controllers')).toEqual([4712]);
    expect(await admin.errors('DROP TABLE dbo.Controllers')).toEqual([3726]);
    expect(await admin.errors("UPDATE mortise.state_history SET reason = N'x'")).toEqual([50_104]);
    expect(await service.scalar('SELECT COUNT(*) FROM dbo.Controllers')).toBe(24);
  });

  it('are removed without trace', async () => {
    await off();
    await on();
    expect((await admin.ask(removal)).errors).toEqual([]);
    expect(server.engine.image()).toBe(before);
  });

  it('leave no trace either when their creation is rolled back', async () => {
    await admin.rows(removal);
    await admin.rows('BEGIN TRANSACTION;');
    for (const batch of preparationBatches(variables)) {
      if (batch.id !== '60-first-state') await admin.rows(batch.text);
    }
    // What is not committed is no part of the image, and is there again afterwards.
    expect(server.engine.image()).toBe(before);
    expect(await admin.scalar("SELECT OBJECT_ID(N'mortise.site_state')")).not.toBeNull();
    await admin.rows('ROLLBACK;');
    expect(server.engine.image()).toBe(before);
  });

  it('answer the status in one batch, prepared or not, locked or not', async () => {
    const parameters: RpcParameter[] = [
      {
        name: '@asleep_before',
        type: { name: 'datetime2', scale: 3 },
        value: new Date(Date.UTC(2026, 10, 21, 11, 50)),
        output: false,
      },
      { name: '@most', type: { name: 'int' }, value: 100, output: false },
    ];
    const status = async (): Promise<Seen> => await run.ask(statementText('status', variables), parameters);
    const open = await status();
    expect(open.errors).toEqual([]);
    expect(open.sets).toHaveLength(11);
    expect(open.sets[9]).toEqual([[24, 0, 0, 2, 1, 0]]);
    await off();
    expect((await status()).sets[9]).toEqual([[24, 24, 0, 2, 1, 0]]);
    await admin.rows(removal);
    const bare = await status();
    expect(bare.errors).toEqual([]);
    expect(bare.sets[9]).toEqual([[24, 0, 0, 2, 1, 0]]);
  });
});
