import { beforeEach, describe, expect, it } from 'vitest';
import { mortiseRun } from '#electron/training/practice-logins.ts';
import { serverStart, testServer, type Client, type TestServer } from './engine-client.ts';

const change = (next: string, old: string): string =>
  `ALTER LOGIN [mortise_run] WITH PASSWORD = N'${next}' OLD_PASSWORD = N'${old}';`;

describe('Logins', () => {
  let now = serverStart;
  let server: TestServer;
  let admin: Client;
  beforeEach(async () => {
    now = serverStart;
    server = testServer({ clock: () => now });
    admin = await server.connect();
  });
  const number = async (user: string, password?: string): Promise<number | undefined> => {
    const decision = await server.attempt(user, password === undefined ? {} : { password });
    return decision.ok ? undefined : decision.message.number;
  };

  it('are refused alike for a wrong password and an unknown name', async () => {
    expect(await server.attempt('nobody')).toMatchObject({
      ok: false,
      message: { number: 18_456, severity: 14, state: 1, text: "Login failed for user 'nobody'." },
    });
    expect(await number('acs_reports', 'wrong')).toBe(18_456);
    expect(await number('ACS_REPORTS')).toBe(18_456);
    expect(await number('sa', 'never-used-Sa1')).toBe(18_470);
    expect(await server.attempt('acs_reports', { database: 'nowhere' })).toMatchObject({
      ok: false,
      message: { number: 4060 },
    });
  });

  it('lock after ten wrong passwords where the policy is checked, and never where it is not', async () => {
    for (let i = 0; i < 10; i++) await number('acs_reports', 'wrong');
    expect(await number('acs_reports')).toBe(18_486);
    for (let i = 0; i < 12; i++) await number('acs_service', 'wrong');
    expect(await number('acs_service')).toBeUndefined();
    await admin.rows("ALTER LOGIN acs_reports WITH PASSWORD = N'Another-Long-1' UNLOCK");
    expect(await number('acs_reports', 'Another-Long-1')).toBeUndefined();
  });

  it('open again ten minutes after they were locked', async () => {
    for (let i = 0; i < 10; i++) await number('acs_reports', 'wrong');
    now += 9 * 60_000;
    expect(await number('acs_reports')).toBe(18_486);
    now += 2 * 60_000;
    expect(await number('acs_reports')).toBeUndefined();
  });

  it('forget wrong passwords at the right one', async () => {
    for (let i = 0; i < 9; i++) await number('acs_reports', 'wrong');
    expect(await number('acs_reports')).toBeUndefined();
    await number('acs_reports', 'wrong');
    expect(await number('acs_reports')).toBeUndefined();
  });

  it('change their own password knowing the old one, without any right', async () => {
    const run = await server.connect('mortise_run');
    expect(await run.errors(change('New-Practice-2027', 'wrong'))).toEqual([15_211]);
    expect(await run.errors("ALTER LOGIN [mortise_run] WITH PASSWORD = N'New-Practice-2027'")).toEqual([15_151]);
    expect(await run.errors(change('short1A', mortiseRun.password))).toEqual([15_116]);
    expect(await run.errors(change('alllowercaseletters', mortiseRun.password))).toEqual([15_118]);
    expect(await run.errors(change('x'.repeat(129), mortiseRun.password))).toEqual([15_117]);
    expect(await run.errors(change('New-Practice-2027', mortiseRun.password))).toEqual([]);
    expect(await number('mortise_run')).toBe(18_456);
    expect(await number('mortise_run', 'New-Practice-2027')).toBeUndefined();
    expect(await run.errors(change(mortiseRun.password, 'New-Practice-2027'))).toEqual([15_115]);
    expect(await run.errors("ALTER LOGIN acs_service WITH PASSWORD = N'x' OLD_PASSWORD = N'ChangeMe123'")).toEqual([
      15_151,
    ]);
    expect(await run.errors('ALTER LOGIN mortise_run DISABLE')).toEqual([15_151]);
  });

  it('have the same bytes again when a password is set back', async () => {
    const before = server.engine.image();
    await admin.rows("ALTER LOGIN acs_service WITH PASSWORD = N'other'");
    expect(server.engine.image()).not.toBe(before);
    await admin.rows("ALTER LOGIN acs_service WITH PASSWORD = N'ChangeMe123'");
    expect(server.engine.image()).toBe(before);
  });

  it('must be given a new password where that is demanded', async () => {
    await admin.rows(
      "CREATE LOGIN fresh WITH PASSWORD = N'First-Password-1' MUST_CHANGE, CHECK_EXPIRATION = ON, DEFAULT_DATABASE = master;",
    );
    const facts = { password: 'First-Password-1', database: '' };
    expect(await server.attempt('fresh', facts)).toMatchObject({ ok: false, message: { number: 18_488 } });
    expect(await server.attempt('fresh', { ...facts, newPassword: 'short' })).toMatchObject({
      ok: false,
      message: { number: 18_464 },
    });
    expect(await server.attempt('fresh', { ...facts, newPassword: 'Second-Password-1' })).toMatchObject({ ok: true });
    now += 43 * 86_400_000;
    expect(await server.attempt('fresh', { password: 'Second-Password-1', database: '' })).toMatchObject({
      ok: false,
      message: { number: 18_487 },
    });
  });

  it('are created, renamed, disabled and dropped', async () => {
    expect(await admin.errors("CREATE LOGIN acs_service WITH PASSWORD = N'Long-Enough-1'")).toEqual([15_025]);
    expect(await admin.errors("CREATE LOGIN weak WITH PASSWORD = N'weak'")).toEqual([15_116]);
    await admin.rows(
      "CREATE LOGIN weak WITH PASSWORD = N'weak', CHECK_POLICY = OFF; ALTER LOGIN weak WITH NAME = renamed; ALTER LOGIN renamed DISABLE;",
    );
    expect(await server.attempt('renamed', { password: 'weak', database: '' })).toMatchObject({
      ok: false,
      message: { number: 18_470 },
    });
    await admin.rows('ALTER LOGIN renamed ENABLE');
    expect(await server.attempt('renamed', { password: 'weak', database: '' })).toMatchObject({ ok: true });
    expect(await admin.errors('DROP LOGIN renamed')).toEqual([15_434]);
    expect(await admin.errors('DROP LOGIN nobody')).toEqual([15_151]);
  });

  it('are part of the transaction', async () => {
    await admin.rows("BEGIN TRAN; ALTER LOGIN acs_service WITH PASSWORD = N'other'; ROLLBACK;");
    expect(await number('acs_service')).toBeUndefined();
  });
});
