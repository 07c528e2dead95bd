/** What goes wrong at a transition. Each is one column of the matrix. */
export const faultColumns = {
  crash: 'plain crash',
  'server-gone-before': 'server gone before the statement took effect',
  'server-gone-after': 'server gone after the statement took effect',
  'server-killed': 'server gone and not coming back by itself',
  'no-right': 'no right to any statement (229)',
  'disk-full': 'disk full under the journal',
  'consumer-read-only': 'consumer read-only',
  'consumer-changed': 'consumer changed meanwhile',
  'keychain-locked': 'keychain locked',
  'keychain-gone': 'keychain gone',
  'service-does-not-stop': 'service does not stop',
  'service-does-not-start': 'service does not start',
  'service-does-not-log-in': 'service starts and cannot log in',
  'clock-forward': 'clock jumps forward by three days',
  'clock-back': 'clock jumps back by three days',
} as const;

export type FaultColumn = keyof typeof faultColumns;

export const allFaults = Object.keys(faultColumns) as readonly FaultColumn[];

export const clockJump = 3 * 24 * 3_600_000;
