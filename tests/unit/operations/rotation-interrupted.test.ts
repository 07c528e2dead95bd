import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import { Secret } from '#shared/secret.ts';
import { quietRun } from '#electron/operations/run.ts';
import { RotateLogin } from '#electron/operations/rotation/rotate-login.ts';
import type { RotationBegun } from '#electron/operations/rotation/rotation-journal.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { canary, RotationWorld } from './fakes/rotation-world.ts';

vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

interface Course {
  readonly what: string;
  /** What was done before, undisturbed. */
  readonly before: (world: RotationWorld) => Promise<void>;
  readonly to: RotationBegun['to'];
  readonly stopRequested?: () => boolean;
  /** The code that an undisturbed run ends with. */
  readonly ends: string;
}

const nothing = async () => await Promise.resolve();
const refused = failure('password-refused', { login, text: 'used before' });

const courses: readonly Course[] = [
  { what: 'a first rotation', before: nothing, to: 'generated', ends: 'ok' },
  {
    what: 'a second rotation',
    before: async (world) => void valueOf(await world.rotate()),
    to: 'generated',
    ends: 'ok',
  },
  {
    what: 'putting the former password back',
    before: async (world) => void valueOf(await world.rotate()),
    to: 'previous',
    ends: 'ok',
  },
  {
    what: 'going back from a refused password',
    before: async (world) => {
      await nothing();
      world.wire.fail('database: change password', refused);
    },
    to: 'generated',
    ends: 'password-refused',
  },
  {
    what: 'going back from a cancelled first rotation',
    before: nothing,
    to: 'generated',
    stopRequested: () => true,
    ends: 'cancelled',
  },
  {
    what: 'finishing one that stood open',
    before: async (world) => {
      world.wire.fail('consumer: write', failure('consumer-unreadable', { consumer: 'the file', cause: 'gone' }));
      await world.rotate();
    },
    to: 'generated',
    ends: 'ok',
  },
];

describe.each(courses)('$what, ended by a power cut', ({ before, to, stopRequested, ends }) => {
  /** Ends one run after the other at each point in turn, and looks at what is left. */
  async function atEveryPoint(look: (world: RotationWorld, where: string) => Promise<void>): Promise<number> {
    for (let point = 0; ; point += 1) {
      const world = new RotationWorld();
      await before(world);
      const from = world.wire.passed.length;
      const run = async () => await world.rotate(to, stopRequested);
      if (!(await world.interruptedAt(from + point, run))) return point;
      await look(world, `at ${point}: ${world.wire.passed.at(-1)}`);
    }
  }

  it('ends as it should when it is left alone', async () => {
    const world = new RotationWorld();
    await before(world);
    expect(codeOf(await world.rotate(to, stopRequested))).toBe(ends);
    world.expectSettled();
  });

  it('at every point leaves a stored password that logs in', async () => {
    const points = await atEveryPoint(async (world, where) => {
      world.expectAWayIn(where);
      expect(world.journal.text, where).not.toMatch(new RegExp(`${canary}|first-password`));
      await nothing();
    });
    expect(points).toBeGreaterThan(25);
  });

  it('at every point is brought to an end by the next run, without a refused login', async () => {
    await atEveryPoint(async (world, where) => {
      const refusedBefore = world.database.refused;
      const again = await world.rotate();
      expect(codeOf(again), where).toMatch(/^(ok|password-refused)$/);
      world.expectSettled(where);
      // Where a rotation ended between the switch and its record, one login tells which password holds.
      expect(world.database.refused - refusedBefore, where).toBeLessThanOrEqual(1);
    });
  });

  it('at every point says what is so, and proves it, in the run that finishes it', async () => {
    await atEveryPoint(async (world, where) => {
      const again = await world.rotate();
      if (!again.ok) return;
      const changed = world.database.password.reveal() !== 'first-password';
      expect(again.value.summary, where).toContain(changed ? 'has a new password everywhere' : 'password');
      expect(again.value.summary.startsWith('Nothing had been changed'), where).toBe(false);
      expect(again.value.claims.length, where).toBeGreaterThanOrEqual(2);
    });
  });

  it('at every point can be put back by the next run, where there is something to put back', async () => {
    await atEveryPoint(async (world, where) => {
      const back = await world.rotate('previous');
      expect(codeOf(back), where).toMatch(/^(ok|already-so|password-refused)$/);
      if (world.journal.files.length > 0) world.expectSettled(where);
      // What was rotated once is put back to where it began.
      if (back.ok && before === nothing) expect(world.database.password.reveal(), where).toBe('first-password');
    });
  });

  it('at every point survives a second power cut in the run that finishes it', async () => {
    // Every point of the first run with some of the second: all pairs would say no more.
    await atEveryPoint(async (world, where) => {
      const from = world.wire.passed.length;
      await world.interruptedAt(from + 9 + (from % 17), async () => await world.rotate());
      world.expectAWayIn(where);
      expect(codeOf(await world.rotate()), where).toMatch(/^(ok|password-refused)$/);
      world.expectSettled(where);
    });
  });
});

it('A service that was started on the way back and did not get in is started again by the next run', async () => {
  const world = new RotationWorld();
  const ended = new Error('the process was ended');
  world.wire.once('services: stop, answered', () => {
    throw ended;
  });
  await expect(world.rotate()).rejects.toBe(ended);
  world.journal.open = 0;
  world.services.cannotLogIn = true;
  expect(codeOf(await world.rotate('previous'))).toBe('service-did-not-log-in');
  world.services.cannotLogIn = false;
  expect(codeOf(await world.rotate('previous'))).toBe('ok');
  world.expectUntouched();
});

it('A reset that stands open is taken back on the server also where that does not tell when a password was set', async () => {
  const world = new RotationWorld();
  world.database.facts = { ...world.database.facts, passwordSetAt: null };
  valueOf(await world.rotate());
  const former = world.database.password;
  const administrator = { login: 'site_admin', secret: new Secret('the administrator’s') };
  const asAdministrator = async (to: RotationBegun['to']) => {
    const draft = valueOf(await new RotateLogin({ ...world.parts(), administrator }, to).plan({ login }));
    return await draft.apply(quietRun('run'));
  };
  world.wire.fail('consumer: write', failure('consumer-unreadable', { consumer: 'the file', cause: 'gone' }));
  expect(codeOf(await asAdministrator('generated'))).toBe('consumer-unreadable');
  expect(world.database.password.equals(former)).toBe(false);
  expect(codeOf(await asAdministrator('previous'))).toBe('ok');
  expect(world.database.password.reveal()).toBe(former.reveal());
  world.expectSettled();
});
