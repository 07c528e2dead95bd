import type { ChangeName } from '#shared/change-names.ts';
import { changeNames } from '#shared/change-names.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { Permission, Snapshot } from '#shared/snapshot.ts';

/** The parts of a snapshot that decide what may be asked for. */
export type PermissionGround = Pick<
  Snapshot,
  'site' | 'commissioning' | 'secureMode' | 'logins' | 'lockdown' | 'openRotation'
>;

const yes: Permission = { allowed: true };
const no = (why: string): Permission => ({ allowed: false, why });

const lockdownChanges: ReadonlySet<ChangeName> = new Set([
  'lockdown.run',
  'lockdown.resume',
  'lockdown.undo',
  'lockdown.stop',
]);

/**
 * Who may do what, now: the one table behind the screens, the command line and the refusals in main. What stays
 * possible while commissioning mode is off is decided here and nowhere else.
 */
export function permissionsOf(ground: PermissionGround): Record<ChangeName, Permission> {
  return Object.fromEntries(changeNames.map((change) => [change, permissionOf(change, ground)])) as Record<
    ChangeName,
    Permission
  >;
}

function permissionOf(change: ChangeName, ground: PermissionGround): Permission {
  const open = ground.lockdown.state === 'interrupted' || ground.lockdown.state === 'failed';
  if (open && !lockdownChanges.has(change) && change !== 'training.fault') {
    return no('A guided lockdown is not finished: continue it, take it back or stop it first.');
  }
  switch (change) {
    case 'site.prepare':
    case 'site.remove':
    case 'site.beginUpgrade':
    case 'site.restoreGuard':
      return objects(change, ground);
    case 'commissioning.off':
    case 'commissioning.on':
    case 'commissioning.rehearse':
    case 'commissioning.renewRegister':
    case 'commissioning.adoptServer':
      return commissioning(change, ground);
    case 'site.createRunLogin':
      return runLogin(ground);
    case 'sites.save':
    case 'sites.remove':
    // A person's own login is none of the site's; the operation refuses those that the profile names.
    case 'rotation.changeOwn':
    case 'recoveryKit.export':
    case 'recoveryKit.import':
      return yes;
    case 'rotation.rotate':
    case 'rotation.rotateMany':
    case 'rotation.restore':
    case 'rotation.reconcile':
    case 'rotation.adopt':
    case 'rotation.reset':
    case 'rotation.tryDefaults':
      return rotation(change, ground);
    case 'secureMode.on':
    case 'secureMode.off':
    case 'secureMode.allow':
    case 'secureMode.atStart':
    case 'secureMode.bindInstance':
      return secureMode(change, ground);
    case 'lockdown.run':
    case 'lockdown.resume':
    case 'lockdown.undo':
    case 'lockdown.stop':
      return lockdown(change, ground, open);
    case 'training.fault':
      return ground.site.kind === 'training' ? yes : no('Faults are practised on the training site only.');
    default:
      return assertNever(change);
  }
}

type Known = Extract<PermissionGround['commissioning'], { readonly state: 'known' }>['value'];
type State = Known['state'];

const switchOnFirst = no('Commissioning mode is off: switch it on first.');
const upgradeFirst = no('A vendor upgrade is under way: put the guard up again first.');
const removeRest = no("Only a part of Mortise's objects is in this database: remove the rest first (Database tab).");
const prepareFirst = no('Prepare the site first (Database tab).');
const rehearsing = no('The lock is being rehearsed: end the rehearsal first.');

/** Answers by the state of the site's database; unknown allows nothing. */
function byState({ commissioning: reading }: PermissionGround, table: Readonly<Record<State, Permission>>): Permission {
  return reading.state === 'known'
    ? table[reading.value.state]
    : no(`The state of the site is unknown. ${reading.cause.sentence}`);
}

