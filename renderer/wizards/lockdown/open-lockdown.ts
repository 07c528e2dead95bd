import type { Lockdown } from '#shared/snapshot.ts';

/** A lockdown that was started, whatever became of it. */
export type StartedLockdown = Exclude<Lockdown, { state: 'none' }>;
