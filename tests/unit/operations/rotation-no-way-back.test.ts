import { expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import { codeOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { RotationWorld } from './fakes/rotation-world.ts';

vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

it('A rotation whose way back the server refuses goes forward, so that the service runs again, and says so', async () => {
  const world = new RotationWorld();
  world.wire.fail('consumer: write', failure('consumer-unreadable', { consumer: 'the file', cause: 'gone' }));
  expect(codeOf(await world.rotate())).toBe('consumer-unreadable');
  expect(world.services.processId).toBeNull();
  const inForce = world.database.password;
  world.wire.fail('database: change password', failure('password-refused', { login, text: 'used before' }));
  expect(codeOf(await world.rotate('previous'))).toBe('password-refused');
  world.expectSettled();
  expect(world.database.password.equals(inForce)).toBe(true);
  expect(world.services.processId).not.toBeNull();
  // When the server takes it after all, the former one can still be put back.
  expect(codeOf(await world.rotate('previous'))).toBe('ok');
  expect(world.database.password.reveal()).toBe('first-password');
});