function objects(
  change: 'site.prepare' | 'site.remove' | 'site.beginUpgrade' | 'site.restoreGuard',
  ground: PermissionGround,
): Permission {
  switch (change) {
    case 'site.prepare':
      return byState(ground, {
        'not-prepared': yes,
        'half-prepared': removeRest,
        on: no('The site is prepared.'),
        'rehearsal-over': no('The site is prepared.'),
        rehearsing,
        upgrading: no('The site is prepared. Put the guard up again instead.'),
        off: switchOnFirst,
        'locked-by-time': switchOnFirst,
      });
    case 'site.remove':
      return byState(ground, {
        'not-prepared': no('There is nothing of Mortise in this database.'),
        // What is left may refuse every change: taking it away is the way out.
        'half-prepared': yes,
        on: yes,
        'rehearsal-over': yes,
        upgrading: yes,
        rehearsing,
        off: switchOnFirst,
        'locked-by-time': switchOnFirst,
      });
    case 'site.beginUpgrade':
      return byState(ground, {
        'not-prepared': prepareFirst,
        'half-prepared': removeRest,
        on: yes,
        'rehearsal-over': yes,
        upgrading: no('The guard is taken down already.'),
        rehearsing,
        off: switchOnFirst,
        'locked-by-time': switchOnFirst,
      });
    case 'site.restoreGuard': {
      const broken = ground.commissioning.state === 'known' && hasWayOut(ground.commissioning.value, change);
      // Putting the guard up never weakens: it is allowed at a locked site too, where the guard is broken.
      const ifBroken = broken ? yes : no('The guard stands as Mortise created it.');
      return byState(ground, {
        'not-prepared': prepareFirst,
        'half-prepared': removeRest,
        on: ifBroken,
        off: ifBroken,
        rehearsing: ifBroken,
        'rehearsal-over': ifBroken,
        'locked-by-time': ifBroken,
        upgrading: yes,
      });
    }
    default:
      return assertNever(change);
  }
}

/**
 * Where the state is unknown this is possible: a run login that cannot log in, or may not read, is what it exists for. Where it
 * is known that commissioning mode is off, who may do what on the server stays as it is.
 */
function runLogin(ground: PermissionGround): Permission {
  if (ground.commissioning.state === 'unknown') return yes;
  return byState(ground, {
    'not-prepared': yes,
    'half-prepared': yes,
    on: yes,
    'rehearsal-over': yes,
    upgrading: yes,
    rehearsing,
    off: switchOnFirst,
    'locked-by-time': switchOnFirst,
  });
}

const hasWayOut = (value: Known, change: ChangeName): boolean =>
  'drift' in value && value.drift.some(({ wayOut }) => wayOut === change);

function commissioning(
  change:
    | 'commissioning.off'
    | 'commissioning.on'
    | 'commissioning.rehearse'
    | 'commissioning.renewRegister'
    | 'commissioning.adoptServer',
  ground: PermissionGround,
): Permission {
  const unprepared = { 'not-prepared': prepareFirst, 'half-prepared': removeRest, upgrading: upgradeFirst } as const;
  switch (change) {
    case 'commissioning.off':
      return byState(ground, {
        ...unprepared,
        on: yes,
        off: no('Commissioning mode is off.'),
        'locked-by-time': yes,
        rehearsing: yes,
        'rehearsal-over': yes,
      });
    case 'commissioning.on':
      return byState(ground, {
        ...unprepared,
        // Moves the time until which it stays on.
        on: yes,
        off: yes,
        'locked-by-time': yes,
        rehearsing: yes,
        'rehearsal-over': yes,
      });
    case 'commissioning.rehearse':
      return byState(ground, {
        ...unprepared,
        on: yes,
        'rehearsal-over': yes,
        rehearsing: no('The lock is being rehearsed.'),
        off: no('Commissioning mode is off: there is nothing to rehearse.'),
        'locked-by-time': no('The site is locked by time: there is nothing to rehearse.'),
      });
    case 'commissioning.renewRegister':
      return byState(ground, {
        ...unprepared,
        off:
          ground.commissioning.state === 'known' && hasWayOut(ground.commissioning.value, change)
            ? yes
            : no('Every controller is as it is registered.'),
        on: no('Commissioning mode is on: switching it off makes the register.'),
        'rehearsal-over': no('Commissioning mode is on: switching it off makes the register.'),
        rehearsing: no('A rehearsal makes no register: switching commissioning mode off does.'),
        'locked-by-time': no('Switch commissioning mode off: that reviews the changes and makes the register.'),
      });
    case 'commissioning.adoptServer': {
      const moved =
        ground.commissioning.state === 'known' && hasWayOut(ground.commissioning.value, change)
          ? yes
          : no('The lock is bound to this server.');
      const open = no('Commissioning mode is on: switching it off binds the lock to this server.');
      return byState(ground, {
        ...unprepared,
        on: open,
        off: moved,
        'locked-by-time': moved,
        rehearsing: moved,
        'rehearsal-over': moved,
      });
    }
    default:
      return assertNever(change);
  }
}

