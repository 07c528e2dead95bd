import { describe, expect, it } from 'vitest';
import { changeNames } from '#shared/change-names.ts';
import type { ChangeName } from '#shared/change-names.ts';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { SecureMode } from '#shared/secure-mode.ts';
import type { Commissioning, Lockdown, Login } from '#shared/snapshot.ts';
import { permissionsOf } from '#electron/site/permissions.ts';
import type { PermissionGround } from '#electron/site/permissions.ts';
import { sampleSecureMode, unknownSecureMode } from '#tests/component/sample/secure-mode.ts';
import { now, profile } from './sample-status.ts';

type Commission = Commissioning['state'] | 'unknown';
const cause = failure('connection-lost');
const lost = cause.sentence;

function commissioning(state: Commission): PermissionGround['commissioning'] {
  if (state === 'unknown') return unknown(cause, now);
  if (state === 'not-prepared') return known({ state }, now);
  if (state === 'half-prepared') return known({ state, found: ['mortise.site_state'] }, now);
  const since = now.toISOString();
  return known(
    { state, since, by: 'ines', reason: 'Handover', until: null, unreviewed: 0, registered: 3, drift: [] },
    now,
  );
}

const rule = 'drop tcp 1433';
function secureMode(verdict: SecureMode['verdict'], rules: string[] = [rule]): PermissionGround['secureMode'] {
  const meant = rules.length === 0 ? null : { since: now.toISOString(), by: 'ines' };
  return sampleSecureMode({ verdict, reasons: [], rules: known(rules, now), meant: known(meant, now) });
}

function login(rotatable: boolean, previousKept: boolean): Login {
  return {
    name: 'acs_service',
    role: 'service',
    enabled: true,
    locked: false,
    policyChecked: true,
    passwordSetAt: null,
    badPasswords: null,
    consumers: [],
    services: [],
    publishedDefault: unknown(cause, now),
    passwordKnown: known('kept', now),
    rotatable: rotatable ? { possible: true } : { possible: false, why: 'It is disabled.' },
    previousKept,
  };
}

type LockdownState = Lockdown['state'];
function lockdown(state: LockdownState): Lockdown {
  if (state === 'none') return { state };
  return {
    state,
    direction: 'forward',
    id: '1',
    engineer: 'Ines',
    startedAt: now.toISOString(),
    endedAt: null,
    steps: [],
  };
}

/** A site with everything known: locked off, nothing blocked, one login that was rotated before. */
function ground(different: Partial<PermissionGround> = {}): PermissionGround {
  return {
    site: {
      id: null,
      name: profile.name,
      kind: 'training',
      endpoint: 'e',
      database: 'Acs',
      controllerTable: 'dbo.Controllers',
    },
    commissioning: commissioning('off'),
    secureMode: secureMode('not-in-force', []),
    logins: known([login(true, true)], now),
    lockdown: lockdown('none'),
    openRotation: known(null, now),
    ...different,
  };
}

/** True, or the sentence of the refusal. */
function asked(change: ChangeName, on: PermissionGround): true | string {
  const permission = permissionsOf(on)[change];
  return permission.allowed ? true : permission.why;
}

const prepareFirst = 'Prepare the site first (Database tab).';
const removeRest = "Only a part of Mortise's objects is in this database: remove the rest first (Database tab).";
const unknownSite = `The state of the site is unknown. ${lost}`;
const switchOnFirst = 'Commissioning mode is off: switch it on first.';
const rehearsing = 'The lock is being rehearsed: end the rehearsal first.';
const upgradeFirst = 'A vendor upgrade is under way: put the guard up again first.';
const stands = 'The guard stands as Mortise created it.';
const bound = 'The lock is bound to this server.';
const offBinds = 'Commissioning mode is on: switching it off binds the lock to this server.';
const offRegisters = 'Commissioning mode is on: switching it off makes the register.';

const databaseChanges = [
  'site.prepare',
  'site.remove',
  'site.beginUpgrade',
  'site.restoreGuard',
  'commissioning.off',
  'commissioning.on',
  'commissioning.rehearse',
  'commissioning.renewRegister',
  'commissioning.adoptServer',
] as const;
type DatabaseChange = (typeof databaseChanges)[number];
type Answers = Readonly<Record<DatabaseChange, true | string>>;

const allOf = (answer: true | string) =>
  Object.fromEntries(databaseChanges.map((change) => [change, answer])) as Answers;

const on: Answers = {
  'site.prepare': 'The site is prepared.',
  'site.remove': true,
  'site.beginUpgrade': true,
  'site.restoreGuard': stands,
  'commissioning.off': true,
  // Moves the time until which it is on.
  'commissioning.on': true,
  'commissioning.rehearse': true,
  'commissioning.renewRegister': offRegisters,
  'commissioning.adoptServer': offBinds,
};

