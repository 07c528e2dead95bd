/** The tab General, without the controllers and the lockdown. */
export const general = {
  glance: 'The site at a glance',
  endpoint: 'SQL Server',
  databaseName: 'Database',
  account: 'You are',
  elevated: 'with administrator rights',
  notElevated: 'without administrator rights',
  secretStore: 'Passwords are kept in',
  services: 'Services',
  serviceStates: { running: 'Running', stopped: 'Stopped', starting: 'Starting', stopping: 'Stopping' },
  listeners: 'Listeners',
  listenersFound: (count: number) => (count === 1 ? '1 found' : `${count} found`),
  remoteSessions: 'Sessions from other machines',
  sessionsCannotTell: (count: number) =>
    count === 1 ? 'cannot tell of 1 session' : `cannot tell of ${count} sessions`,
  defaults: 'Published default passwords',
  defaultsFound: (count: number) => (count === 1 ? '1 login uses one' : `${count} logins use one`),
  defaultsNone: 'None found',
  noneAmongOthers: 'None among the others',
  defaultsSomeUnknown: (count: number) => (count === 1 ? 'not known for 1 login' : `not known for ${count} logins`),
  commissioning: {
    title: 'Commissioning mode',
    enable: 'Enable commissioning mode',
    on: 'On: controllers may be added and removed, and database settings changed.',
    off: 'Off: registered; changes to the controllers are refused by this database.',
    rehearsing: 'Rehearsal: locked for some minutes, then open again by itself unless you keep it locked.',
    rehearsalOver: 'The rehearsal is over: this database takes changes again.',
    upgrading: 'The guard is taken down for a vendor upgrade: nothing refuses changes.',
    lockedByTime: 'Locked by time: the time that was set has passed, so this database refuses changes again.',
    notPrepared: 'Not prepared: this database does not hold Mortise’s objects, so nothing is enforced.',
    since: 'Since',
    by: 'By',
    reason: 'Reason',
    openUntil: 'Locks again',
    registered: 'Controllers in the register',
    drift: 'Differences between what was locked and what is in force',
    stops:
      'It stops clients, services, scripts and mistakes. An administrator of SQL Server can still get past it; Mortise finds and names that.',
    reviewAndLock: 'Review and switch off',
  },
  readiness: {
    title: 'Readiness for the next version',
    allSupported: 'All controller models are supported by the next version.',
    unsupported: (count: number) =>
      count === 1
        ? '1 controller is of a model that the next version drops.'
        : `${count} controllers are of a model that the next version drops.`,
    notListed: (count: number) => `${count} of them are not among the controllers listed here.`,
  },
} as const;
