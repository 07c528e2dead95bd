import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acsReports, workstationAddress } from '#electron/training/practice-logins.ts';
import { connectAs, listenerOf, practiceSite, until } from './practice-site.ts';
import type { PracticeSite } from './practice-site.ts';

let practice: PracticeSite;
const workstationIs = async (connected: boolean) => {
  const answer = await practice.site.workstationConnected();
  return answer.ok && answer.value === connected;
};

beforeAll(async () => {
  practice = await practiceSite();
});
afterAll(() => practice.end());
beforeEach(async () => {
  await practice.site.faults.set({ id: 'firewall-fails', on: false });
  await practice.site.firewall.unblock();
});

describe('the training firewall', () => {
  it('has no rules at first', async () => {
    const reading = await practice.site.firewall.read();
    expect(reading).toMatchObject({ state: 'known', value: { rules: [], blocked: [], allowed: [] } });
  });

  it('puts in force exactly the rules that it described', async () => {
    const listeners = [listenerOf(practice.site)];
    const described = practice.site.firewall.describe({ listeners: listeners, allowed: [] });
    expect(described).toHaveLength(1);
    expect(described[0]).toContain(String(practice.site.facts.port));

    expect(await practice.site.firewall.block({ listeners: listeners, allowed: [] })).toMatchObject({ ok: true });
    const reading = await practice.site.firewall.read();
    expect(reading).toMatchObject({ state: 'known', value: { rules: described, blocked: listeners } });
  });

  it('blocks and unblocks any number of times', async () => {
    const listeners = [listenerOf(practice.site)];
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await practice.site.firewall.block({ listeners: listeners, allowed: [] })).toMatchObject({ ok: true });
    }
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await practice.site.firewall.unblock()).toMatchObject({ ok: true });
    }
    expect(await practice.site.firewall.read()).toMatchObject({ value: { rules: [] } });
  });

  it('cuts the session of the remote workstation and lets it back in afterwards', async () => {
    await until(() => workstationIs(true));
    await practice.site.firewall.block({ listeners: [listenerOf(practice.site)], allowed: [] });
    await until(() => workstationIs(false));
    await practice.site.firewall.unblock();
    await until(() => workstationIs(true));
  });

  it('cuts an established session from another address and leaves one from this machine alone', async () => {
    const remote = await connectAs(practice.site, acsReports, { localAddress: workstationAddress });
    const local = await connectAs(practice.site, acsReports);
    await expect(remote.query('SELECT 1 AS one')).resolves.toBeDefined();

    await practice.site.firewall.block({ listeners: [listenerOf(practice.site)], allowed: [] });
    await expect(connectAs(practice.site, acsReports, { localAddress: workstationAddress })).rejects.toThrow();
    await expect(remote.query('SELECT 1 AS one')).rejects.toThrow();
    await expect(local.query('SELECT 1 AS one')).resolves.toBeDefined();
    await Promise.all([remote.close(), local.close()]);
  });

  it('leaves other ports alone', async () => {
    const other = { ...listenerOf(practice.site), port: practice.site.facts.port === 1433 ? 1434 : 1433 };
    await practice.site.firewall.block({ listeners: [other], allowed: [] });
    const remote = await connectAs(practice.site, acsReports, { localAddress: workstationAddress });
    await expect(remote.query('SELECT 1 AS one')).resolves.toBeDefined();
    await remote.close();
  });

  it('says that it failed and changes nothing when that fault is on', async () => {
    const listeners = [listenerOf(practice.site)];
    await practice.site.firewall.block({ listeners: listeners, allowed: [] });
    await practice.site.faults.set({ id: 'firewall-fails', on: true });
    expect(await practice.site.firewall.unblock()).toMatchObject({ ok: false, error: { code: 'firewall-failed' } });
    expect(await practice.site.firewall.read()).toMatchObject({ value: { blocked: listeners } });
  });
});

describe('the probe from the remote workstation', () => {
  it('reaches the server without a block and not with one', async () => {
    const listener = listenerOf(practice.site);
    const before = await practice.site.outsideProbe.probe([listener]);
    expect(before).toMatchObject({
      ok: true,
      value: { from: workstationAddress, seen: [{ port: listener.port, saw: 'answered' }] },
    });
    await practice.site.firewall.block({ listeners: [listener], allowed: [] });
    const after = await practice.site.outsideProbe.probe([listener]);
    expect(after).toMatchObject({ ok: true, value: { seen: [{ port: listener.port, saw: 'filtered' }] } });
  });

  it('finds nothing where the simulated machine has no listener', async () => {
    const browser = { address: '0.0.0.0', port: 1434, protocol: 'udp', purpose: 'SQL Server Browser' } as const;
    const report = await practice.site.outsideProbe.probe([browser]);
    expect(report).toMatchObject({ ok: true, value: { seen: [{ protocol: 'udp', port: 1434, saw: 'filtered' }] } });
  });
});
