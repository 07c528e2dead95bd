import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { SwitchCommissioningOff } from '#electron/operations/commissioning/switch-off.ts';
import { SwitchCommissioningOn } from '#electron/operations/commissioning/switch-on.ts';
import { PrepareSite } from '#electron/operations/preparation/prepare-site.ts';
import { RemoveFromSite } from '#electron/operations/preparation/remove-from-site.ts';
import { setupPrincipal } from '#electron/operations/setup.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { carryOutChange, SiteWorld } from './fakes/site-world.ts';

const reason = 'Handover';
const lost = failure('connection-lost');

function prepared(): SiteWorld {
  const world = new SiteWorld();
  world.database.prepared = true;
  return world;
}

const off = (world: SiteWorld) => new SwitchCommissioningOff(world.commissioning);
const on = (world: SiteWorld) => new SwitchCommissioningOn(world.commissioning);
const switchOff = async (world: SiteWorld) => await carryOutChange(off(world), { reason });
const switchOn = async (world: SiteWorld, openUntil: string | null = null) =>
  await carryOutChange(on(world), { reason, openUntil });

const warnings: readonly (readonly [string, Partial<SiteStatus['counts']>, number, string | undefined])[] = [
  ['nothing is amiss', {}, 0, undefined],
  ['the table is empty', { total: 0 }, 0, 'without a single controller'],
  ['one is asleep', { asleep: 1 }, 0, '1 controller is asleep'],
  ['two are asleep', { asleep: 2 }, 0, '2 controllers are asleep'],
  [
    'a model is dropped by the next version',
    { unsupported: 1 },
    0,
    '1 controller is of a model that the next version drops',
  ],
  [
    'one of the last register is gone',
    { bound: 3, missing: 1 },
    3,
    '1 controller of the last register is no longer in the table',
  ],
  ['there was no register', { missing: 1 }, 0, undefined],
];

describe('Switching commissioning mode off', () => {
  it.each(warnings)('warns before it locks when %s', async (_what, counts, registered, warning) => {
    const world = prepared();
    world.database.counts = { ...world.database.counts, ...counts };
    world.database.registered = registered;
    const plan = valueOf(await off(world).plan({ reason }));
    expect(plan.body.warnings).toHaveLength(warning === undefined ? 0 : 1);
    expect(plan.body.warnings.join()).toContain(warning ?? '');
  });

  it('asks no consent, because it makes the site stronger, and says what it does not stop', async () => {
    const { body } = valueOf(await off(prepared()).plan({ reason }));
    expect(body.consent).toBeNull();
    expect(body.affected.map(({ who }) => who)).toContain('A sysadmin or the owner of the database');
  });

  it('registers every controller and claims only what was read back', async () => {
    const world = prepared();
    const outcome = valueOf(await switchOff(world));
    expect(world.database.commissioning).toBe('off');
    expect(outcome.claims).toHaveLength(3);
    expect(outcome.claims.every(({ verdict }) => verdict === 'verified')).toBe(true);
  });

  it('is refused where the site is not prepared or it is off already', async () => {
    expect(codeOf(await switchOff(new SiteWorld()))).toBe('not-prepared');
    const world = prepared();
    world.database.commissioning = 'off';
    expect(codeOf(await switchOff(world))).toBe('already-so');
  });

  it.each(['disabled', 'missing'])(
    'is refused where a guard is %s, because "off" would not be enforced',
    async (what) => {
      const world = prepared();
      world.database.guards = world.database.guards.flatMap((guard, index) =>
        index > 0 ? [guard] : what === 'missing' ? [] : [{ ...guard, disabled: true }],
      );
      const refused = await off(world).plan({ reason });
      expect(codeOf(refused)).toBe('not-allowed');
      expect(sentenceOf(refused)).toContain('"Off" would not be enforced');
    },
  );

  it('registers anew what was locked by time', async () => {
    const world = prepared();
    world.database.commissioning = 'locked-by-time';
    valueOf(await switchOff(world));
    expect(world.database.commissioning).toBe('off');
  });

  it('settles a lost answer by reading: done where it took effect, lost where it did not', async () => {
    const took = prepared();
    took.wire.fail('database: commissioning off, answered', lost);
    expect(codeOf(await switchOff(took))).toBe('ok');
    const did = prepared();
    did.wire.fail('database: commissioning off', lost);
    expect(codeOf(await switchOff(did))).toBe('connection-lost');
    expect(did.database.commissioning).toBe('on');
  });

  it('does not say "off" where it does not read back', async () => {
    const world = prepared();
    const draft = valueOf(await off(world).plan({ reason }));
    world.wire.once('database: commissioning off, answered', () => (world.database.commissioning = 'on'));
    const answer = await draft.apply({
      id: 'r',
      announce: () => undefined,
      mark: () => undefined,
      stopRequested: () => false,
    });
    expect(sentenceOf(answer)).toBe('It was done, but the proof failed: commissioning mode does not read back as off.');
  });

  it('rests on the version of the state and on what is counted, and not on who is asleep at the moment', async () => {
    const world = prepared();
    const rests = async () => valueOf(await off(world).plan({ reason })).rests;
    const before = await rests();
    world.database.counts = { ...world.database.counts, asleep: 2 };
    expect(await rests()).toBe(before);
    world.database.counts = { ...world.database.counts, total: 4 };
    const grown = await rests();
    expect(grown).not.toBe(before);
    world.database.stateVersion += 1;
    expect(await rests()).not.toBe(grown);
  });

  it('is refused by the database when somebody switched between plan and deed', async () => {
    const world = prepared();
    world.wire.once('database: commissioning off', () => (world.database.stateVersion += 1));
    expect(codeOf(await switchOff(world))).toBe('plan-outdated');
  });
});

