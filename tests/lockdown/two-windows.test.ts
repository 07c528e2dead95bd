import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change, lockdownInput, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';

describe('What others do meanwhile', () => {
  let stateFolder = '';
  beforeEach(async () => {
    stateFolder = await newStateFolder();
  });
  afterEach(async () => {
    await removeStateFolder(stateFolder);
  });

  it('is seen when a question was answered: what is no longer allowed is not applied', async () => {
    const other = await openMortise({ stateFolder });
    const mortise = await openMortise({
      stateFolder,
      whileAsked: async () => {
        valueOf(await change(other.client.training.fault, { fault: 'service-does-not-start', on: true }));
        expect((await change(other.client.lockdown.run, lockdownInput)).ok).toBe(false);
        valueOf(await change(other.client.training.fault, { fault: 'service-does-not-start', on: false }));
      },
    });
    valueOf(await change(mortise.client.secureMode.on, {}));
    expect(await change(mortise.client.secureMode.off, { reason: 'Maintenance' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed', sentence: expect.stringContaining('A guided lockdown is not finished') },
    });
    expect(mortise.asked).toHaveLength(1);
    expect((await mortise.snapshot()).secureMode).toMatchObject({ verdict: 'in-force' });
    await mortise.close();
    await other.close();
  });

  it('includes closing: what runs comes to its next safe point first, and goes on at the next start', async () => {
    const first = await openMortise({ stateFolder });
    const { client } = first;
    const plan = valueOf(await client.lockdown.run.plan(lockdownInput));
    const rotating = new Promise<void>((resolve) => {
      client.on('progress', ({ steps }) => {
        if (steps.some(({ id, state }) => id === 'rotate' && state === 'running')) resolve();
      });
    });
    let ended: unknown;
    const applied = client.lockdown.run.apply({ planId: plan.planId }).then((outcome) => (ended = outcome));
    await rotating;
    await first.close();
    expect(ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await applied;
    expect(await client.lockdown.resume.plan({ setup: null })).toMatchObject({ ok: false });
    expect(first.log).toEqual([]);

    const second = await openMortise({ stateFolder });
    valueOf(await change(second.client.lockdown.resume, { setup: null }));
    expect((await second.snapshot()).lockdown).toMatchObject({ state: 'finished' });
    expect(valueOf(await second.client.trail.verify({}))).toMatchObject({ holds: true });
    await second.close();
  });
});
