import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { AdoptSecret } from '#electron/operations/rotation/adopt-secret.ts';
import { ReconcileLogin } from '#electron/operations/rotation/reconcile-login.ts';
import { VerifyLogin } from '#electron/operations/rotation/verify-login.ts';
import { ResetLogin } from '#electron/operations/rotation/reset-login.ts';
import { RotateMany } from '#electron/operations/rotation/rotate-many.ts';
import { quietRun } from '#electron/operations/run.ts';
import { setupPrincipal } from '#electron/operations/setup.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { canary, RotationWorld } from './fakes/rotation-world.ts';

vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

const administrator = { login: 'sa', password: 'known-to-a-person' };

async function reset(world: RotationWorld) {
  const draft = await new ResetLogin(world.parts(), setupPrincipal(undefined)).plan({ login, setup: administrator });
  return draft.ok ? await draft.value.apply(quietRun('run')) : draft;
}

/** Somebody set a password that nobody here knows, and the login is locked out by the service's attempts. */
function forgotten(): RotationWorld {
  const world = new RotationWorld();
  world.database.setTo(new Secret('nobody-knows-it'));
  world.database.facts = { ...world.database.facts, locked: true };
  world.database.sessions = [];
  world.database.administrator = { login: administrator.login, secret: new Secret(administrator.password) };
  return world;
}

describe('A password that an administrator sets', () => {
  it('reaches the store, the file and the service, and ends the lock-out', async () => {
    const world = forgotten();
    expect(codeOf(await world.rotate())).toBe('login-not-rotatable');
    valueOf(await reset(world));
    world.expectSettled();
    expect(world.database.facts.locked).toBe(false);
    expect(world.record?.previous).toBeNull();
  });

  it('is not even planned where the administrator mistyped their own', async () => {
    const world = forgotten();
    world.database.administrator = undefined;
    expect(codeOf(await reset(world))).toBe('login-refused');
    expect(world.journal.files).toHaveLength(0);
    expect(world.services.processId).not.toBeNull();
  });

  it('is never stored, nor written down', async () => {
    const world = forgotten();
    valueOf(await reset(world));
    const written = JSON.stringify(world.journal.files);
    expect(written).not.toContain(administrator.password);
    expect(written).toContain('administrator');
  });

  it('leaves everything as it was when the server refuses it', async () => {
    const world = forgotten();
    world.wire.fail('database: set password', failure('no-right', { login: 'sa', right: 'ALTER ANY LOGIN' }));
    expect(codeOf(await reset(world))).toBe('no-right');
    expect(world.database.password.reveal()).toBe('nobody-knows-it');
    expect(world.record?.pending ?? null).toBeNull();
    expect(world.journal.files.every(({ ended }) => ended)).toBe(true);
  });

  it('is settled by a login when the answer was lost', async () => {
    const world = forgotten();
    world.wire.fail('database: set password, answered', failure('connection-lost'));
    valueOf(await reset(world));
    world.expectSettled();
  });

  it('is carried on after a power cut at any point, and nobody is locked out', async () => {
    let point = 0;
    for (; ; point += 1) {
      const world = forgotten();
      const where = `at ${point}`;
      if (!(await world.interruptedAt(point, async () => await reset(world)))) break;
      // Before the server was told nobody knows the password: that is where it began.
      const stored = world.record === undefined ? [] : [world.record.current, world.record.pending];
      const known = stored.some((secret) => secret?.equals(world.database.password) === true);
      expect(known || world.database.password.reveal() === 'nobody-knows-it', where).toBe(true);
      valueOf(await reset(world));
      world.expectSettled(where);
    }
    expect(point).toBeGreaterThan(20);
  });
});

/** Interrupted when the server was told; then an administrator of the server set yet another one. */
async function overtaken(): Promise<RotationWorld> {
  const world = new RotationWorld();
  world.database.administrator = { login: administrator.login, secret: new Secret(administrator.password) };
  world.wire.fail('database: change password, answered', failure('server-unreachable', { endpoint: 'it' }));
  await world.rotate();
  world.database.setTo(new Secret('set-by-the-dba'));
  expect(codeOf(await world.rotate())).toBe('rotation-needs-a-person');
  return world;
}

describe('A password that somebody else sets in the middle of a rotation', () => {
  it('is replaced by an administrator, and the rotation comes to its end', async () => {
    const world = await overtaken();
    valueOf(await reset(world));
    world.expectSettled();
  });

  it('is taken in when it is typed: the rotation is over, and the copies are brought into line', async () => {
    const world = await overtaken();
    const input = { login, password: 'set-by-the-dba' };
    const adopted = valueOf(await new AdoptSecret(world.parts()).plan(input));
    expect(adopted.body.warnings.join()).toContain('ends with this');
    valueOf(await adopted.apply(quietRun('run')));
    const repair = valueOf(await new ReconcileLogin(world.parts()).plan({ login }));
    valueOf(await repair.apply(quietRun('run')));
    world.expectSettled();
    expect(world.database.password.reveal()).toBe('set-by-the-dba');
  });
});

