import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { Secret } from '#shared/secret.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { canary, RotationWorld } from './fakes/rotation-world.ts';

// The same question, three times without a pause.
vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

const kinds = (world: RotationWorld) => world.journal.files.at(-1)?.records.map(({ kind }) => kind) ?? [];

describe('A rotation', () => {
  it('changes the password on the server, in the file and in the store, and keeps the former one', async () => {
    const world = new RotationWorld();
    const outcome = valueOf(await world.rotate());
    expect(world.database.password.reveal()).toBe(`${canary}-1`);
    expect(world.record?.previous?.reveal()).toBe('first-password');
    world.expectSettled();
    expect(outcome.claims.map(({ verdict }) => verdict)).toEqual(['verified', 'verified']);
  });

  it('does its effects in the order of the protocol', async () => {
    const world = new RotationWorld();
    const before = world.wire.passed.length;
    valueOf(await world.rotate());
    const effects = world.wire.passed
      .slice(before)
      .filter((point) =>
        /^(store: write|services: (stop|start)|database: change password|consumer: write)$/.test(point),
      );
    expect(effects).toEqual([
      'store: write',
      'services: stop',
      'database: change password',
      'consumer: write',
      'services: start',
      'store: write',
    ]);
  });

  it('writes down each step before and after it, and no password anywhere in it', async () => {
    const world = new RotationWorld();
    valueOf(await world.rotate());
    expect(kinds(world)).toEqual(['begun', ...Array.from({ length: 7 }, () => ['before', 'after']).flat(), 'ended']);
    expect(world.journal.text).not.toContain(canary);
    expect(world.journal.text).not.toContain('first-password');
    // The search finds what is there.
    expect(JSON.stringify({ password: world.database.password.reveal() })).toContain(canary);
  });

  it('shows its plan, its outcome and its failures without a password', async () => {
    const world = new RotationWorld();
    const draft = valueOf(await world.operation().plan({ login }));
    const outcome = await world.rotate();
    expect(JSON.stringify([draft.body, draft.rests, outcome])).not.toMatch(/C4nary|first-password/);
    expect(JSON.stringify(draft.body)).toContain('[secret]');
  });

  it('logs in once while it is planned, and changes nothing', async () => {
    const world = new RotationWorld();
    valueOf(await world.operation().plan({ login }));
    expect(world.wire.passed.filter((point) => point === 'database: try login')).toHaveLength(1);
    expect(world.wire.passed.some((point) => /write|stop|start|change|journal/.test(point))).toBe(false);
  });

  it('never tries a password that the server refuses', async () => {
    const world = new RotationWorld();
    valueOf(await world.rotate());
    valueOf(await world.rotate('previous'));
    expect(world.database.refused).toBe(0);
  });
});

const refusals: readonly (readonly [string, (world: RotationWorld) => void, string, string])[] = [
  [
    'the login is disabled',
    ({ database }) => (database.facts = { ...database.facts, disabled: true }),
    'login-not-rotatable',
    'it is disabled',
  ],
  [
    'it is locked out',
    ({ database }) => (database.facts = { ...database.facts, locked: true }),
    'login-not-rotatable',
    'it is locked out',
  ],
  [
    'its password must be changed',
    ({ database }) => (database.facts = { ...database.facts, mustChange: true }),
    'login-not-rotatable',
    'expired',
  ],
  [
    'its password has expired',
    ({ database }) => (database.facts = { ...database.facts, expired: true }),
    'login-not-rotatable',
    'expired',
  ],
  [
    'the file holds another password than the store',
    (world) =>
      world.store.records.set(login, { version: 1, current: new Secret('kept'), pending: null, previous: null }),
    'consumer-differs',
    '/acs/service.config',
  ],
  [
    'the password in the file does not work',
    ({ database }) => database.setTo(new Secret('other')),
    'login-refused',
    login,
  ],
  [
    'the file cannot be read',
    ({ wire }) => wire.fail('consumer: read', failure('consumer-unreadable', { consumer: 'the file', cause: 'gone' })),
    'consumer-unreadable',
    'gone',
  ],
  ['the keychain is locked', ({ wire }) => wire.fail('store: read', failure('keychain-locked')), 'keychain-locked', ''],
  [
    'the service cannot be inspected',
    ({ wire }) => wire.fail('services: inspect', failure('services-no-adapter')),
    'services-no-adapter',
    '',
  ],
];

