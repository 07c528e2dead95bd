/** The numbers by which the guard refuses; they stand in electron/database/objects/*.sql too. */
export const guardErrors = { membership: 50101, identity: 50102, historyGrows: 50104, stateChanged: 50110 } as const;

/** A controller is asleep when nothing was heard for this many of its heartbeats. */
export const asleepAfterHeartbeats = 2.5;

/** The most characters of a profile: it is some kilobytes, a file larger than this is something else. */
export const largestProfile = 256 * 1024;

/** How long a rehearsal of the lock takes unless somebody confirms it, in minutes. */
export const rehearsalMinutes = 10;

/** How long a plan can be applied, in milliseconds. */
export const planLifetime = 10 * 60 * 1000;

/** The most controllers that a snapshot lists one by one. */
export const listedControllers = 500;
