import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { RunLoginAttempts } from '#electron/database/run-login/run-credentials.ts';
import type { Credential } from '#electron/database/site-database.ts';
import { codeOf } from '#tests/unit/shared/result-of.ts';

const login = 'mortise_run';

/** A server that takes one password, a store that keeps some, and a clock. */
function ground(kept: readonly string[], inForce: string) {
  const world = { kept: [...kept], inForce, now: 0, attempts: [] as string[] };
  const credentials = async () => {
    await Promise.resolve();
    const [first, ...more] = world.kept.map((text): Credential => ({ login, secret: new Secret(text) }));
    return first === undefined ? failed(failure('secret-unknown', { login })) : succeed([first, ...more] as const);
  };
  const attempts = new RunLoginAttempts(credentials, () => world.now);
  const ask = async () =>
    codeOf(
      await attempts.with(async ({ secret }) => {
        world.attempts.push(secret.reveal());
        await Promise.resolve();
        return secret.reveal() === world.inForce ? succeed('in') : failed(failure('login-refused', { login }));
      }),
    );
  return { world, attempts, ask };
}

describe("Mortise's own login", () => {
  it('is not locked out by a screen that is refreshed: a refused password is tried once in ten minutes', async () => {
    const { world, ask } = ground(['stale'], 'changed by somebody');
    for (let times = 0; times < 50; times += 1) expect(await ask()).toBe('login-refused');
    expect(world.attempts).toEqual(['stale']);
    world.now = 10 * 60 * 1000;
    expect(await ask()).toBe('login-refused');
    expect(world.attempts).toHaveLength(2);
  });

  it('gets in at once with another password that is kept, and when a person asks for another try', async () => {
    const { world, attempts, ask } = ground(['stale'], 'new');
    await ask();
    world.kept = ['new'];
    expect(await ask()).toBe('ok');
    world.inForce = 'back again';
    world.kept = ['back again'];
    expect(await ask()).toBe('ok');
    world.inForce = 'stale';
    world.kept = ['stale'];
    expect(await ask()).toBe('login-refused');
    attempts.tryAgain();
    expect(await ask()).toBe('ok');
  });

  it('gets in with either of two while its own rotation is open, and tries the refused one no more', async () => {
    const { world, ask } = ground(['old', 'pending'], 'pending');
    for (let times = 0; times < 5; times += 1) expect(await ask()).toBe('ok');
    expect(world.attempts.filter((text) => text === 'old')).toHaveLength(1);
  });

  it('gets in with the former one again after the server took it back', async () => {
    const { world, attempts, ask } = ground(['old', 'pending'], 'pending');
    await ask();
    world.inForce = 'old';
    attempts.isInForce(new Secret('old'));
    expect(await ask()).toBe('ok');
  });

  it('passes on what says nothing of the password, and forgets nothing for it', async () => {
    const { attempts, world } = ground(['old', 'pending'], 'pending');
    const gone = failed(failure('connection-lost'));
    expect(codeOf(await attempts.with(async () => await Promise.resolve(gone)))).toBe('connection-lost');
    expect(world.attempts).toEqual([]);
  });
});