describe('A rotation is not even planned', () => {
  it.each(refusals)('when %s', async (_what, given, code, sentence) => {
    const world = new RotationWorld();
    given(world);
    const answer = await world.rotate();
    expect(codeOf(answer)).toBe(code);
    expect(sentenceOf(answer)).toContain(sentence);
    expect(world.journal.files).toEqual([]);
    expect(world.services.stops).toBe(0);
  });

  it('for a login that the profile does not name', async () => {
    expect(codeOf(await new RotationWorld().operation().plan({ login: 'sa' }))).toBe('login-not-rotatable');
  });
});

const policy = failure('password-refused', { login, text: 'too short' });

/** What fails once, and what is left: everything as before, and whether the service was stopped for it. */
const goesBack: readonly (readonly [string, string, Failure, number])[] = [
  ['the record is too long to be stored', 'store: write', failure('secret-too-long'), 0],
  [
    'the service does not stop',
    'services: stop',
    failure('service-did-not-stop', { service: 'AcsService', seconds: 20 }),
    0,
  ],
  ['the policy of the server refuses the password', 'database: change password', policy, 1],
];

describe('A rotation that failed before the switch took effect', () => {
  it.each(goesBack)('goes back by itself when %s, and says why', async (_what, point, why, stops) => {
    const world = new RotationWorld();
    world.wire.fail(point, why);
    expect(await world.rotate()).toEqual({ ok: false, error: why });
    world.expectUntouched();
    expect(world.services.stops).toBe(stops);
    expect(kinds(world)).toContain('turned-back');
    valueOf(await world.rotate());
    world.expectSettled();
  });

  it('goes back when it is cancelled, whether it was the first rotation or not', async () => {
    for (const first of [true, false]) {
      const world = new RotationWorld();
      if (!first) valueOf(await world.rotate());
      const was = world.database.password;
      expect(codeOf(await world.rotate('generated', () => true))).toBe('cancelled');
      expect(world.database.password.equals(was)).toBe(true);
      expect(world.services.stops).toBe(first ? 0 : 1);
      world.expectSettled();
    }
  });

  it('goes back when it is cancelled after the service was stopped, and starts it again', async () => {
    const world = new RotationWorld();
    let asked = 0;
    // Asked before stage, before stop, before switch.
    const stop = () => (asked += 1) > 1;
    expect(codeOf(await world.rotate('generated', stop))).toBe('cancelled');
    world.expectUntouched();
  });

  it('is not cancelled any more once the switch was reached', async () => {
    const world = new RotationWorld();
    let stop = false;
    world.wire.once('database: change password', () => (stop = true));
    valueOf(await world.rotate('generated', () => stop));
    world.expectSettled();
  });
});

const unreadable = failure('consumer-unreadable', { consumer: 'the file', cause: 'the share is gone' });
const lost = failure('connection-lost');
const full = failure('disk-full', { path: 'the journal' });

const staysOpen: readonly (readonly [string, string, Failure])[] = [
  ['the keychain is locked at staging', 'store: write', failure('keychain-locked')],
  ['the connection is lost before the switch took effect', 'database: change password', lost],
  ['the file cannot be written', 'consumer: write', unreadable],
  ['the file was changed by somebody else', 'consumer: write', failure('consumer-changed', { consumer: 'the file' })],
  [
    'the service does not start',
    'services: start',
    failure('service-did-not-start', { service: 'AcsService', cause: 'it ended' }),
  ],
  ['the disk is full before a step', 'journal: before switch', full],
  ['the disk is full after the switch', 'journal: after switch', full],
  ['the disk is full before deploying', 'journal: before deploy', full],
  ['the disk is full after the proof', 'journal: after prove', full],
  ['the disk is full at the very end', 'journal: ended', full],
];

