import { expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { RotationWorld } from './fakes/rotation-world.ts';

it('A copy that was changed between the plan and the first step is adopted by no rotation, and nothing is stopped', async () => {
  const world = new RotationWorld();
  const right = world.consumer.held;
  world.wire.once('journal: before stage, answered', () => {
    world.consumer.held = new Secret('typed meanwhile');
  });
  expect(codeOf(await world.rotate())).toBe('consumer-differs');
  expect(world.record).toBeUndefined();
  expect(world.services.stops).toBe(0);
  expect(world.database.refused).toBe(1);
  expect(world.journal.files.every(({ ended }) => ended)).toBe(true);
  world.consumer.held = right;
  valueOf(await world.rotate());
  world.expectSettled();
});
