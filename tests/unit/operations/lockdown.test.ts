import { withModule } from '#tests/unit/assessment/sample-survey.ts';
import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { ResumeLockdown, RunLockdown, StopLockdown, UndoLockdown } from '#electron/operations/lockdown/lockdown.ts';
import { lockdownState, shownLockdown } from '#electron/operations/lockdown/lockdown-journal.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { canary } from './fakes/rotation-world.ts';
import { carryOutChange, SiteWorld } from './fakes/site-world.ts';

vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

const setup = { setup: null };
const asked = { engineer: 'Ines', reason: 'Handover', login, setup: null };

const run = async (world: SiteWorld, stop = () => false) =>
  await carryOutChange(new RunLockdown(world.lockdownParts()), asked, stop);
const undo = async (world: SiteWorld) => await carryOutChange(new UndoLockdown(world.lockdownParts()), setup);
const resume = async (world: SiteWorld, stop = () => false) => {
  const parts = world.lockdownParts();
  return await carryOutChange(new ResumeLockdown(parts, new UndoLockdown(parts)), setup, stop);
};
const stopHere = async (world: SiteWorld) => await carryOutChange(new StopLockdown(world.lockdownParts()), {});

/** Where the lockdown stands, then each step. */
function stands(world: SiteWorld): readonly string[] {
  const shown = shownLockdown(lockdownState(world.lockdownJournal.files.at(-1)?.records ?? []), false);
  return shown.state === 'none' ? ['none'] : [shown.state, ...shown.steps.map(({ state }) => state)];
}

/** What the lockdown is about, as it is on the site. */
const site = ({ database, firewall }: SiteWorld) => ({
  prepared: database.prepared,
  commissioning: database.commissioning,
  password: database.password.reveal(),
  blocked: firewall.blocked.length,
});

const open = { prepared: false, commissioning: 'on', password: 'first-password', blocked: 0 };
const locked = { prepared: true, commissioning: 'off', password: `${canary}-1`, blocked: 2 };
const blockedBefore: SiteWorld['firewall']['blocked'] = [
  { address: '0.0.0.0', port: 1433, protocol: 'tcp', purpose: 'T-SQL' },
  { address: '0.0.0.0', port: 1434, protocol: 'udp', purpose: 'Browser' },
];
const lost = failure('connection-lost');

describe('The guided lockdown', () => {
  it('shows everything before it is done, and does nothing meanwhile', async () => {
    const world = new SiteWorld();
    const { body } = valueOf(await new RunLockdown(world.lockdownParts()).plan(asked));
    expect(body.steps.map(({ id }) => id)).toEqual([
      'prepare',
      'rotate',
      'commissioning-off',
      'secure-mode-on',
      'verify',
    ]);
    expect(body.steps.map(({ changes }) => changes.length > 0)).toEqual([true, true, true, true, false]);
    expect(site(world)).toEqual(open);
    expect(world.lockdownJournal.files).toEqual([]);
  });

  it('does every step, proves every claim, and takes everything back', async () => {
    const world = new SiteWorld();
    const outcome = valueOf(await run(world));
    expect(site(world)).toEqual(locked);
    expect(stands(world)).toEqual(['finished', 'done', 'done', 'done', 'done', 'done']);
    expect(outcome.claims.every(({ verdict }) => verdict === 'verified')).toBe(true);
    valueOf(await undo(world));
    expect(site(world)).toEqual(open);
    expect(stands(world)[0]).toBe('undone');
    expect(world.lockdownJournal.open).toBe(0);
  });

  it('keeps no password in its journal', async () => {
    const world = new SiteWorld();
    valueOf(await run(world));
    expect(world.lockdownJournal.text).not.toMatch(/C4nary|first-password|lent/);
    expect(world.lockdownJournal.text).toContain('[secret]');
  });

  it('takes back in reverse order', async () => {
    const world = new SiteWorld();
    valueOf(await run(world));
    const from = world.wire.passed.length;
    valueOf(await undo(world));
    const effects = world.wire.passed
      .slice(from)
      .filter((point) => /^(firewall: unblock|database: (commissioning on|change password|remove))$/.test(point));
    expect(effects).toEqual([
      'firewall: unblock',
      'database: commissioning on',
      'database: change password',
      'database: remove',
    ]);
  });

  it('leaves alone what was so before, and does not take it back', async () => {
    const world = new SiteWorld();
    world.database.prepared = true;
    world.firewall.blocked = blockedBefore;
    valueOf(await run(world));
    expect(stands(world)).toEqual(['finished', 'already-so', 'done', 'done', 'already-so', 'done']);
    valueOf(await undo(world));
    expect(site(world)).toEqual({ ...open, prepared: true, blocked: 2 });
  });

  it('can be run again after it was taken back or finished', async () => {
    const world = new SiteWorld();
    valueOf(await run(world));
    valueOf(await undo(world));
    valueOf(await run(world));
    expect(world.lockdownJournal.files.map(({ ended }) => ended)).toEqual([true, false]);
    valueOf(await run(world));
    expect(stands(world)).toEqual(['finished', 'already-so', 'done', 'already-so', 'already-so', 'done']);
  });
});

