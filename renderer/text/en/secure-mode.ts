/** Secure mode on the tab Security: verdict, listeners, the other machine, and what holds beneath. */
export const secureMode = {
  title: 'Secure mode',
  what: 'No other machine can reach SQL Server on this one; local services go on working.',
  inForce: 'In force',
  inForceBut: 'In force, but …',
  notInForce: 'Not in force',
  unknown: 'Unknown',
  inForceMeans: 'Everything that listens here is blocked for every other machine, and none holds a session.',
  because: 'Because',
  drift: 'No longer as it was switched on',
  putBack: 'Put the block back',
  meant: 'Switched on',
  meantBy: (who: string) => `by ${who}`,
  rules: 'Rules in force',
  noRules: 'No rule of Mortise is in force.',
  notWatched: 'Changes of the firewall are not seen at once here, only every few seconds',
  on: 'Switch secure mode on',
  off: 'Switch secure mode off',
} as const;

export const allowed = {
  title: 'Addresses that stay allowed',
  what: 'Each one is a gap in secure mode. Give it a time, so that it closes by itself.',
  none: 'No other machine is let through.',
  until: 'until',
  always: 'until somebody takes it off',
  remove: 'Take off',
  removeOf: (address: string) => `Take off ${address}`,
  address: 'Address or range',
  addressHint: 'Such as 10.20.4.17, 10.20.4.0/28 or fd00::17.',
  addressWrong: 'This is no address and no range in CIDR notation.',
  howLong: 'For how long',
  hours: (count: number) => (count === 1 ? '1 hour' : `${count} hours`),
  days: (count: number) => (count === 1 ? '1 day' : `${count} days`),
  noEnd: 'Without an end',
  allow: 'Allow this address',
} as const;

export const listeners = {
  title: 'Listeners',
  table: 'Listeners of SQL Server on this machine',
  none: 'No listener was found.',
  columns: { port: 'Port', protocol: 'Protocol', address: 'Address', purpose: 'What it is', sources: 'Known from' },
  sources: {
    server: 'SQL Server',
    configuration: 'its configuration',
    sockets: 'open sockets',
    containers: 'containers',
    'port-proxies': 'port proxies',
  },
  unread: (source: string) => `Not read: ${source}`,
  differences: 'The sources differ',
  pipes: 'Named pipes from other machines',
  pipesOn: 'Taken (over file sharing, TCP 445). Secure mode does not stop them.',
  pipesOff: 'Not taken',
} as const;

export const cutOff = {
  title: 'Who would be cut off',
  none: 'No session from another machine is open.',
  waiting: 'This list renews itself: wait here until it is empty, or go on.',
  cannotTell: 'Cannot tell whether this comes from another machine',
  remote: 'Comes from another machine',
  sessions: (count: number) => (count === 1 ? '1 session' : `${count} sessions`),
  line: (program: string, login: string, host: string, address: string) =>
    `${program} as ${login}, from ${host} (${address})`,
} as const;

export const probe = {
  title: 'Proof from the other machine',
  button: 'Probe from the other machine',
  running: 'The other machine tries every listener …',
  not: 'Not probed from outside. Until then nothing is proved from outside.',
  from: 'Probed from',
  statedBy: 'stated by the engineer',
  at: 'Probed',
  reached: 'Reached',
  refused: 'Did not get through',
  nothingReached: 'Nothing was reached.',
  nothingRefused: 'Nothing was refused.',
  untried: 'Could not be tried',
  version: (version: string) => `SQL Server ${version}`,
  done: 'The probe has answered.',
  ask: 'Show what to run on another machine',
  askWhy:
    'Only another machine can prove it: run a text on a PC in the same network, then bring its answer here. Do it once before secure mode is on, too, so that you know it could get through.',
  asking: 'Making the text …',
  command: 'Command',
  commandCaption: 'On a machine that has Mortise',
  powershell: 'PowerShell',
  powershellCaption: 'On any Windows PC: paste this into Windows PowerShell',
  answer: 'Its answer',
  answerHint: 'Everything it printed, from the first line to the last. It counts as stated by you.',
  take: 'Take this answer',
  choose: 'Choose a file with the answer …',
  taken: 'The answer was taken in.',
} as const;

export const layers = {
  title: 'What else holds',
  atStart: 'After a start of this machine',
  atStartStates: {
    installed: 'The machine puts the block up by itself',
    outdated: 'What the machine puts up is older than the block',
    'not-installed': 'The block may be missing until somebody puts it back',
    'not-needed': 'The rules outlast a start by themselves',
  },
  install: 'Put it up at every start',
  renew: 'Bring it up to date',
  uninstall: 'No longer at every start',
  instance: 'SQL Server itself',
  instanceStates: {
    everywhere: 'Accepts connections from other machines, as far as the firewall lets them',
    'this-machine': 'Accepts connections from this machine alone',
    'tcp-off': 'Accepts no connections over TCP',
  },
  instanceWhy: 'Holds where no firewall does. SQL Server is started again for it, and the services with it.',
  bind: {
    everywhere: 'Accept connections as before',
    'this-machine': 'Accept connections from this machine alone',
    'tcp-off': 'Switch TCP off',
  },
} as const;
