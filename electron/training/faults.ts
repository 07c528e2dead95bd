/**
 * The bad days that can be practised. `once`: switches itself off when it has struck. `until-off`: strikes until it is
 * switched off. None of them survives the end of the site's process, so that no site comes back broken for a reason
 * that nobody remembers.
 */
export type FaultDuration = 'once' | 'until-off';

/**
 * Where a fault strikes. `login` and `statement` faults leave the site's own clients (access-control service, remote
 * workstation) alone unless a login is named.
 */
export type FaultTarget = 'login' | 'statement' | 'encryption' | 'service' | 'keychain' | 'firewall';

export interface Fault {
  readonly title: string;
  readonly duration: FaultDuration;
  readonly target: FaultTarget;
}

export const faults = {
  'login-refused': { title: 'The server refuses every login (18456)', duration: 'until-off', target: 'login' },
  'login-locked': { title: 'The login is locked out (18486)', duration: 'until-off', target: 'login' },
  'must-change': { title: 'The password must be changed (18488)', duration: 'until-off', target: 'login' },
  'database-unavailable': { title: 'The database cannot be opened (4060)', duration: 'until-off', target: 'login' },
  'no-right': {
    title: 'The right to a changing statement is missing (229)',
    duration: 'until-off',
    target: 'statement',
  },
  deadlock: { title: 'The next change is the victim of a deadlock (1205)', duration: 'once', target: 'statement' },
  'session-killed': {
    title: 'An administrator kills the session in the next change (596)',
    duration: 'once',
    target: 'statement',
  },
  'drop-before': {
    title: 'The connection breaks before the next change takes effect',
    duration: 'once',
    target: 'statement',
  },
  'drop-after': {
    title: 'The connection breaks after the next change took effect',
    duration: 'once',
    target: 'statement',
  },
  slow: { title: 'Every statement takes three seconds longer', duration: 'until-off', target: 'statement' },
  'tls-refused': { title: 'The server declines encryption', duration: 'until-off', target: 'encryption' },
  'service-does-not-stop': {
    title: 'The service does not stop',
    duration: 'until-off',
    target: 'service',
  },
  'service-does-not-start': {
    title: 'The service ends as soon as it is started',
    duration: 'until-off',
    target: 'service',
  },
  'service-does-not-log-in': {
    title: 'The service starts, but does not log in',
    duration: 'until-off',
    target: 'service',
  },
  'keychain-locked': { title: 'The keychain is locked', duration: 'until-off', target: 'keychain' },
  'keychain-gone': { title: 'The keychain cannot be reached', duration: 'until-off', target: 'keychain' },
  'firewall-flushed': {
    title: 'A colleague flushes every rule of the firewall',
    duration: 'once',
    target: 'firewall',
  },
  'firewall-fails': { title: 'The firewall does not take a change', duration: 'until-off', target: 'firewall' },
} as const satisfies Record<string, Fault>;

export type FaultId = keyof typeof faults;

export const faultIds = Object.keys(faults) as readonly FaultId[];

/** How a fault is switched. Left out, `pattern` is the change pattern below and `login` is everybody but the site's own clients. */
export interface FaultSetting {
  readonly id: FaultId;
  readonly on: boolean;
  /** A regular expression, matched without regard to case against the statement's text or the procedure's name. */
  readonly pattern?: string | undefined;
  readonly login?: string | undefined;
}

/** A fault with its state, as the menu lists it. */
export interface FaultState {
  readonly id: FaultId;
  readonly title: string;
  readonly duration: FaultDuration;
  readonly on: boolean;
}

/** Which statements are a change worth breaking: the password switch and both transitions of commissioning mode. */
export const changePattern = 'ALTER\\s+LOGIN|commissioning_(on|off)';

/** How much longer a statement takes under the fault `slow`, in milliseconds. */
export const slowDelay = 3000;