const off: Answers = {
  'site.prepare': switchOnFirst,
  'site.remove': switchOnFirst,
  'site.beginUpgrade': switchOnFirst,
  'site.restoreGuard': stands,
  'commissioning.off': 'Commissioning mode is off.',
  'commissioning.on': true,
  'commissioning.rehearse': 'Commissioning mode is off: there is nothing to rehearse.',
  'commissioning.renewRegister': 'Every controller is as it is registered.',
  'commissioning.adoptServer': bound,
};

const byCommissioning: Readonly<Record<Commission, Answers>> = {
  'not-prepared': {
    ...allOf(prepareFirst),
    'site.prepare': true,
    'site.remove': 'There is nothing of Mortise in this database.',
  },
  // What is left may refuse every change: taking it away is the way out.
  'half-prepared': { ...allOf(removeRest), 'site.remove': true },
  on,
  off,
  'locked-by-time': {
    ...off,
    // What was added while it stood open is registered by switching off with a reason.
    'commissioning.off': true,
    'commissioning.rehearse': 'The site is locked by time: there is nothing to rehearse.',
    'commissioning.renewRegister': 'Switch commissioning mode off: that reviews the changes and makes the register.',
  },
  rehearsing: {
    ...allOf(rehearsing),
    'site.restoreGuard': stands,
    'commissioning.off': true,
    'commissioning.on': true,
    'commissioning.rehearse': 'The lock is being rehearsed.',
    'commissioning.renewRegister': 'A rehearsal makes no register: switching commissioning mode off does.',
    'commissioning.adoptServer': bound,
  },
  'rehearsal-over': { ...on, 'commissioning.adoptServer': bound },
  upgrading: {
    ...allOf(upgradeFirst),
    'site.prepare': 'The site is prepared. Put the guard up again instead.',
    'site.remove': true,
    'site.beginUpgrade': 'The guard is taken down already.',
    'site.restoreGuard': true,
  },
  unknown: allOf(unknownSite),
};

const drifted = (wayOut: ChangeName) =>
  ground({
    commissioning: known(
      {
        state: 'off',
        since: now.toISOString(),
        by: 'ines',
        reason: 'Handover',
        until: null,
        unreviewed: 0,
        registered: 3,
        drift: [{ name: 'Drift', meaning: 'It drifted.', next: 'Mend it.', wayOut }],
      },
      now,
    ),
  });

describe('At a locked site that drifted', () => {
  it.each(['site.restoreGuard', 'commissioning.renewRegister', 'commissioning.adoptServer'] as const)(
    '%s is allowed where a drift names it as the way out, and the other ways out are not',
    (wayOut) => {
      const allowed = (
        ['site.restoreGuard', 'commissioning.renewRegister', 'commissioning.adoptServer'] as const
      ).filter((change) => asked(change, drifted(wayOut)) === true);
      expect(allowed).toEqual([wayOut]);
    },
  );
});

describe.each(Object.entries(byCommissioning))('With commissioning mode %s', (state, table) => {
  const on = ground({ commissioning: commissioning(state as Commission) });

  it.each(Object.entries(table))('%s is answered with %j', (change, expected) => {
    expect(asked(change as ChangeName, on)).toBe(expected);
  });

  it('rotating, restoring and secure mode are asked for as ever', () => {
    expect(asked('rotation.rotate', on)).toBe(true);
    expect(asked('rotation.restore', on)).toBe(true);
    expect(asked('secureMode.on', on)).toBe(true);
  });

  it('the guided lockdown starts wherever the state is known and can be led to "off"', () => {
    const refused: Readonly<Record<string, string>> = {
      unknown: unknownSite,
      'half-prepared': removeRest,
      upgrading: upgradeFirst,
    };
    expect(asked('lockdown.run', on)).toBe(refused[state] ?? true);
  });
});

const bySecureMode: readonly (readonly [string, PermissionGround['secureMode'], true | string, true | string])[] = [
  ['in force', secureMode('in-force'), 'Secure mode is on.', true],
  ['in force, but', secureMode('in-force-but'), true, true],
  ['not in force though rules are there', secureMode('not-in-force'), true, true],
  ['not in force', secureMode('not-in-force', []), true, 'None of our rules is in force.'],
  ['unknown, which the operation reads itself', unknownSecureMode(cause), true, true],
];

const others = (given: PermissionGround) =>
  Object.entries(permissionsOf(given)).filter(([name]) => !name.startsWith('secureMode.'));

describe.each(bySecureMode)('With secure mode %s', (_title, reading, on, off) => {
  it('switching it on and off is answered accordingly', () => {
    expect(asked('secureMode.on', ground({ secureMode: reading }))).toBe(on);
    expect(asked('secureMode.off', ground({ secureMode: reading }))).toBe(off);
  });

  it('nothing else depends on it', () => {
    expect(others(ground({ secureMode: reading }))).toEqual(others(ground()));
  });
});

