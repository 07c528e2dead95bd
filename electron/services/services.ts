import type { Reading } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';

export type ServiceState = 'running' | 'stopped' | 'starting' | 'stopping';

/** A service as the operating system sees it now. */
export interface ServiceStatus {
  readonly name: string;
  readonly state: ServiceState;
  /** Of the running process; null when it is stopped. */
  readonly processId: number | null;
}

/** Starts, stops and inspects services. "Started" does not mean "logged in": that is proved elsewhere. */
export interface Services {
  inspect(name: string): Promise<Reading<ServiceStatus>>;
  /** Asks it to stop and waits at most `limit` milliseconds. Stopping a stopped service succeeds. */
  stop(name: string, limit: number): Promise<Result<undefined>>;
  /** Starts it and waits at most `limit` milliseconds until it runs. Starting a running service succeeds. */
  start(name: string, limit: number): Promise<Result<undefined>>;
  /**
   * The services that run now and cannot run without this one, in the order in which they stop. Stopping it stops them, and
   * starting it does not bring them back: whoever stops it remembers them.
   */
  runningDependants(name: string): Promise<Reading<readonly string[]>>;
}
