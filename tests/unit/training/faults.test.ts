import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#electron/database/connect.ts';
import { faultIds } from '#electron/training/faults.ts';
import type { FaultId } from '#electron/training/faults.ts';
import { acsReports, acsService, mortiseRun, siteAdmin } from '#electron/training/practice-logins.ts';
import { Secret } from '#shared/secret.ts';
import { connectAs, logsIn, practiceSite, until } from './practice-site.ts';
import type { PracticeSite } from './practice-site.ts';

let practice: PracticeSite;
beforeAll(async () => {
  practice = await practiceSite();
});
afterAll(() => practice.end());
beforeEach(async () => {
  await practice.site.reset();
});

const change = (password: string) => `ALTER LOGIN [acs_service] WITH PASSWORD = N'${password}'`;
const switchOn = (id: FaultId) => practice.site.faults.set({ id, on: true });

async function stateOf(id: FaultId): Promise<boolean | undefined> {
  const list = await practice.site.faults.list();
  return list.ok ? list.value.find((fault) => fault.id === id)?.on : undefined;
}

/** What Mortise's own connection code makes of a login now. */
async function connectFailureCode(): Promise<string> {
  const { host, port, ca, database } = practice.site.facts;
  const secret = new Secret(mortiseRun.password);
  const address = { host, transport: { kind: 'tcp', port }, trust: { kind: 'ca', certificate: ca }, database } as const;
  const connected = await connect(address, { login: mortiseRun.login, secret }, { most: 1 });
  if (!connected.ok) return connected.error.code;
  await connected.value.close();
  return 'connected';
}

describe('the faults that can be practised', () => {
  it('are listed with a title, and are off at first', async () => {
    const list = await practice.site.faults.list();
    expect(list.ok && list.value.map((fault) => fault.id)).toEqual(faultIds);
    expect(list.ok && list.value.every((fault) => !fault.on && fault.title.length > 10)).toBe(true);
  });

  it.each([
    ['login-refused', 'login-refused'],
    ['login-locked', 'login-locked'],
    ['must-change', 'password-must-change'],
    ['database-unavailable', 'database-unavailable'],
    ['tls-refused', 'encryption-refused'],
  ] as const)('%s: Mortise is told %s until it is switched off', async (id, code) => {
    expect(await connectFailureCode()).toBe('connected');
    await switchOn(id);
    expect(await connectFailureCode()).toBe(code);
    expect(await connectFailureCode()).toBe(code);
    await practice.site.faults.set({ id, on: false });
    expect(await connectFailureCode()).toBe('connected');
  });

  it("login faults leave the site's own clients alone, unless their login is named", async () => {
    await switchOn('login-refused');
    const workstation = await connectAs(practice.site, acsReports, { program: 'AcsReports' });
    await workstation.close();
    await practice.site.faults.set({ id: 'login-refused', on: true, login: acsService.login });
    expect(await logsIn(practice.site, mortiseRun.login, mortiseRun.password)).toBe(true);
    await expect(connectAs(practice.site, acsService, { program: 'AcsService' })).rejects.toThrow();
  });

  it.each([
    ['no-right', 229],
    ['deadlock', 1205],
  ] as const)('%s: a change is answered with error %i and does not take effect', async (id, number) => {
    await switchOn(id);
    const admin = await connectAs(practice.site, siteAdmin);
    await expect(admin.query('SELECT 1 AS one')).resolves.toBeDefined();
    await expect(admin.query(change('Practice-Fault-1'))).rejects.toMatchObject({ number });
    await admin.close();
    expect(await logsIn(practice.site, acsService.login, acsService.password)).toBe(true);
  });

  it('deadlock strikes once, no-right until it is switched off', async () => {
    const admin = await connectAs(practice.site, siteAdmin);
    await switchOn('deadlock');
    await expect(admin.query(change('Practice-Fault-2'))).rejects.toMatchObject({ number: 1205 });
    expect(await stateOf('deadlock')).toBe(false);
    await expect(admin.query(change('Practice-Fault-2'))).resolves.toBeDefined();
    await switchOn('no-right');
    for (let turn = 0; turn < 2; turn += 1) {
      await expect(admin.query(change('Practice-Fault-3'))).rejects.toMatchObject({ number: 229 });
    }
    expect(await stateOf('no-right')).toBe(true);
    await admin.close();
  });

  it('session-killed: the connection ends in the change, which does not take effect', async () => {
    await switchOn('session-killed');
    const admin = await connectAs(practice.site, siteAdmin);
    await expect(admin.query(change('Practice-Fault-4'))).rejects.toThrow();
    await admin.close();
    expect(await logsIn(practice.site, acsService.login, acsService.password)).toBe(true);
    expect(await stateOf('session-killed')).toBe(false);
  });

  it('drop-before: the connection breaks and the old password holds', async () => {
    await switchOn('drop-before');
    const admin = await connectAs(practice.site, siteAdmin);
    await expect(admin.query(change('Practice-Fault-5'))).rejects.toThrow();
    await admin.close();
    expect(await logsIn(practice.site, acsService.login, acsService.password)).toBe(true);
  });

  it('drop-after: the connection breaks although the new password holds', async () => {
    await switchOn('drop-after');
    const admin = await connectAs(practice.site, siteAdmin);
    await expect(admin.query(change('Practice-Fault-6'))).rejects.toThrow();
    await admin.close();
    expect(await logsIn(practice.site, acsService.login, 'Practice-Fault-6')).toBe(true);
  });

  it('drop-before and drop-after break the commit of a transaction that the driver leads, when asked to', async () => {
    for (const [id, password, holds] of [
      ['drop-before', 'Practice-Commit-1', false],
      ['drop-after', 'Practice-Commit-2', true],
    ] as const) {
      await practice.site.faults.set({ id, on: true, pattern: 'COMMIT TRANSACTION' });
      const admin = await connectAs(practice.site, siteAdmin);
      const transaction = admin.transaction();
      await transaction.begin();
      await transaction.request().query(change(password));
      await expect(transaction.commit()).rejects.toThrow();
      await admin.close();
      await until(async () => (await logsIn(practice.site, acsService.login, password)) === holds);
    }
  });

  it('strikes the statement that a pattern names, and no other', async () => {
    await practice.site.faults.set({ id: 'deadlock', on: true, pattern: 'special' });
    const admin = await connectAs(practice.site, siteAdmin);
    await expect(admin.query(change('Practice-Fault-7'))).resolves.toBeDefined();
    await expect(admin.query('SELECT 1 AS special')).rejects.toMatchObject({ number: 1205 });
    await admin.close();
  });

  it('refuses a pattern that is no regular expression', async () => {
    const answer = await practice.site.faults.set({ id: 'deadlock', on: true, pattern: '(' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(await stateOf('deadlock')).toBe(false);
  });

  it('slow: a statement can be given up while it is held, and the connection goes on', async () => {
    const admin = await connectAs(practice.site, siteAdmin);
    await switchOn('slow');
    const request = admin.request();
    const answer = request.query('SELECT 1 AS one');
    setTimeout(() => request.cancel(), 100);
    await expect(answer).rejects.toMatchObject({ code: 'ECANCEL' });
    await practice.site.faults.set({ id: 'slow', on: false });
    await expect(admin.query('SELECT 1 AS one')).resolves.toBeDefined();
    await admin.close();
  });
});