const failures: readonly (readonly [string, string, Failure, readonly string[]])[] = [
  [
    'prepare',
    'database: prepare',
    failure('no-right', { login: 'sa', right: 'CREATE' }),
    ['failed', 'failed', 'waiting', 'waiting', 'waiting', 'waiting'],
  ],
  [
    'rotate',
    'consumer: write',
    failure('consumer-unreadable', { consumer: 'the file', cause: 'gone' }),
    ['failed', 'done', 'failed', 'waiting', 'waiting', 'waiting'],
  ],
  [
    'commissioning-off',
    'database: commissioning off',
    failure('lock-timeout'),
    ['failed', 'done', 'done', 'failed', 'waiting', 'waiting'],
  ],
  [
    'secure-mode-on',
    'firewall: block',
    failure('firewall-failed', { cause: 'no rights' }),
    ['failed', 'done', 'done', 'done', 'failed', 'waiting'],
  ],
];

describe.each(failures)('A lockdown whose step %s failed', (_step, point, why, states) => {
  async function failing(): Promise<SiteWorld> {
    const world = new SiteWorld();
    world.wire.fail(point, why);
    expect(await run(world)).toEqual({ ok: false, error: why });
    expect(stands(world)).toEqual(states);
    return world;
  }

  it('goes on from there and keeps what was done', async () => {
    const world = await failing();
    const prepared = world.wire.passed.filter((each) => each === 'database: prepare').length;
    valueOf(await resume(world));
    expect(site(world)).toEqual(locked);
    expect(stands(world)).toEqual(['finished', 'done', 'done', 'done', 'done', 'done']);
    if (point !== 'database: prepare')
      expect(world.wire.passed.filter((each) => each === 'database: prepare')).toHaveLength(prepared);
  });

  it('is taken back from there', async () => {
    const world = await failing();
    valueOf(await undo(world));
    expect(site(world)).toEqual(open);
    expect(stands(world)[0]).toBe('undone');
  });

  it('is stopped there, keeping what was done, and can still be taken back', async () => {
    const world = await failing();
    const before = site(world);
    valueOf(await stopHere(world));
    expect(site(world)).toEqual(before);
    expect(stands(world)[0]).toBe('stopped');
    valueOf(await undo(world));
    expect(site(world)).toEqual(open);
  });
});

