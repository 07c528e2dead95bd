import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { acsReports, mortiseRun, serviceName, siteAdmin } from '#electron/training/practice-logins.ts';
import { Secret } from '#shared/secret.ts';
import type { TrainingSite } from '#electron/training/training-site.ts';
import { connectAs, endSite, isAlive, listenerOf, logsIn, newFolder, startIn, until } from './practice-site.ts';

describe('the training site after its process was killed', () => {
  it('comes back with every password change that a client was told of', async () => {
    const folder = await newFolder();
    let site = await startIn(folder);
    let password = '';
    for (let round = 1; round <= 3; round += 1) {
      password = `Practice-Round-${round}`;
      const admin = await connectAs(site, siteAdmin);
      await admin.query(`ALTER LOGIN [acs_service] WITH PASSWORD = N'${password}'`);
      process.kill(site.facts.processId, 'SIGKILL');
      await site.stopped;
      await admin.close();
      site = await startIn(folder);
      expect(await logsIn(site, 'acs_service', password)).toBe(true);
    }
    await endSite(site, folder);
  });

  it('comes back with what a transaction of the driver committed', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    const admin = await connectAs(site, siteAdmin);
    const transaction = admin.transaction();
    await transaction.begin();
    await transaction.request().query("ALTER LOGIN [acs_service] WITH PASSWORD = N'Practice-Driver-1'");
    await transaction.commit();
    process.kill(site.facts.processId, 'SIGKILL');
    await site.stopped;
    await admin.close();
    const again = await startIn(folder);
    expect(await logsIn(again, 'acs_service', 'Practice-Driver-1')).toBe(true);
    await endSite(again, folder);
  });

  it('comes back without what was not committed', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    const open = await connectAs(site, siteAdmin);
    await open.query("BEGIN TRANSACTION; ALTER LOGIN [acs_reports] WITH PASSWORD = N'Practice-Open-1';");
    const admin = await connectAs(site, siteAdmin);
    await admin.query("ALTER LOGIN [acs_service] WITH PASSWORD = N'Practice-Closed-1'");
    process.kill(site.facts.processId, 'SIGKILL');
    await site.stopped;
    await Promise.all([open.close(), admin.close()]);

    const again = await startIn(folder);
    expect(await logsIn(again, 'acs_service', 'Practice-Closed-1')).toBe(true);
    expect(await logsIn(again, 'acs_reports', 'Practice-Open-1')).toBe(false);
    expect(await logsIn(again, acsReports.login, acsReports.password)).toBe(true);
    await endSite(again, folder);
  });

  it('comes back with its rules, its keychain and its service as they were', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    const listeners = [listenerOf(site)];
    const record = { version: 1, current: new Secret('one'), pending: new Secret('two'), previous: null } as const;
    await site.firewall.block({ listeners: listeners, allowed: [] });
    await site.secretStore.write(mortiseRun.login, record);
    await site.services.stop(serviceName, 10_000);
    process.kill(site.facts.processId, 'SIGKILL');
    await site.stopped;

    const again = await startIn(folder);
    expect(await again.firewall.read()).toMatchObject({ state: 'known', value: { blocked: listeners } });
    const kept = await again.secretStore.read(mortiseRun.login);
    expect(kept.ok && kept.value?.pending?.reveal()).toBe('two');
    expect(await again.services.inspect(serviceName)).toMatchObject({ value: { state: 'stopped' } });
    await endSite(again, folder);
  });

  it('leaves no service behind', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    let child: number | null = null;
    await until(async () => {
      const reading = await site.services.inspect(serviceName);
      child = reading.state === 'known' && reading.value.state === 'running' ? reading.value.processId : null;
      return child !== null;
    });
    process.kill(site.facts.processId, 'SIGKILL');
    await until(() => child !== null && !isAlive(child));
    await site.close();
    await rm(folder, { recursive: true });
  });
});

/** On a busy machine the service comes up later than the site. */
const serviceRuns = async (site: TrainingSite) =>
  await until(async () => {
    const service = await site.services.inspect(serviceName);
    return service.state === 'known' && service.value.state === 'running';
  });

describe('the image of the training site', () => {
  it('is the same after a change was taken back, and after a restart', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    await serviceRuns(site);
    const first = await site.image();
    expect(first.ok).toBe(true);

    const admin = await connectAs(site, siteAdmin);
    await admin.query("ALTER LOGIN [acs_service] WITH PASSWORD = N'Practice-Other-1'");
    expect(await site.image()).not.toEqual(first);
    await admin.query("ALTER LOGIN [acs_service] WITH PASSWORD = N'ChangeMe123'");
    await admin.close();
    expect(await site.image()).toEqual(first);

    await site.firewall.block({ listeners: [listenerOf(site)], allowed: [] });
    expect(await site.image()).not.toEqual(first);
    await site.firewall.unblock();
    await site.services.stop(serviceName, 10_000);
    expect(await site.image()).not.toEqual(first);
    await site.services.start(serviceName, 10_000);

    process.kill(site.facts.processId, 'SIGTERM');
    await until(() => !isAlive(site.facts.processId));
    const again = await startIn(folder);
    await serviceRuns(again);
    expect(await again.image()).toEqual(first);
    await endSite(again, folder);
  });

  it('does not change with the heartbeats', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    const admin = await connectAs(site, siteAdmin);
    const lastHeard = async () => {
      const { recordset } = await admin.query<{ heard: Date }>('SELECT MAX(LastSeenUtc) AS heard FROM dbo.Controllers');
      return recordset[0]?.heard.getTime() ?? 0;
    };
    const first = await site.image();
    const heard = await lastHeard();
    await until(async () => (await lastHeard()) > heard);
    expect(await site.image()).toEqual(first);

    await admin.query("UPDATE dbo.Controllers SET Name = N'Another door' WHERE ControllerId = 1");
    expect(await site.image()).not.toEqual(first);
    await admin.close();
    await endSite(site, folder);
  });

  it('is as on the first day after a reset', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    await site.reset();
    const first = await site.image();
    const admin = await connectAs(site, siteAdmin);
    await admin.query("ALTER LOGIN [acs_service] WITH PASSWORD = N'Practice-Other-2'");
    await admin.close();
    await site.firewall.block({ listeners: [listenerOf(site)], allowed: [] });
    await site.secretStore.remove(mortiseRun.login);
    expect(await site.reset()).toEqual({ ok: true, value: undefined });
    expect(await site.image()).toEqual(first);
    const own = await site.secretStore.read(mortiseRun.login);
    expect(own.ok && own.value?.current?.reveal()).toBe(mortiseRun.password);
    await endSite(site, folder);
  });
});