describe('Rotating', () => {
  it('needs a login that can be rotated; restoring needs a former password that is kept', () => {
    const neither = ground({ logins: known([login(false, false)], now) });
    expect(asked('rotation.rotate', neither)).toBe('No login of this site can be rotated.');
    expect(asked('rotation.restore', neither)).toBe('No former password is kept.');
    const one = ground({ logins: known([login(false, false), login(true, true)], now) });
    expect(asked('rotation.rotate', one)).toBe(true);
    expect(asked('rotation.restore', one)).toBe(true);
  });

  it('may be taken back while it stands open, also where no former password is kept', () => {
    const open = {
      login: 'acs_service',
      startedAt: now.toISOString(),
      direction: 'forward',
      step: 'deploy',
      switched: true,
      sentence: 'It stopped.',
    } as const;
    const first = ground({ logins: known([login(true, false)], now), openRotation: known(open, now) });
    expect(asked('rotation.restore', first)).toBe(true);
    expect(asked('rotation.restore', { ...first, openRotation: unknown(cause, now) })).toBe(
      'No former password is kept.',
    );
  });

  it('is refused while the logins are unknown', () => {
    const on = ground({ logins: unknown(cause, now) });
    expect(asked('rotation.rotate', on)).toBe(`The logins are unknown. ${lost}`);
    expect(asked('rotation.restore', on)).toBe(`The logins are unknown. ${lost}`);
  });
});

const unfinished = 'A guided lockdown is not finished: continue it, take it back or stop it first.';
const nothingWaits = 'No guided lockdown is waiting to be continued.';
const nothingToTakeBack = 'There is no guided lockdown to take back.';
const runs = 'The guided lockdown is running.';

/** run, resume, undo, stop; whether everything else is refused. */
const byLockdown: Readonly<
  Record<LockdownState, readonly [true | string, true | string, true | string, true | string, boolean]>
> = {
  none: [true, nothingWaits, nothingToTakeBack, nothingWaits, false],
  running: [runs, runs, runs, runs, false],
  undoing: [runs, runs, runs, runs, false],
  interrupted: [unfinished, true, true, true, true],
  failed: [unfinished, true, true, true, true],
  finished: [true, nothingWaits, true, nothingWaits, false],
  stopped: [true, nothingWaits, true, nothingWaits, false],
  undone: [true, nothingWaits, nothingToTakeBack, nothingWaits, false],
};

describe.each(Object.entries(byLockdown))(
  'With a guided lockdown %s',
  (state, [run, resume, undo, stop, closesTheRest]) => {
    const on = ground({ lockdown: lockdown(state as LockdownState) });

    it('starting, continuing, taking back and stopping are answered accordingly', () => {
      expect(asked('lockdown.run', on)).toBe(run);
      expect(asked('lockdown.resume', on)).toBe(resume);
      expect(asked('lockdown.undo', on)).toBe(undo);
      expect(asked('lockdown.stop', on)).toBe(stop);
    });

    it(closesTheRest ? 'every other change waits for it' : 'other changes do not wait for it', () => {
      for (const change of changeNames) {
        if (change.startsWith('lockdown.') || change === 'training.fault') continue;
        if (closesTheRest) expect(asked(change, on), change).toBe(unfinished);
        else expect(asked(change, on), change).toBe(asked(change, ground()));
      }
    });

    it('faults can be practised in the middle of it, on the training site', () => {
      expect(asked('training.fault', on)).toBe(true);
    });
  },
);

describe('The table of what stays possible while commissioning mode is off', () => {
  const off = ground({ secureMode: secureMode('in-force') });

  it('allows rotating, taking a rotation back and secure mode off, and refuses to touch the objects of the guard', () => {
    expect(asked('rotation.rotate', off)).toBe(true);
    expect(asked('rotation.restore', off)).toBe(true);
    expect(asked('secureMode.off', off)).toBe(true);
    expect(asked('site.prepare', off)).not.toBe(true);
    expect(asked('site.remove', off)).not.toBe(true);
  });

  it('is answered for every changing call there is', () => {
    expect(Object.keys(permissionsOf(off)).toSorted()).toEqual([...changeNames].toSorted());
  });
});

describe("Mortise's own login", () => {
  it('can be created or completed where the lock is not in force, and where nothing is known', () => {
    for (const state of ['unknown', 'not-prepared', 'half-prepared', 'on', 'rehearsal-over', 'upgrading'] as const)
      expect(asked('site.createRunLogin', ground({ commissioning: commissioning(state) })), state).toBe(true);
    for (const state of ['off', 'locked-by-time', 'rehearsing'] as const)
      expect(asked('site.createRunLogin', ground({ commissioning: commissioning(state) })), state).not.toBe(true);
  });
});

describe('A real site', () => {
  it('has no faults to practise', () => {
    const real = ground({ site: { ...ground().site, kind: 'real' } });
    expect(asked('training.fault', real)).toBe('Faults are practised on the training site only.');
  });
});
