import { describe, expect, it } from 'vitest';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { Trust } from '#shared/site-profile.ts';
import { definitionHash, driftOf, otherTriggersOf, refuting, expectedModules } from '#electron/site/drift.ts';
import { asleepBefore, commissioningOf, controllersOf, serverOf, sessionsOf } from '#electron/site/status-view.ts';
import {
  controllerRow,
  guardHashes,
  notPrepared,
  now,
  profile,
  session,
  siteStatus,
  soundGuards,
  stateRow,
} from './sample-status.ts';

const namesOf = (status: SiteStatus) => driftOf(status, guardHashes).map(({ name }) => name);
const guards = (name: string, different: Partial<SiteStatus['guards'][number]>) =>
  soundGuards.map((guard) => (guard.name === name ? { ...guard, ...different } : guard));
const on = stateRow({ state: 'on' });

/** What somebody did to the site, and the drift that names it. */
const drifts: readonly (readonly [string, SiteStatus, readonly string[]])[] = [
  ['nothing', siteStatus(), []],
  ['a guard is dropped', siteStatus({ guards: soundGuards.slice(1) }), ['Guard missing']],
  ['both guards are dropped', siteStatus({ guards: [] }), ['Guard missing', 'Guard missing']],
  [
    'a guard is disabled',
    siteStatus({ guards: guards('mortise_guard_identity', { disabled: true }) }),
    ['Guard disabled'],
  ],
  [
    'a guard is altered',
    siteStatus({ guards: guards('mortise_guard_identity', { definitionHash: 'cc' }) }),
    ['Guard altered'],
  ],
  [
    'a guard is encrypted',
    siteStatus({ guards: guards('mortise_guard_membership', { definitionHash: '' }) }),
    ['Guard unreadable'],
  ],
  ['the state row is deleted', siteStatus({ state: undefined }), ['State missing']],
  ['the truncate stop is dropped', siteStatus({ truncateStop: false }), ['Truncate stop missing']],
  ['the database is moved to another server', siteStatus({ server: { instance: 'OTHER' } }), ['Another server']],
  ['the database is restored', siteStatus({ server: { recoveryFork: 'e1e1' } }), ['Another server']],
  ['the incarnation cannot be read any more', siteStatus({ server: { recoveryFork: null } }), ['Another server']],
  ['a controller is deleted', siteStatus({ counts: { total: 2, bound: 2, missing: 1 } }), ['Register differs']],
  ['a controller is re-keyed', siteStatus({ counts: { bound: 2, changed: 1 } }), ['Register differs']],
  ['a controller is added', siteStatus({ counts: { total: 4 } }), ['Register differs']],
  ['the register is emptied', siteStatus({ registered: 0, counts: { bound: 0 } }), ['Register differs']],
  [
    'everything at once',
    siteStatus({
      guards: guards('mortise_guard_membership', { disabled: true }),
      truncateStop: false,
      server: { instance: 'OTHER' },
      counts: { total: 4, bound: 2, changed: 1, missing: 2 },
    }),
    [
      'Guard disabled',
      'Truncate stop missing',
      'Another server',
      'Register differs',
      'Register differs',
      'Register differs',
    ],
  ],
];

const altered = (definitionHash: string) => [{ name: 'effective_state', type: 'IF', definitionHash, disabled: false }];

const locked = (seen: SiteStatus) => Buffer.from(otherTriggersOf(seen)).toString('hex');
const namesAfter = (accepted: SiteStatus, seen: SiteStatus) =>
  namesOf({ ...seen, state: stateRow({ otherTriggers: locked(accepted) }) });

