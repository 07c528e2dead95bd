import type { ServiceState } from '../services.ts';

/** What a call answered, or the code of its Windows error. `open` tells a right that is missing from a call that failed. */
export type Win32Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly at: 'open' | 'call'; readonly code: number };

/** SERVICE_STATUS_PROCESS, as far as it matters here. A paused service counts as running: its process is there. */
export interface ProcessStatus {
  readonly state: ServiceState;
  readonly processId: number | null;
  /** Why it is stopped; 1066 when the reason is `ownExitCode`. */
  readonly exitCode: number;
  readonly ownExitCode: number;
}

/** The service control manager of Windows, call by call. The names of services are those of its database. */
export interface ServiceManager {
  status(name: string): Win32Answer<ProcessStatus>;
  /** All that need it, directly or not, in the order in which they have to stop. */
  runningDependants(name: string): Win32Answer<readonly string[]>;
  /** ControlService and StartService hold the caller for half a minute when a service does not answer: never this thread. */
  askToStop(name: string): Promise<Win32Answer<undefined>>;
  askToStart(name: string): Promise<Win32Answer<undefined>>;
}

/** System Error Codes of Windows that the service control manager answers (winerror.h). */
export const win32 = {
  accessDenied: 5,
  dependentServicesRunning: 1051,
  invalidServiceControl: 1052,
  serviceRequestTimeout: 1053,
  databaseLocked: 1055,
  serviceAlreadyRunning: 1056,
  serviceDisabled: 1058,
  serviceDoesNotExist: 1060,
  serviceCannotAcceptControl: 1061,
  serviceNotActive: 1062,
  serviceSpecificError: 1066,
} as const;

const causes: Readonly<Record<number, string>> = {
  2: 'its program was not found',
  3: 'the folder of its program was not found',
  5: 'its account may not run its program',
  193: 'its program is none that Windows can run',
  1051: 'other services need it, and they run',
  1052: 'it takes no stop',
  1053: 'it did not answer the service control in time',
  1055: 'the database of services is locked by another program',
  1057: 'its account does not exist, or its password is wrong',
  1058: 'it is disabled',
  1059: 'it and another service wait for each other',
  1061: 'it takes no orders at the moment',
  1067: 'its process ended unexpectedly',
  1068: 'a service that it needs did not start',
  1069: 'Windows did not let its account log on',
  1072: 'it is marked for deletion',
  1075: 'a service that it needs does not exist',
  1079: 'its account differs from that of another service in its process',
  1115: 'the machine is shutting down',
};

/** What a Windows error means, in words that end a sentence. */
export function win32Cause(code: number): string {
  return causes[code] ?? `Windows answered with error ${code}`;
}

/** Why a service is stopped that should run. */
export function exitCause({ exitCode, ownExitCode }: ProcessStatus): string {
  if (exitCode === 0) return 'it ended by itself';
  if (exitCode === win32.serviceSpecificError) return `it ended with its own code ${ownExitCode}`;
  return win32Cause(exitCode);
}
