import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { Secret } from '#shared/secret.ts';
import { connect } from '#electron/database/connect.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { practiceLogins } from '#electron/training/practice-logins.ts';
import { join } from 'node:path';
import { change, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';
import type { OpenMortise } from './open-mortise.ts';

const reason = 'Handover';
const setup = null;

/** The guard's life over the real composition: plan, consent, apply, proof, trail, snapshot. */
describe('A site with a guard', () => {
  let stateFolder = '';
  let mortise: OpenMortise;
  beforeEach(async () => {
    stateFolder = await newStateFolder();
    mortise = await openMortise({ stateFolder });
    valueOf(await change(mortise.client.site.prepare, { setup }));
  });
  afterEach(async () => {
    await mortise.close();
    await removeStateFolder(stateFolder);
  });

  const shown = async () => {
    const { commissioning, permissions } = await mortise.snapshot();
    if (commissioning.state !== 'known') throw new Error(commissioning.cause.sentence);
    const { value } = commissioning;
    return {
      state: value.state,
      until: 'until' in value ? value.until : null,
      drift: 'drift' in value ? value.drift.map(({ name, wayOut }) => [name, wayOut]) : [],
      allowed: (name: keyof typeof permissions) => permissions[name].allowed,
    };
  };

  /** What an administrator does in another window. */
  async function asAdmin(...batches: readonly string[]): Promise<void> {
    const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
    const { host, port, ca, configPath } = site.facts;
    const { endpoint } = trainingProfile({ host, port, ca, serviceConfigPath: configPath });
    const password = practiceLogins.find(({ login }) => login === 'site_admin')?.password ?? '';
    const pool = valueOf(await connect(endpoint, { login: 'site_admin', secret: new Secret(password) }, { most: 1 }));
    for (const batch of batches) await pool.request().batch(batch);
    await pool.close();
    await site.close();
  }

  it('rehearses the lock, which is kept, or ended early; the trail says each', async () => {
    const { commissioning } = mortise.client;
    valueOf(await change(commissioning.rehearse, { reason, minutes: 10 }));
    expect(await shown()).toMatchObject({ state: 'rehearsing', until: expect.any(String), drift: [] });
    expect((await shown()).allowed('site.remove')).toBe(false);
    valueOf(await change(commissioning.on, { reason, openUntil: null }));
    expect(await shown()).toMatchObject({ state: 'on', until: null });
    valueOf(await change(commissioning.rehearse, { reason, minutes: 10 }));
    valueOf(await change(commissioning.off, { reason }));
    expect(await shown()).toMatchObject({ state: 'off', until: null, drift: [] });
    const { trail } = await mortise.snapshot();
    const said = trail.state === 'known' ? trail.value.recent.map(({ operation }) => operation) : [];
    expect(said).toContain('commissioning.rehearse');
  });

  it('moves the time until which it stays on', async () => {
    const { commissioning } = mortise.client;
    const [early, late] = ['2198-01-01T20:00:00.000Z', '2198-01-01T22:00:00.000Z'];
    valueOf(await change(commissioning.off, { reason }));
    valueOf(await change(commissioning.on, { reason, openUntil: early }));
    valueOf(await change(commissioning.on, { reason, openUntil: late }));
    expect(await shown()).toMatchObject({ state: 'on', until: late, drift: [] });
    expect(mortise.asked).toHaveLength(2);
  });

  it('takes the guard down for an upgrade and puts it up again; what was decided before holds', async () => {
    valueOf(await change(mortise.client.commissioning.off, { reason }));
    expect((await shown()).allowed('site.beginUpgrade')).toBe(false);
    valueOf(await change(mortise.client.commissioning.on, { reason, openUntil: null }));
    valueOf(await change(mortise.client.site.beginUpgrade, { setup, reason }));
    const down = await shown();
    expect(down).toMatchObject({ state: 'upgrading', drift: [] });
    expect([down.allowed('commissioning.off'), down.allowed('site.restoreGuard')]).toEqual([false, true]);
    valueOf(await change(mortise.client.site.restoreGuard, { setup, reason }));
    expect(await shown()).toMatchObject({ state: 'on', drift: [] });
  });

  it('names what was done past it, offers the way out, and goes it', async () => {
    valueOf(await change(mortise.client.commissioning.off, { reason }));
    await asAdmin(
      'DISABLE TRIGGER dbo.mortise_guard_membership ON dbo.Controllers;',
      'DELETE FROM dbo.Doors;',
      'DELETE FROM dbo.Controllers WHERE ControllerId = 3;',
    );
    const seen = await shown();
    expect(seen.drift).toEqual([
      ['Guard disabled', 'site.restoreGuard'],
      ['Register differs', 'commissioning.renewRegister'],
    ]);
    expect([seen.allowed('site.restoreGuard'), seen.allowed('commissioning.renewRegister')]).toEqual([true, true]);
    valueOf(await change(mortise.client.site.restoreGuard, { setup, reason }));
    valueOf(await change(mortise.client.commissioning.renewRegister, { reason }));
    const after = await shown();
    expect(after).toMatchObject({ state: 'off', drift: [] });
    expect([after.allowed('site.restoreGuard'), after.allowed('commissioning.renewRegister')]).toEqual([false, false]);
  });

  it('says that a part is left where the state was dropped, refuses to prepare, and removes it', async () => {
    await asAdmin('DROP TABLE mortise.site_state;');
    const half = await shown();
    expect(half.state).toBe('half-prepared');
    expect([half.allowed('site.prepare'), half.allowed('site.remove')]).toEqual([false, true]);
    valueOf(await change(mortise.client.site.remove, { setup }));
    expect((await shown()).state).toBe('not-prepared');
    valueOf(await change(mortise.client.site.prepare, { setup }));
    expect(await shown()).toMatchObject({ state: 'on', drift: [] });
  });

  it('refuses to prepare a table that no guard can stand on, and says why', async () => {
    valueOf(await change(mortise.client.site.remove, { setup }));
    await asAdmin('CREATE TRIGGER dbo.vendor ON dbo.Controllers INSTEAD OF DELETE AS BEGIN SET NOCOUNT ON; END;');
    const plan = await mortise.client.site.prepare.plan({ setup });
    expect(plan).toMatchObject({
      ok: false,
      error: { code: 'not-allowed', sentence: expect.stringContaining('vendor') },
    });
  });
});