describe('A lockdown', () => {
  it('that failed before a step began does not take back what was so before', async () => {
    const world = new SiteWorld();
    world.firewall.blocked = blockedBefore;
    world.wire.once('database: commissioning off', () => world.wire.fail('firewall: read', lost));
    expect(codeOf(await run(world))).toBe('connection-lost');
    expect(stands(world)).toEqual(['failed', 'done', 'done', 'done', 'failed', 'waiting']);
    valueOf(await resume(world));
    expect(stands(world)).toEqual(['finished', 'done', 'done', 'done', 'already-so', 'done']);
    valueOf(await undo(world));
    expect(site(world)).toEqual({ ...open, blocked: 2 });
  });

  it('that failed before a step began is taken back from there without that step, in the plan and in the deed', async () => {
    const world = new SiteWorld();
    world.firewall.blocked = blockedBefore;
    world.wire.once('database: commissioning off', () => world.wire.fail('firewall: read', lost));
    expect(codeOf(await run(world))).toBe('connection-lost');
    const plan = valueOf(await new UndoLockdown(world.lockdownParts()).plan(setup));
    expect(plan.body.steps.map(({ id }) => id)).toEqual(['commissioning-off', 'rotate', 'prepare']);
    valueOf(await undo(world));
    expect(site(world)).toEqual({ ...open, blocked: 2 });
  });

  it('does not do a step that would do something else than was shown', async () => {
    const world = new SiteWorld();
    world.wire.once('database: prepare', () => {
      world.firewall.describe = () => ['drop everything'];
    });
    const answer = await run(world);
    expect(codeOf(answer)).toBe('plan-outdated');
    expect(sentenceOf(answer)).toContain('"Switch secure mode on" would do something else than was shown');
    expect(world.firewall.blocked).toEqual([]);
    expect(stands(world)).toEqual(['failed', 'done', 'done', 'done', 'failed', 'waiting']);
  });

  it('that is asked to stop does so between two steps, and is continued from there', async () => {
    const world = new SiteWorld();
    let stop = false;
    world.wire.once('database: prepare', () => (stop = true));
    expect(codeOf(await run(world, () => stop))).toBe('cancelled');
    expect(stands(world)).toEqual(['interrupted', 'done', 'waiting', 'waiting', 'waiting', 'waiting']);
    valueOf(await resume(world));
    expect(site(world)).toEqual(locked);
  });

  it('that failed on the way back goes on backwards', async () => {
    const world = new SiteWorld();
    valueOf(await run(world));
    world.wire.fail('database: commissioning on', failure('lock-timeout'));
    expect(codeOf(await undo(world))).toBe('lock-timeout');
    expect(stands(world)[0]).toBe('failed');
    expect(
      valueOf(await new ResumeLockdown(world.lockdownParts(), new UndoLockdown(world.lockdownParts())).plan(setup)).body
        .title,
    ).toBe('Take the guided lockdown back');
    valueOf(await resume(world));
    expect(site(world)).toEqual(open);
  });

  it('whose former password the server refuses to take back says so each time, and never that it was taken back', async () => {
    const world = new SiteWorld();
    valueOf(await run(world));
    world.wire.fail('database: change password', failure('password-refused', { login, text: 'used before' }), 2);
    for (let again = 0; again < 2; again += 1) expect(codeOf(await undo(world))).toBe('password-refused');
    expect(stands(world)[0]).toBe('failed');
    world.expectAWayIn('after two refusals');
    valueOf(await undo(world));
    expect(site(world)).toEqual(open);
  });

  it('that never was cannot be continued, taken back or stopped', async () => {
    const world = new SiteWorld();
    for (const act of [resume, undo, stopHere]) expect(codeOf(await act(world))).toBe('nothing-to-resume');
  });

  it('whose verification refutes a claim fails there, with the claim', async () => {
    const world = new SiteWorld();
    // The other machine is let in again after secure mode was proved, before everything is verified once more.
    world.wire.once('probe, answered', () => (world.firewall.leaks = world.firewall.blocked));
    const answer = await run(world);
    expect(sentenceOf(answer)).toContain('not shown: another machine cannot connect');
    expect(stands(world)).toEqual(['failed', 'done', 'done', 'done', 'done', 'failed']);
  });

  it('asks what preparing asks, where the guard would break statements of the software', async () => {
    const world = new SiteWorld();
    world.survey = withModule('INSERT INTO dbo.Controllers (Name) OUTPUT inserted.ControllerId VALUES (1);').survey;
    expect(valueOf(await new RunLockdown(world.lockdownParts()).plan(asked)).body.consent).toContain('334');
  });

  it('asks for consent to be taken back, and not to go on', async () => {
    const world = new SiteWorld();
    expect(valueOf(await new RunLockdown(world.lockdownParts()).plan(asked)).body.consent).toBeNull();
    valueOf(await run(world));
    expect(valueOf(await new UndoLockdown(world.lockdownParts()).plan(setup)).body.consent).toContain(
      'Take the lockdown back?',
    );
  });
});

describe('A lockdown that a power cut ended', () => {
  it('at every point is continued to its end by the next start', async () => {
    let points = 0;
    for (let point = 0; ; point += 1) {
      const world = new SiteWorld();
      if (!(await world.interruptedAt(point, async () => await run(world)))) break;
      const where = `at ${point}: ${world.wire.passed.at(-1)}`;
      world.expectAWayIn(where);
      const [state] = stands(world);
      if (state === 'finished') continue;
      points += 1;
      expect(codeOf(await (state === 'none' ? run(world) : resume(world))), where).toBe('ok');
      expect({ ...site(world), password: '' }, where).toEqual({ ...locked, password: '' });
      expect(stands(world)[0], where).toBe('finished');
    }
    expect(points).toBeGreaterThan(80);
  });

  it('at every point is taken back by the next start', async () => {
    for (let point = 0; ; point += 1) {
      const world = new SiteWorld();
      if (!(await world.interruptedAt(point, async () => await run(world)))) break;
      const where = `at ${point}: ${world.wire.passed.at(-1)}`;
      if (stands(world)[0] === 'none') expect(site(world), where).toEqual(open);
      else {
        expect(codeOf(await undo(world)), where).toBe('ok');
        expect(site(world), where).toEqual(open);
      }
    }
  });

  it('on its way back is taken back to its end by the next start', async () => {
    for (let point = 0; ; point += 1) {
      const world = new SiteWorld();
      valueOf(await run(world));
      const from = world.wire.passed.length;
      if (!(await world.interruptedAt(from + point, async () => await undo(world)))) break;
      const where = `at ${point}: ${world.wire.passed.at(-1)}`;
      world.expectAWayIn(where);
      if (stands(world)[0] === 'undone') continue;
      expect(codeOf(await undo(world)), where).toBe('ok');
      expect(site(world), where).toEqual(open);
    }
  });
});
