import { describe, expect, it, vi } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { canary, RotationWorld } from './fakes/rotation-world.ts';

vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

/** Every site that a power cut can leave behind, without its journal. */
async function* withoutJournal(to: 'generated' | 'previous'): AsyncGenerator<[string, RotationWorld]> {
  for (let point = 0; point < 500; point += 1) {
    const world = new RotationWorld();
    if (to === 'previous') valueOf(await world.rotate());
    if (!(await world.interruptedAt(world.wire.passed.length + point, async () => await world.rotate(to)))) return;
    world.journal.files.splice(0);
    world.database.refused = 0;
    yield [`${to}, ended at point ${point}`, world];
  }
}

describe('A rotation whose journal is lost', () => {
  it.each(['generated', 'previous'] as const)(
    'is followed by one that ends with a password made for it (%s)',
    async (to) => {
      let seen = 0;
      for await (const [where, world] of withoutJournal(to)) {
        seen += 1;
        world.expectAWayIn(where);
        expect([where, codeOf(await world.rotate())]).toEqual([where, 'ok']);
        const { record, database, consumer } = world;
        expect(database.password.reveal(), where).toContain(canary);
        expect(record?.current?.equals(database.password), where).toBe(true);
        expect(consumer.held.equals(database.password), where).toBe(true);
        expect(record?.pending, where).toBeNull();
        expect(database.refused, where).toBeLessThanOrEqual(3);
      }
      expect(seen).toBeGreaterThan(10);
    },
  );

  it('is said in the plan', async () => {
    const world = new RotationWorld();
    valueOf(await world.rotate());
    const { record } = world;
    if (record === undefined) throw new Error('nothing was stored');
    world.store.records.set(login, { ...record, pending: new Secret('left over') });
    const plan = valueOf(await world.operation().plan({ login }));
    expect(plan.body.warnings).toEqual([expect.stringContaining('its journal is missing')]);
  });

  it('is put back where the new password was in force already', async () => {
    const world = new RotationWorld();
    world.store.records.set(login, {
      version: 1,
      current: new Secret('first-password'),
      pending: new Secret('the-new-one'),
      previous: null,
    });
    world.database.setTo(new Secret('the-new-one'));
    valueOf(await world.rotate('previous'));
    expect(world.database.password.reveal()).toBe('first-password');
    expect(world.consumer.held.reveal()).toBe('first-password');
  });
});

it('A password that a file holds is adopted only when it logs in, also where a rotation had begun', async () => {
  const world = new RotationWorld();
  const ended = new Error('the process was ended');
  world.wire.once('store: write', () => {
    throw ended;
  });
  await expect(world.rotate()).rejects.toBe(ended);
  expect([world.record, world.journal.files.length]).toEqual([undefined, 1]);
  world.consumer.held = new Secret('mistyped meanwhile');
  expect(codeOf(await world.rotate())).toBe('login-refused');
  expect(world.record).toBeUndefined();
});
