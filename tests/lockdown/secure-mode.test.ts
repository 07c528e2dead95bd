import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, newStateFolder, openMortise, removeStateFolder } from './open-mortise.ts';
import type { OpenMortise } from './open-mortise.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';

describe('Secure mode at the training site', () => {
  let mortise: OpenMortise;
  let stateFolder = '';
  const secureMode = async () => (await mortise.snapshot()).secureMode;
  const texts = async () => valueOf(await mortise.client.trail.recent({ most: 50 })).map(({ text }) => text);

  beforeAll(async () => {
    stateFolder = await newStateFolder();
    mortise = await openMortise({ stateFolder });
    valueOf(await change(mortise.client.secureMode.on, {}));
  });
  afterAll(async () => {
    await mortise.close();
    await removeStateFolder(stateFolder);
  });

  it('is in force, meant, and probed by the other machine', async () => {
    expect(await secureMode()).toMatchObject({
      verdict: 'in-force',
      reasons: [],
      firewall: 'training',
      meant: { state: 'known', value: { since: expect.any(String) as string } },
      drift: [],
      probe: { state: 'probed', by: 'mortise' },
      canProbe: true,
    });
  });

  it('a colleague who flushes the firewall can be practised: seen, told once in the trail, put back', async () => {
    valueOf(await change(mortise.client.training.fault, { fault: 'firewall-flushed', on: true }));
    const drifted = await secureMode();
    expect(drifted).toMatchObject({ verdict: 'not-in-force', drift: ['The rules of secure mode are gone.'] });
    expect(drifted.probe).toEqual({ state: 'not-probed' });
    await secureMode();
    expect((await texts()).filter((text) => text === 'The rules of secure mode are gone.')).toHaveLength(1);
    valueOf(await change(mortise.client.secureMode.on, {}));
    expect(await secureMode()).toMatchObject({ verdict: 'in-force', drift: [] });
    expect(await texts()).toContain('Secure mode is again as it was switched on.');
  });

  it('lets the remote workstation back in where it is allowed, says so in every verdict, and cuts it off again', async () => {
    const remote = async () => {
      const { sessions } = await mortise.snapshot();
      return sessions.state === 'known' && sessions.value.some(({ origin }) => origin === 'remote');
    };
    const allowed = [{ address: '127.0.0.2', until: null }];
    expect(await remote()).toBe(false);
    valueOf(await change(mortise.client.secureMode.allow, { allowed, reason: 'Reports until Friday' }));
    await expect.poll(remote, { timeout: 10_000 }).toBe(true);
    expect(await secureMode()).toMatchObject({
      verdict: 'in-force-but',
      allowed,
      reasons: [{ effect: 'weakens', sentence: '127.0.0.2 stays allowed.' }],
      drift: [],
    });
    valueOf(await change(mortise.client.secureMode.allow, { allowed: [], reason: 'Done' }));
    expect(await remote()).toBe(false);
    expect(await secureMode()).toMatchObject({ verdict: 'in-force', allowed: [] });
  });

  it('does not offer what the training site does not practise', async () => {
    const { permissions } = await mortise.snapshot();
    expect(permissions['secureMode.atStart']).toMatchObject({ allowed: false });
    expect(permissions['secureMode.bindInstance']).toMatchObject({ allowed: false });
  });

  it('switched off, nothing is meant any more and nothing drifts', async () => {
    valueOf(await change(mortise.client.secureMode.off, { reason: 'Service visit' }));
    expect(await secureMode()).toMatchObject({
      verdict: 'not-in-force',
      meant: { state: 'known', value: null },
      drift: [],
    });
  });
});
