import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  change,
  lockdownInput,
  newStateFolder,
  openMortise,
  removeStateFolder,
  siteImage,
  valueOf,
} from './open-mortise.ts';

describe('The guided lockdown on the training site', () => {
  let stateFolder = '';
  beforeEach(async () => {
    stateFolder = await newStateFolder();
  });
  afterEach(async () => {
    await removeStateFolder(stateFolder);
  });

  it('shows everything before it is done, does it, proves it, and takes it back byte for byte', async () => {
    const mortise = await openMortise({ stateFolder });
    const { client } = mortise;
    const start = await mortise.snapshot();
    const before = await siteImage(stateFolder);

    expect(start.controllers).toMatchObject({ state: 'known', value: { total: 24, asleep: 2, unsupported: 1 } });
    expect(start.commissioning).toMatchObject({ state: 'known', value: { state: 'not-prepared' } });
    expect(start.secureMode).toMatchObject({ verdict: 'not-in-force' });
    const service =
      start.logins.state === 'known' ? start.logins.value.find(({ name }) => name === 'acs_service') : undefined;
    expect(service).toMatchObject({
      publishedDefault: { state: 'known', value: true },
      rotatable: { possible: true },
      previousKept: false,
    });
    expect(
      start.sessions.state === 'known' &&
        start.sessions.value.some(({ origin, login }) => origin === 'remote' && login === 'acs_reports'),
    ).toBe(true);

    const plan = valueOf(await client.lockdown.run.plan(lockdownInput));
    const texts = JSON.stringify(plan.steps);
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'prepare',
      'rotate',
      'commissioning-off',
      'secure-mode-on',
      'verify',
    ]);
    expect(texts).toContain('CREATE TRIGGER [dbo].[mortise_guard_membership]');
    expect(texts).toContain("ALTER LOGIN [acs_service] WITH PASSWORD = N'[secret]' OLD_PASSWORD = N'[secret]'");
    expect(texts).toContain('EXEC mortise.commissioning_off');
    expect(plan.affected.some(({ who }) => who.includes('acs_reports'))).toBe(true);
    expect(await siteImage(stateFolder)).toBe(before);

    const outcome = valueOf(await client.lockdown.run.apply({ planId: plan.planId }));
    expect(outcome.claims.filter(({ verdict }) => verdict !== 'verified')).toEqual([]);
    expect(outcome.claims.map(({ claim }) => claim)).toEqual(
      expect.arrayContaining([
        'acs_service logs in with the new password',
        'AcsService logged in again',
        'Commissioning mode is off',
        'The block is in force for every listener',
        'Another machine cannot connect',
        'The local services are still logged in',
      ]),
    );

    const locked = await mortise.snapshot();
    expect(locked.lockdown).toMatchObject({ state: 'finished', engineer: 'Kim Example' });
    expect(locked.commissioning).toMatchObject({ state: 'known', value: { state: 'off', registered: 24, drift: [] } });
    expect(locked.controllers).toMatchObject({ state: 'known', value: { bound: 24, new: 0, missing: 0 } });
    expect(locked.secureMode).toMatchObject({
      verdict: 'in-force',
      probe: { state: 'probed', by: 'mortise' },
      drift: [],
    });
    expect(locked.permissions['site.remove']).toMatchObject({ allowed: false });
    const rotated =
      locked.logins.state === 'known' ? locked.logins.value.find(({ name }) => name === 'acs_service') : undefined;
    expect(rotated).toMatchObject({ publishedDefault: { state: 'known', value: false }, previousKept: true });

    expect(valueOf(await client.trail.verify({}))).toMatchObject({ holds: true, entries: 2 });
    valueOf(await change(client.lockdown.undo, { setup: null }));
    expect(mortise.asked).toHaveLength(1);
    const after = await mortise.snapshot();
    expect(after.lockdown).toMatchObject({ state: 'undone' });
    expect(after.commissioning).toMatchObject({ state: 'known', value: { state: 'not-prepared' } });
    expect(after.secureMode).toMatchObject({ verdict: 'not-in-force', drift: [] });
    expect(await siteImage(stateFolder)).toBe(before);
    expect(mortise.log).toEqual([]);
    await mortise.close();
  });

  it('leaves what was so before: a site that was prepared stays prepared', async () => {
    const mortise = await openMortise({ stateFolder });
    valueOf(await change(mortise.client.site.prepare, { setup: null }));
    valueOf(await change(mortise.client.lockdown.run, lockdownInput));
    valueOf(await change(mortise.client.lockdown.undo, { setup: null }));
    expect((await mortise.snapshot()).commissioning).toMatchObject({ state: 'known', value: { state: 'on' } });
    await mortise.close();
  });

  it('says at a failed step what it means, goes on when it is mended, and keeps what was proved', async () => {
    const mortise = await openMortise({ stateFolder });
    const { client } = mortise;
    valueOf(await change(client.training.fault, { fault: 'service-does-not-log-in', on: true }));
    const failed = await change(client.lockdown.run, lockdownInput);
    expect(failed).toMatchObject({ ok: false, error: { code: 'service-did-not-log-in' } });
    const stuck = await mortise.snapshot();
    expect(stuck.lockdown).toMatchObject({ state: 'failed' });
    expect(stuck.permissions['secureMode.on']).toMatchObject({ allowed: false });
    expect(stuck.permissions['lockdown.resume']).toEqual({ allowed: true });
    expect(stuck.permissions['lockdown.undo']).toEqual({ allowed: true });
    expect(stuck.permissions['lockdown.stop']).toEqual({ allowed: true });

    valueOf(await change(client.training.fault, { fault: 'service-does-not-log-in', on: false }));
    valueOf(await change(client.lockdown.resume, { setup: null }));
    expect((await mortise.snapshot()).lockdown).toMatchObject({ state: 'finished' });
    await mortise.close();
  }, 90_000);

  it('can be stopped where it is, and taken back from there', async () => {
    const mortise = await openMortise({ stateFolder });
    const { client } = mortise;
    await mortise.snapshot();
    const before = await siteImage(stateFolder);
    valueOf(await change(client.training.fault, { fault: 'firewall-fails', on: true }));
    expect(await change(client.lockdown.run, lockdownInput)).toMatchObject({
      ok: false,
      error: { code: 'firewall-failed' },
    });
    valueOf(await change(client.training.fault, { fault: 'firewall-fails', on: false }));
    valueOf(await change(client.lockdown.stop, {}));
    expect((await mortise.snapshot()).lockdown).toMatchObject({ state: 'stopped' });
    valueOf(await change(client.lockdown.undo, { setup: null }));
    expect(await siteImage(stateFolder)).toBe(before);
    await mortise.close();
  });

  it('is not taken back when the question is answered with Cancel', async () => {
    const mortise = await openMortise({ stateFolder, answer: false });
    valueOf(await change(mortise.client.lockdown.run, lockdownInput));
    const locked = await siteImage(stateFolder);
    expect(await change(mortise.client.lockdown.undo, { setup: null })).toMatchObject({
      ok: false,
      error: { code: 'consent-refused' },
    });
    expect(mortise.asked).toHaveLength(1);
    expect(await siteImage(stateFolder)).toBe(locked);
    await mortise.close();
  });
});
