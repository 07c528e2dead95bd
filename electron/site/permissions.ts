import type { ChangeName } from '#shared/change-names.ts';
import { changeNames } from '#shared/change-names.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { Permission, Snapshot } from '#shared/snapshot.ts';

/** The parts of a snapshot that decide what may be asked for. */
export type PermissionGround = Pick<Snapshot, 'site' | 'commissioning' | 'secureMode' | 'logins' | 'lockdown'>;

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
      return onDatabase(ground, (state) => {
        if (state === 'not-prepared') return yes;
        return no(state === 'on' ? 'The site is prepared.' : 'Commissioning mode is off: switch it on first.');
      });
    case 'site.remove':
      return onDatabase(ground, (state) => {
        if (state === 'not-prepared') return no('There is nothing of Mortise in this database.');
        return state === 'on' ? yes : no('Commissioning mode is off: switch it on first.');
      });
    case 'commissioning.off':
      return onDatabase(ground, (state) => {
        if (state === 'not-prepared') return no('Prepare the site first (Database tab).');
        return state === 'off' ? no('Commissioning mode is off.') : yes;
      });
    case 'commissioning.on':
      return onDatabase(ground, (state) => {
        if (state === 'not-prepared') return no('Prepare the site first (Database tab).');
        return state === 'on' ? no('Commissioning mode is on.') : yes;
      });
    case 'site.createRunLogin':
    case 'site.beginUpgrade':
    case 'site.endUpgrade':
    case 'commissioning.rehearse':
    case 'commissioning.renewRegister':
    case 'commissioning.adoptServer':
      return no('Not there yet.');
    case 'sites.save':
    case 'sites.remove':
      return yes;
    case 'rotation.rotate':
    case 'rotation.restore':
      return rotation(change, ground);
    case 'secureMode.on':
    case 'secureMode.off':
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

type CommissioningState = Extract<PermissionGround['commissioning'], { readonly state: 'known' }>['value']['state'];

function onDatabase(
  { commissioning }: PermissionGround,
  decide: (state: CommissioningState) => Permission,
): Permission {
  return commissioning.state === 'known'
    ? decide(commissioning.value.state)
    : no(`The state of the site is unknown. ${commissioning.cause.sentence}`);
}

function rotation(change: 'rotation.rotate' | 'rotation.restore', { logins }: PermissionGround): Permission {
  if (logins.state === 'unknown') return no(`The logins are unknown. ${logins.cause.sentence}`);
  if (change === 'rotation.rotate')
    return logins.value.some(({ rotatable }) => rotatable.possible) ? yes : no('No login of this site can be rotated.');
  return logins.value.some(({ previousKept }) => previousKept) ? yes : no('No former password is kept.');
}

function secureMode(change: 'secureMode.on' | 'secureMode.off', { secureMode: reading }: PermissionGround): Permission {
  if (reading.state === 'unknown') return no(`The state of the firewall is unknown. ${reading.cause.sentence}`);
  if (change === 'secureMode.on') return reading.value.verdict === 'in-force' ? no('Secure mode is on.') : yes;
  return reading.value.rules.length === 0 ? no('None of our rules is in force.') : yes;
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
      return ground.commissioning.state === 'known'
        ? yes
        : no(`The state of the site is unknown. ${ground.commissioning.cause.sentence}`);
    case 'lockdown.resume':
    case 'lockdown.stop':
      return open ? yes : no('No guided lockdown is waiting to be continued.');
    case 'lockdown.undo':
      return state === 'none' || state === 'undone' ? no('There is no guided lockdown to take back.') : yes;
    default:
      return assertNever(change);
  }
}
