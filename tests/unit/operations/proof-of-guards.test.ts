import { describe, expect, it } from 'vitest';
import { succeed } from '#shared/result.ts';
import { SwitchCommissioningOff } from '#electron/operations/commissioning/switch-off.ts';
import { PrepareSite } from '#electron/operations/preparation/prepare-site.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { carryOutChange, SiteWorld } from './fakes/site-world.ts';

type Guards = SiteStatus['guards'];
const tampered: readonly (readonly [string, string, (guards: Guards) => Guards])[] = [
  ['is another one', 'guard altered', (guards) => guards.map((guard) => ({ ...guard, definitionHash: 'cc' }))],
  ['cannot be read', 'guard unreadable', (guards) => guards.map((guard) => ({ ...guard, definitionHash: '' }))],
  ['is disabled', 'guard disabled', (guards) => guards.map((guard) => ({ ...guard, disabled: true }))],
  ['is missing', 'guard missing', (guards) => guards.slice(1)],
];

/** The site as it is read, but for its guards. */
const seen = (world: SiteWorld, change: (guards: Guards) => Guards) => ({
  status: async () => {
    const status = valueOf(await world.database.status());
    return succeed({ ...status, guards: change(status.guards) });
  },
});

describe('It is not proved where a guard', () => {
  it.each(tampered)('%s, that commissioning mode is off', async (_what, name, change) => {
    const world = new SiteWorld();
    world.database.prepared = true;
    valueOf(await carryOutChange(new SwitchCommissioningOff(world.commissioning), { reason: 'Handover' }));
    valueOf(await new SwitchCommissioningOff(world.commissioning).proofOfOff());
    const proof = await new SwitchCommissioningOff({ ...world.commissioning, ...seen(world, change) }).proofOfOff();
    expect([codeOf(proof), sentenceOf(proof)]).toEqual(['proof-failed', expect.stringContaining(name)]);
  });

  it.each(tampered)('%s, that the site is prepared', async (_what, name, change) => {
    const world = new SiteWorld();
    const prepare = new PrepareSite({ ...world.preparation, ...seen(world, change) });
    const outcome = await carryOutChange(prepare, { setup: null });
    expect([codeOf(outcome), sentenceOf(outcome)]).toEqual(['proof-failed', expect.stringContaining(name)]);
  });
});

it('Controllers that the register does not fit are not claimed to be registered', async () => {
  const world = new SiteWorld();
  world.database.prepared = true;
  const off = new SwitchCommissioningOff(world.commissioning);
  valueOf(await carryOutChange(off, { reason: 'Handover' }));
  world.database.counts = { ...world.database.counts, bound: 2, changed: 1 };
  expect(sentenceOf(await off.proofOfOff())).toContain('1 controller is in the table with another identity');
});