describe('A pending password that a lost journal left behind', () => {
  it.each(['old', 'pending'])(
    'is not lost by an administrator’s rotation that is cancelled: %s in force',
    async (which) => {
      const world = forgotten();
      world.database.facts = { ...world.database.facts, locked: false };
      const [old, pending] = [new Secret('old-one'), new Secret('pending-one')];
      world.store.records.set(login, { version: 1, current: old, pending, previous: null });
      world.database.setTo(which === 'old' ? old : pending);
      const draft = valueOf(
        await new ResetLogin(world.parts(), setupPrincipal(undefined)).plan({ login, setup: administrator }),
      );
      expect(codeOf(await draft.apply(quietRun('run', { stopRequested: () => true })))).toBe('cancelled');
      world.expectAWayIn('after it was cancelled');
      valueOf(await reset(world));
      expect(world.database.password.reveal()).toContain(canary);
      world.expectSettled();
    },
  );
});

describe('Looking which password works', () => {
  it('says first that a rotation is not finished', async () => {
    const world = new RotationWorld();
    world.wire.fail('consumer: write', failure('consumer-unreadable', { consumer: 'the file', cause: 'gone' }));
    await world.rotate();
    expect(valueOf(await new VerifyLogin(world.parts()).login(login))).toMatchObject({
      verdict: 'differs',
      sentence: expect.stringContaining('The rotation of acs_service is not finished.'),
      next: 'Carry the rotation on, or take it back.',
    });
  });

  it('never says that all agrees while nobody can read whether a rotation is open', async () => {
    const world = new RotationWorld();
    valueOf(await world.rotate());
    expect(valueOf(await new VerifyLogin(world.parts()).login(login)).verdict).toBe('agrees');
    const damaged = failed(failure('journal-damaged', { path: 'the journal', record: 2 }));
    const parts = world.parts();
    const unreadable = new VerifyLogin({
      ...parts,
      journal: {
        read: async () => await Promise.resolve(damaged),
        resume: async () => await parts.journal.resume(),
        begin: async (first) => await parts.journal.begin(first),
      },
    });
    expect(valueOf(await unreadable.login(login)).verdict).toBe('unknown');
  });

  it('stops before the login is locked out by it', async () => {
    const world = new RotationWorld();
    world.store.records.set(login, {
      version: 1,
      current: new Secret('a'),
      pending: new Secret('b'),
      previous: new Secret('c'),
    });
    world.database.facts = { ...world.database.facts, policyChecked: true, badPasswords: 4 };
    const before = world.database.refused;
    const seen = valueOf(await new VerifyLogin(world.parts()).login(login));
    expect(world.database.refused - before).toBe(1);
    expect(seen).toMatchObject({
      works: { state: 'unknown', cause: { code: 'too-many-refused' } },
      verdict: 'unknown',
    });
    world.database.facts = { ...world.database.facts, badPasswords: 5 };
    valueOf(await new VerifyLogin(world.parts()).login(login));
    expect(world.database.refused - before).toBe(1);
  });
});

async function many(world: RotationWorld, logins: readonly string[]) {
  const draft = await new RotateMany(world.parts()).plan({ logins });
  return draft.ok ? await draft.value.apply(quietRun('run')) : draft;
}

describe('Several logins in one go', () => {
  it('are rotated each once, whatever was chosen twice', async () => {
    const world = new RotationWorld();
    valueOf(await many(world, [login, login]));
    expect(world.journal.files).toHaveLength(1);
    world.expectSettled();
  });

  it('say which one was not rotated, and why', async () => {
    const world = new RotationWorld();
    world.wire.fail('database: change password', failure('password-refused', { login, text: 'too short' }));
    const answer = await many(world, [login]);
    expect(codeOf(answer)).toBe('rotated-in-part');
    expect(!answer.ok && answer.error.sentence).toContain('0 of 1 logins were rotated. acs_service: ');
    world.expectUntouched();
  });

  it('are not begun while another rotation is open', async () => {
    const world = new RotationWorld();
    world.wire.fail('consumer: write', failure('consumer-unreadable', { consumer: 'the file', cause: 'gone' }));
    await world.rotate();
    expect(codeOf(await many(world, [login]))).toBe('not-allowed');
  });
});