describe('Drift', () => {
  it.each(drifts)('is named when %s', (_what, status, names) => {
    expect(namesOf(status)).toEqual(names);
  });

  it('says what it means and what to do, each time', () => {
    for (const [, status] of drifts) {
      for (const { name, meaning, next } of driftOf(status, guardHashes)) {
        expect(meaning, name).toMatch(/^[A-Z0-9].*\.$/);
        expect(next, name).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it('counts the controllers that differ, in the right number', () => {
    const meanings = driftOf(siteStatus({ counts: { total: 4, bound: 1, changed: 1, missing: 2 } }), guardHashes);
    expect(meanings.map(({ meaning }) => meaning)).toEqual([
      '2 controllers are registered and no longer in the table.',
      '1 controller is in the table with another identity.',
      '2 controllers are in the table and not registered.',
    ]);
  });

  it('names only the guards while commissioning mode is on: the rest is not in force then', () => {
    const open = { state: on, truncateStop: false, counts: { total: 9 }, server: { instance: 'OTHER' } };
    expect(namesOf(siteStatus(open))).toEqual([]);
    expect(namesOf(siteStatus({ ...open, guards: [] }))).toEqual(['Guard missing', 'Guard missing']);
  });

  it('counts what differs when it was locked by time, as what the opening was for', () => {
    const relocked = siteStatus({ state: stateRow({ state: 'locked-by-time' }), counts: { total: 4 } });
    expect(namesOf(relocked)).toEqual([]);
    expect(commissioningOf(relocked, guardHashes)).toMatchObject({ state: 'locked-by-time', unreviewed: 1 });
  });

  it('says that the truncate stop is not there when it was locked by time, and what puts it back', () => {
    const relocked = siteStatus({ state: stateRow({ state: 'locked-by-time' }), truncateStop: false });
    expect(driftOf(relocked, guardHashes)).toMatchObject([
      { name: 'Truncate stop missing', wayOut: 'commissioning.off' },
    ]);
  });

  it('names no drift while the guard is taken down for an upgrade, but that of the server', () => {
    const down = { state: stateRow({ state: 'upgrading' }), guards: [], truncateStop: false } as const;
    expect(namesOf(siteStatus(down))).toEqual([]);
  });

  it('names what goes past a guard that stands', () => {
    const insteadOf = { name: 'vendor', disabled: false, insteadOf: true, definitionHash: 'ff', first: false };
    expect(namesOf(siteStatus({ nestedTriggers: false }))).toEqual(['Nested triggers off']);
    expect(namesOf(siteStatus({ nestedTriggers: null }))).toEqual([]);
    expect(namesOf(siteStatus({ guards: [...soundGuards, insteadOf] }))).toEqual(['INSTEAD OF trigger']);
    expect(namesOf(siteStatus({ guards: guards('mortise_guard_membership', { first: false }) }))).toEqual([
      'Guard not first',
    ]);
  });

  it('names a procedure or function that is gone, altered or hidden', () => {
    expect(namesOf(siteStatus({ objects: [] }))).toEqual(['Module missing']);
    expect(namesOf(siteStatus({ objects: altered('dd') }))).toEqual(['Module altered']);
    expect(namesOf(siteStatus({ objects: altered('') }))).toEqual(['Module unreadable']);
  });

  it('names a module that is switched off', () => {
    const disabled = siteStatus().objects.map((each) => ({ ...each, disabled: true }));
    expect(namesOf(siteStatus({ objects: disabled }))).toEqual(['Module disabled']);
  });

  it.each<[string, SiteStatus, string]>([
    ['opened', siteStatus({ state: stateRow({ state: 'on', asDecided: false }) }), 'commissioning.off'],
    ['closed', siteStatus({ state: stateRow({ asDecided: false }) }), 'commissioning.on'],
    ['rehearsing', siteStatus({ state: stateRow({ state: 'rehearsing', asDecided: false }) }), 'commissioning.off'],
  ])('names a state that was written past Mortise: %s', (_what, status, wayOut) => {
    expect(driftOf(status, guardHashes)).toMatchObject([{ name: 'State edited', wayOut }]);
  });

  it('names rows of the register that do not fit their digest', () => {
    expect(driftOf(siteStatus({ damaged: 2 }), guardHashes)).toMatchObject([
      { name: 'Register damaged', wayOut: 'commissioning.renewRegister' },
    ]);
  });

  it('names what the run login lacks and what it has too much, and lets neither refute "off"', () => {
    const gone = driftOf(siteStatus({ rights: { switch: false } }), guardHashes);
    expect(gone).toMatchObject([{ name: 'Rights gone', wayOut: 'site.restoreGuard' }]);
    for (const rights of [{ alterTable: true }, { writeState: true }, { sysadmin: true, alterTable: true }]) {
      const more = driftOf(siteStatus({ rights }), guardHashes);
      expect(more).toMatchObject([{ name: 'Rights too many', wayOut: null }]);
      expect(refuting([...gone, ...more])).toEqual([]);
    }
    const nested = driftOf(siteStatus({ nestedTriggers: false }), guardHashes);
    expect([nested.length, refuting(nested).length]).toEqual([1, 0]);
    expect(refuting(driftOf(siteStatus({ guards: [] }), guardHashes))).toHaveLength(2);
  });

  it('names other triggers than those that were there when it was locked', () => {
    const vendor = { name: 'vendor_audit', disabled: false, insteadOf: false, definitionHash: 'ff', first: false };
    const without = siteStatus();
    const including = siteStatus({ guards: [...soundGuards, vendor] });
    expect([namesAfter(without, without), namesAfter(including, including)]).toEqual([[], []]);
    expect([namesAfter(without, including), namesAfter(including, without)]).toEqual([
      ['Other triggers'],
      ['Other triggers'],
    ]);
    const altered = siteStatus({ guards: [...soundGuards, { ...vendor, definitionHash: 'ee' }] });
    expect(namesAfter(including, altered)).toEqual(['Other triggers']);
  });

  it('leaves triggers of others alone', () => {
    const foreign = { name: 'vendor_audit', disabled: true, insteadOf: false, definitionHash: 'ff', first: false };
    expect(namesOf(siteStatus({ guards: [...soundGuards, foreign] }))).toEqual([]);
  });
});

describe('Commissioning mode as shown', () => {
  it('is not prepared where our objects are missing, whatever else is read', () => {
    expect(commissioningOf(notPrepared, guardHashes)).toEqual({ state: 'not-prepared' });
  });

  it('is half prepared where only a part of our objects is there, and names it', () => {
    const left = { ...notPrepared, guards: soundGuards.slice(0, 1), objects: siteStatus().objects };
    expect(commissioningOf(left, guardHashes)).toEqual({
      state: 'half-prepared',
      found: ['mortise_guard_membership', 'mortise.site_state', 'mortise.effective_state'],
    });
    expect(commissioningOf({ ...notPrepared, own: { schema: true, agent: true } }, guardHashes)).toEqual({
      state: 'half-prepared',
      found: ['the schema mortise', 'the user mortise_agent'],
    });
  });

  it('is what the state row says, with since when, by whom and why', () => {
    const until = new Date('2026-11-21T22:00:00.000Z');
    const shown = commissioningOf(siteStatus({ state: stateRow({ state: 'on', openUntil: until }) }), guardHashes);
    expect(shown).toEqual({
      state: 'on',
      since: '2026-11-21T18:00:00.000Z',
      by: 'SITE\\ines',
      reason: 'Handover',
      until: '2026-11-21T22:00:00.000Z',
      registered: 3,
      unreviewed: 0,
      drift: [],
    });
    expect(commissioningOf(siteStatus({ state: stateRow({ state: 'locked-by-time' }) }), guardHashes)).toMatchObject({
      state: 'locked-by-time',
    });
  });

  it('is never a plain "off" when the state row is gone: the drift stands beside it', () => {
    const shown = commissioningOf(siteStatus({ state: undefined }), guardHashes);
    expect(shown).toMatchObject({ by: 'nobody known', drift: [{ name: 'State missing' }] });
  });
});

const isAsleep = (lastSeen: Date | null) =>
  controllersOf(siteStatus({ controllers: [controllerRow({ lastSeen })] }), profile, now).listed[0]?.asleep;

describe('Controllers as shown', () => {
  it('counts as new what is in the table and not in the register', () => {
    const counts = { total: 10, bound: 6, changed: 1, missing: 2, asleep: 3, unsupported: 1 };
    expect(controllersOf(siteStatus({ counts }), profile, now)).toMatchObject({ ...counts, new: 3 });
  });

  it('are all unregistered, and none is new, while the register is empty', () => {
    const controllers = [controllerRow({ state: 'new' }), controllerRow({ key: '2', state: 'unregistered' })];
    const shown = controllersOf(siteStatus({ registered: 0, counts: { bound: 0 }, controllers }), profile, now);
    expect(shown.new).toBe(0);
    expect(shown.listed.map(({ state }) => state)).toEqual(['unregistered', 'unregistered']);
  });

  it('are asleep after 2.5 heartbeats, and not a moment before', () => {
    const before = asleepBefore(profile, now);
    expect(now.getTime() - before.getTime()).toBe(150_000);
    expect(isAsleep(now)).toBe(false);
    expect(isAsleep(before)).toBe(false);
    expect(isAsleep(new Date(before.getTime() - 1))).toBe(true);
    expect(isAsleep(null)).toBe(true);
  });

  it('asleep is not missing, and missing is not asleep', () => {
    const controllers = [controllerRow({ lastSeen: null }), controllerRow({ lastSeen: null, state: 'missing' })];
    expect(
      controllersOf(siteStatus({ controllers }), profile, now).listed.map(({ state, asleep }) => [state, asleep]),
    ).toEqual([
      ['bound', true],
      ['missing', false],
    ]);
  });

  it('are marked where the next version drops their model', () => {
    const controllers = [controllerRow({ model: 'ACU-1 (legacy)' }), controllerRow({ model: 'ACU-2' })];
    expect(controllersOf(siteStatus({ controllers }), profile, now).listed.map(({ supported }) => supported)).toEqual([
      false,
      true,
    ]);
  });
});

const certificate = (trust: Trust, encrypted = true) =>
  serverOf(siteStatus({ server: { encrypted } }), { endpoint: { ...profile.endpoint, trust } }).connection.certificate;

describe('The server as shown', () => {
  it('has its size in megabytes of 128 pages and its last backup, or none', () => {
    expect(serverOf(siteStatus(), profile)).toMatchObject({ sizeMegabytes: 10, lastBackup: null });
    const backup = new Date('2026-11-20T01:00:00.000Z');
    expect(serverOf(siteStatus({ server: { sizePages: 1293, lastBackup: backup } }), profile)).toMatchObject({
      sizeMegabytes: 10.1,
      lastBackup: '2026-11-20T01:00:00.000Z',
    });
  });

  it('says what the certificate was judged by, and trusts nothing that is not encrypted', () => {
    expect(certificate({ kind: 'ca', certificate: null })).toBe('verified');
    expect(certificate({ kind: 'pinned', certificate: 'pem' })).toBe('pinned');
    expect(certificate({ kind: 'loopback-unverified' })).toBe('not-verified');
    expect(certificate({ kind: 'ca', certificate: null }, false)).toBe('not-verified');
    expect(certificate({ kind: 'pinned', certificate: 'pem' }, false)).toBe('not-verified');
  });

  it('has its sessions, each with where it comes from', () => {
    const sessions = [session(), session({ address: '10.0.0.9' }), session({ transport: 'Named pipe', address: '' })];
    expect(sessionsOf(siteStatus({ sessions })).map(({ origin }) => origin)).toEqual([
      'local',
      'remote',
      'cannot-tell',
    ]);
  });
});

describe('The guards as expected', () => {
  it('hash as SQL Server hashes an nvarchar, that is as UTF-16', () => {
    // echo -n 'a' | iconv -t utf-16le | sha256sum
    expect(definitionHash('a')).toBe('ffe9aaeaa2a2d5048174df0b80599ef0197ec024c4b051bc9860cff58ef7f9f3');
  });

  it('are taken from the batches that create them', () => {
    const batches = [
      { id: '40-guard-membership', text: 'one' },
      { id: '41-guard-identity', text: 'two' },
    ];
    expect([...expectedModules(batches)]).toEqual([
      ['mortise_guard_membership', definitionHash('one')],
      ['mortise_guard_identity', definitionHash('two')],
    ]);
  });
});