describe('A rotation that nobody can decide yet', () => {
  it.each(staysOpen)('stays open when %s, and is finished by the next run', async (what, point, why) => {
    const world = new RotationWorld();
    world.wire.fail(point, why);
    expect(await world.rotate()).toEqual({ ok: false, error: why });
    expect(world.journal.files.at(-1)?.ended).toBe(false);
    expect(world.journal.open).toBe(0);
    world.expectAWayIn(what);
    valueOf(await world.rotate());
    world.expectSettled();
    expect(world.database.refused).toBe(0);
  });

  it('stays open when the service runs but does not log in, and is finished when it does', async () => {
    const world = new RotationWorld();
    world.services.cannotLogIn = true;
    expect(codeOf(await world.rotate())).toBe('service-did-not-log-in');
    world.services.cannotLogIn = false;
    valueOf(await world.rotate());
    world.expectSettled();
  });

  it('is finished at once when the answer was lost but the switch took effect', async () => {
    const world = new RotationWorld();
    world.wire.fail('database: change password, answered', lost);
    valueOf(await world.rotate());
    world.expectSettled();
    expect(world.database.refused).toBe(0);
  });

  it('can be put back instead, and then everything is as before', async () => {
    const world = new RotationWorld();
    world.wire.fail('consumer: write', unreadable);
    expect(codeOf(await world.rotate())).toBe('consumer-unreadable');
    valueOf(await world.rotate('previous'));
    world.expectUntouched();
  });

  it('keeps another login from being rotated', async () => {
    const world = new RotationWorld();
    world.wire.fail('consumer: write', unreadable);
    await world.rotate();
    const [begun] = world.journal.files[0]?.records ?? [];
    if (begun?.kind === 'begun') Object.assign(begun, { login: 'other' });
    expect(sentenceOf(await world.rotate())).toContain('the rotation of other is not finished');
  });
});

describe('Somebody else set the password meanwhile', () => {
  it('needs a person: one attempt shows it, no more are made, and what is stored stays', async () => {
    const world = new RotationWorld();
    world.wire.once('services: stop', () => world.database.setTo(new Secret('by an administrator')));
    const answer = await world.rotate();
    expect(codeOf(answer)).toBe('rotation-needs-a-person');
    expect(sentenceOf(answer)).toContain('somebody else set its password meanwhile');
    expect(world.database.refused).toBe(1);
    expect(world.journal.files.at(-1)?.ended).toBe(false);
    expect([world.record?.current?.reveal(), world.record?.pending?.reveal()]).toEqual([
      'first-password',
      `${canary}-1`,
    ]);
  });

  it('is over when they set the former one again and the person puts it back', async () => {
    const world = new RotationWorld();
    world.wire.once('services: stop', () => world.database.setTo(new Secret('by an administrator')));
    await world.rotate();
    world.database.setTo(new Secret('first-password'));
    valueOf(await world.rotate('previous'));
    world.expectUntouched();
  });
});

const silent = () => {
  const world = new RotationWorld();
  world.database.facts = { ...world.database.facts, passwordSetAt: null };
  return world;
};

describe('A server that does not tell when a password was set', () => {
  it('is rotated all the same', async () => {
    const world = silent();
    valueOf(await world.rotate());
    world.expectSettled();
  });

  it.each(['database: change password', 'database: change password, answered', 'journal: after switch'])(
    'comes to an end when the run was ended at: %s',
    async (point) => {
      const world = silent();
      world.wire.fail(point, lost);
      const first = await world.rotate();
      world.expectAWayIn(point);
      if (!first.ok) valueOf(await world.rotate());
      world.expectSettled();
      expect(world.database.refused).toBeLessThanOrEqual(2);
    },
  );
});

describe('A place that cannot hold the new password', () => {
  it('is found out before a service is stopped or the server is told', async () => {
    const site = new RotationWorld();
    site.consumer.cannotHold = new RegExp(canary);
    expect(codeOf(await site.rotate())).toBe('consumer-unreadable');
    expect(site.services.stops).toBe(0);
    site.expectUntouched();
  });
});