type RotationChange =
  | 'rotation.rotate'
  | 'rotation.rotateMany'
  | 'rotation.restore'
  | 'rotation.reconcile'
  | 'rotation.adopt'
  | 'rotation.reset'
  | 'rotation.tryDefaults';

function rotation(change: RotationChange, { logins, openRotation }: PermissionGround): Permission {
  switch (change) {
    case 'rotation.rotate':
    case 'rotation.rotateMany':
      if (logins.state === 'unknown') return no(`The logins are unknown. ${logins.cause.sentence}`);
      return logins.value.some(({ rotatable }) => rotatable.possible)
        ? yes
        : no('No login of this site can be rotated.');
    case 'rotation.restore':
      // One that stands open can be taken back, also where the login was never rotated before.
      if (openRotation.state === 'known' && openRotation.value !== null) return yes;
      if (logins.state === 'unknown') return no(`The logins are unknown. ${logins.cause.sentence}`);
      return logins.value.some(({ previousKept }) => previousKept) ? yes : no('No former password is kept.');
    // The ways out where Mortise's own login no longer gets in, so that nothing can be read.
    case 'rotation.reconcile':
    case 'rotation.adopt':
    case 'rotation.reset':
    case 'rotation.tryDefaults':
      return yes;
    default:
      return assertNever(change);
  }
}

type SecureModeChange = Extract<ChangeName, `secureMode.${string}`>;

/**
 * What cannot be read now may still be asked for: the operation reads it itself, and asks for the rights that a glance
 * does without.
 */
function secureMode(change: SecureModeChange, { secureMode: now }: PermissionGround): Permission {
  if (now.firewall === 'none') return no('There is no firewall adapter for this machine.');
  const meant = now.meant.state === 'known' && now.meant.value !== null;
  const rules = now.rules.state === 'unknown' || now.rules.value.length > 0;
  switch (change) {
    case 'secureMode.on':
      return now.verdict === 'in-force' && now.drift.length === 0 && meant ? no('Secure mode is on.') : yes;
    case 'secureMode.off':
      return rules || meant ? yes : no('None of our rules is in force.');
    case 'secureMode.allow':
      return meant ? yes : no('Switch secure mode on first.');
    case 'secureMode.atStart':
      if (now.atStart.state === 'unknown') return no(now.atStart.cause.sentence);
      return now.atStart.value === 'not-needed' ? no('The rules outlast a start of this machine by themselves.') : yes;
    case 'secureMode.bindInstance':
      return now.layers.length === 0 ? no('The settings of this SQL Server cannot be written here.') : yes;
    default:
      return assertNever(change);
  }
}

function lockdown(
  change: 'lockdown.run' | 'lockdown.resume' | 'lockdown.undo' | 'lockdown.stop',
  ground: PermissionGround,
  open: boolean,
): Permission {
  const { state } = ground.lockdown;
  if (state === 'running' || state === 'undoing') return no('The guided lockdown is running.');
  switch (change) {
    case 'lockdown.run':
      if (open) return no('A guided lockdown is not finished: continue it, take it back or stop it first.');
      return byState(ground, {
        'not-prepared': yes,
        'half-prepared': removeRest,
        on: yes,
        off: yes,
        'locked-by-time': yes,
        rehearsing: yes,
        'rehearsal-over': yes,
        upgrading: upgradeFirst,
      });
    case 'lockdown.resume':
    case 'lockdown.stop':
      return open ? yes : no('No guided lockdown is waiting to be continued.');
    case 'lockdown.undo':
      return state === 'none' || state === 'undone' ? no('There is no guided lockdown to take back.') : yes;
    default:
      return assertNever(change);
  }
}