function closed(): SiteWorld {
  const world = prepared();
  world.database.commissioning = 'off';
  return world;
}

describe('Switching commissioning mode on', () => {
  it('asks for consent, and says until when', async () => {
    const open = valueOf(await on(closed()).plan({ reason, openUntil: null }));
    expect(open.body.consent).toContain('until somebody switches it off');
    const timed = valueOf(await on(closed()).plan({ reason, openUntil: '2026-11-21T22:00:00.000Z' }));
    expect(timed.body.consent).toContain("until 2026-11-21T22:00:00.000Z by the server's clock");
  });

  it('opens the guard and reads it back', async () => {
    const world = closed();
    valueOf(await switchOn(world));
    expect(world.database.commissioning).toBe('on');
  });

  it('is refused with a time that the server has passed', async () => {
    const world = closed();
    for (const passed of ['2026-11-21T19:59:59.999Z', '2026-11-21T20:00:00.000Z'])
      expect(sentenceOf(await switchOn(world, passed))).toContain("in the past by the server's clock");
    expect(codeOf(await switchOn(world, '2026-11-21T20:00:00.001Z'))).toBe('ok');
  });

  it('is refused where the site is not prepared or it is on already', async () => {
    expect(codeOf(await switchOn(new SiteWorld()))).toBe('not-prepared');
    expect(codeOf(await switchOn(prepared()))).toBe('already-so');
  });

  it('settles a lost answer by reading', async () => {
    const took = closed();
    took.wire.fail('database: commissioning on, answered', lost);
    expect(codeOf(await switchOn(took))).toBe('ok');
    const did = closed();
    did.wire.fail('database: commissioning on', lost);
    expect(codeOf(await switchOn(did))).toBe('connection-lost');
  });
});

const setup = { setup: null };
const prepare = (world: SiteWorld) => new PrepareSite(world.preparation);
const remove = (world: SiteWorld) => new RemoveFromSite(world.preparation);

describe('Preparing and removing', () => {
  it('show every batch as it is sent, and as whom', async () => {
    const { body } = valueOf(await prepare(new SiteWorld()).plan(setup));
    expect(body.steps[0]?.changes).toEqual([
      {
        kind: 'tsql',
        where: 'Acs',
        as: 'sa',
        text: 'CREATE mortise_guard_membership;\nGO\nCREATE mortise_guard_identity;\nGO\nCREATE mortise.effective_state;',
      },
    ]);
    expect(body.consent).toBeNull();
    expect(valueOf(await remove(prepared()).plan(setup)).body.consent).toContain('Remove the guards');
  });

  it('do it, and read it back', async () => {
    const world = new SiteWorld();
    expect(codeOf(await carryOutChange(prepare(world), setup))).toBe('ok');
    expect(codeOf(await carryOutChange(prepare(world), setup))).toBe('already-so');
    expect(codeOf(await carryOutChange(remove(world), setup))).toBe('ok');
    expect(world.database.prepared).toBe(false);
    expect(codeOf(await carryOutChange(remove(world), setup))).toBe('already-so');
  });

  it('settle a lost answer by looking', async () => {
    for (const [point, code] of [
      ['database: prepare, answered', 'ok'],
      ['database: prepare', 'connection-lost'],
    ] as const) {
      const world = new SiteWorld();
      world.wire.fail(point, lost);
      expect(codeOf(await carryOutChange(prepare(world), setup))).toBe(code);
    }
    for (const [point, code] of [
      ['database: remove, answered', 'ok'],
      ['database: remove', 'connection-lost'],
    ] as const) {
      const world = prepared();
      world.wire.fail(point, lost);
      expect(codeOf(await carryOutChange(remove(world), setup))).toBe(code);
    }
  });

  it('do not claim what does not read back', async () => {
    const gone = new SiteWorld();
    gone.wire.once('database: prepare, answered', () => (gone.database.prepared = false));
    expect(codeOf(await carryOutChange(prepare(gone), setup))).toBe('proof-failed');
    const left = prepared();
    left.wire.once('database: remove, answered', () => (left.database.prepared = true));
    expect(codeOf(await carryOutChange(remove(left), setup))).toBe('proof-failed');
  });

  it('say so when the server refuses', async () => {
    const world = new SiteWorld();
    world.wire.fail('database: prepare', failure('no-right', { login: 'sa', right: 'CREATE SCHEMA' }));
    expect(codeOf(await carryOutChange(prepare(world), setup))).toBe('no-right');
  });
});

describe('The setup principal', () => {
  it('is the one that was typed; else the one that is lent; a real site lends none', () => {
    const { lent } = new SiteWorld();
    const typed = { login: 'admin', password: 'typed' };
    expect(valueOf(setupPrincipal(lent)(typed)).secret.reveal()).toBe('typed');
    expect(valueOf(setupPrincipal(lent)(null))).toBe(lent);
    expect(codeOf(setupPrincipal(undefined)(null))).toBe('not-allowed');
    expect(JSON.stringify(setupPrincipal(undefined)(typed))).not.toContain('typed');
  });
});
