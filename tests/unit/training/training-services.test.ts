import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acsService, serviceName, siteAdmin } from '#electron/training/practice-logins.ts';
import { connectAs, isAlive, practiceSite, until } from './practice-site.ts';
import type { PracticeSite } from './practice-site.ts';

const limit = 10_000;
let practice: PracticeSite;

async function logLines(): Promise<readonly string[]> {
  return (await readFile(join(practice.folder, 'AcsService.log'), 'utf8').catch(() => '')).split('\r\n');
}
/** How often the service has logged in so far, by its own log. */
async function logins(): Promise<number> {
  return (await logLines()).filter((line) => line.endsWith(' connected')).length;
}
/** Restarts it and waits until the new process has logged in. Counted from its stop on: until then the old one may, too. */
async function restarted(): Promise<void> {
  await practice.site.services.stop(serviceName, limit);
  const before = await logins();
  await practice.site.services.start(serviceName, limit);
  await until(async () => (await logins()) > before);
}
async function processId(): Promise<number | null> {
  const reading = await practice.site.services.inspect(serviceName);
  return reading.state === 'known' ? reading.value.processId : null;
}

beforeAll(async () => {
  practice = await practiceSite();
});
afterAll(() => practice.end());
beforeEach(async () => {
  await practice.site.reset();
});

describe('the access-control service of the training site', () => {
  it('runs as a process of its own and logs in', async () => {
    const reading = await practice.site.services.inspect(serviceName);
    expect(reading).toMatchObject({ state: 'known', value: { name: serviceName, state: 'running' } });
    const child = await processId();
    expect(child).not.toBe(practice.site.facts.processId);
    expect(child !== null && isAlive(child)).toBe(true);
    await restarted();
  });

  it('hears of every controller but the two that are asleep', async () => {
    const admin = await connectAs(practice.site, siteAdmin);
    const counts = async () => {
      const { recordset } = await admin.query<{ total: number; heard: number }>(
        `SELECT COUNT(*) AS total, SUM(CASE WHEN LastSeenUtc > DATEADD(second, -30, SYSUTCDATETIME()) THEN 1 ELSE 0 END) AS heard
         FROM dbo.Controllers`,
      );
      return recordset[0];
    };
    await until(async () => (await counts())?.heard === 22);
    expect(await counts()).toEqual({ total: 24, heard: 22 });
    await admin.close();
  });

  it('stops and starts, also when it is stopped or running already', async () => {
    const { services } = practice.site;
    const before = await processId();
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await services.stop(serviceName, limit)).toEqual({ ok: true, value: undefined });
    }
    expect(await services.inspect(serviceName)).toMatchObject({ value: { state: 'stopped', processId: null } });
    expect(before !== null && isAlive(before)).toBe(false);
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await services.start(serviceName, limit)).toEqual({ ok: true, value: undefined });
    }
    expect(await services.inspect(serviceName)).toMatchObject({ value: { state: 'running' } });
    expect(await processId()).not.toBe(before);
  });

  it('is the only service there is', async () => {
    const unknown = { code: 'service-unknown' };
    const { services } = practice.site;
    expect(await services.inspect('Spooler')).toMatchObject({ state: 'unknown', cause: unknown });
    expect(await services.start('Spooler', limit)).toMatchObject({ ok: false, error: unknown });
    expect(await services.stop('Spooler', limit)).toMatchObject({ ok: false, error: unknown });
  });

  it('goes on with the password that it read at its start, and takes the new one after a restart', async () => {
    const { facts, faults } = practice.site;
    await restarted();
    const admin = await connectAs(practice.site, siteAdmin);
    await admin.query(`ALTER LOGIN [${acsService.login}] WITH PASSWORD = N'Another-Practice-1'`);
    await admin.close();
    const config = await readFile(facts.configPath, 'utf8');
    await writeFile(facts.configPath, config.replace(acsService.password, 'Another-Practice-1'));

    // Its session outlives the change. Declining encryption for a moment cuts every session.
    const lines = (await logLines()).length;
    await faults.set({ id: 'tls-refused', on: true });
    await faults.set({ id: 'tls-refused', on: false });
    await until(async () => (await logLines()).slice(lines - 1).some((line) => line.includes('Login failed')));

    await restarted();
  });

  it('does not log in with an old password after a restart, and says so in its log', async () => {
    const { services } = practice.site;
    const admin = await connectAs(practice.site, siteAdmin);
    await admin.query(`ALTER LOGIN [${acsService.login}] WITH PASSWORD = N'Another-Practice-2'`);
    await admin.close();
    await services.stop(serviceName, limit);
    const before = (await logLines()).length;
    await services.start(serviceName, limit);
    await until(async () => (await logLines()).slice(before).some((line) => line.includes('Login failed')));
    expect(await services.inspect(serviceName)).toMatchObject({ value: { state: 'running' } });
  });

  it('says that it did not start, and is stopped, when that fault is on', async () => {
    const { services, faults } = practice.site;
    await services.stop(serviceName, limit);
    await faults.set({ id: 'service-does-not-start', on: true });
    expect(await services.start(serviceName, limit)).toMatchObject({
      ok: false,
      error: { code: 'service-did-not-start' },
    });
    expect(await services.inspect(serviceName)).toMatchObject({ value: { state: 'stopped' } });
    await faults.set({ id: 'service-does-not-start', on: false });
    expect(await services.start(serviceName, limit)).toMatchObject({ ok: true });
  });

  it('goes on with its session when it is asked to stop, while that fault is on', async () => {
    const { services, faults } = practice.site;
    const before = await processId();
    await faults.set({ id: 'service-does-not-stop', on: true });
    expect(await services.stop(serviceName, 300)).toMatchObject({ ok: false, error: { code: 'service-did-not-stop' } });
    expect(await services.inspect(serviceName)).toMatchObject({ value: { state: 'running', processId: before } });
    await faults.set({ id: 'service-does-not-stop', on: false });
    expect(await services.stop(serviceName, limit)).toMatchObject({ ok: true });
  });

  it('runs without logging in when that fault is on', async () => {
    const { services, faults } = practice.site;
    await services.stop(serviceName, limit);
    await faults.set({ id: 'service-does-not-log-in', on: true });
    const before = await logLines();
    expect(await services.start(serviceName, limit)).toMatchObject({ ok: true });
    expect(await services.inspect(serviceName)).toMatchObject({ value: { state: 'running' } });
    await services.stop(serviceName, limit);
    const after = (await logLines()).slice(before.length - 1);
    expect(after.some((line) => line.includes('started'))).toBe(true);
    expect(after.some((line) => line.endsWith(' connected'))).toBe(false);
  });
});
