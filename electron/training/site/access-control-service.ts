import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Launcher } from '../launcher.ts';
import { serviceName } from '../practice-logins.ts';
import type { FaultSwitches } from './fault-switches.ts';
import type { SiteFolder } from './site-folder.ts';

type State = 'running' | 'stopped' | 'starting' | 'stopping';

/** The one service of the simulated machine: a process of its own, as the service control manager would start it. */
export interface AccessControlService {
  inspect(): { readonly name: string; readonly state: State; readonly processId: number | null };
  start(limit: number): Promise<Result<null>>;
  stop(limit: number): Promise<Result<null>>;
  /** Back when it is neither starting nor stopping, at the latest after `limit` milliseconds. */
  settled(limit: number): Promise<void>;
}

export interface AccessControlServiceOptions {
  readonly launcher: Launcher;
  readonly files: Pick<SiteFolder, 'config' | 'ca' | 'serviceLog'>;
  /** Ids of the controllers that it never hears of. */
  readonly asleep: readonly number[];
  readonly faults: FaultSwitches;
}

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  state: State;
  /** Settles with true when it says that it runs, with false when it ends before. */
  readonly begun: Promise<boolean>;
  /** Settles with a sentence on how it ended. */
  readonly ended: Promise<string>;
}

export function createAccessControlService(options: AccessControlServiceOptions): AccessControlService {
  let running: Running | undefined;

  const follow = async (process: Running) => {
    if ((await process.begun) && process.state === 'starting') process.state = 'running';
    await process.ended;
    if (running === process) running = undefined;
  };
  const begin = (): Running => {
    const process = startProcess(options);
    running = process;
    void follow(process);
    return process;
  };

  return {
    inspect: () => ({
      name: serviceName,
      state: running?.state ?? 'stopped',
      processId: running?.child.pid ?? null,
    }),
    start: async (limit) => {
      // Asked to start while it still stops, it waits as a service control manager makes one wait.
      if (running?.state === 'stopping' && (await within(limit, running.ended)) === undefined) {
        return didNotStart('it is still stopping');
      }
      const process = running ?? begin();
      const begun = await within(limit, process.begun);
      if (begun === undefined) return didNotStart(`it was not running within ${limit / 1000} s`);
      return begun ? succeed(null) : didNotStart(await process.ended);
    },
    stop: async (limit) => {
      const process = running;
      if (process === undefined) return succeed(null);
      // It was asked, and goes on as if it had not been.
      const deaf = options.faults.isOn('service-does-not-stop');
      if (!deaf) {
        process.state = 'stopping';
        process.child.stdin.end('stop\n');
      }
      const ended = await within(limit, process.ended);
      if (ended !== undefined) return succeed(null);
      return failed(failure('service-did-not-stop', { service: serviceName, seconds: limit / 1000 }));
    },
    settled: async (limit) => {
      if (running?.state === 'starting') await within(limit, running.begun);
      else if (running?.state === 'stopping') await within(limit, running.ended);
    },
  };
}

function startProcess({ launcher, files, asleep, faults }: AccessControlServiceOptions): Running {
  const args = ['--config', files.config, '--ca', files.ca, '--log', files.serviceLog, '--asleep', asleep.join(',')];
  const faultArgs = [
    ...(faults.isOn('service-does-not-start') ? ['--ends-at-once'] : []),
    ...(faults.isOn('service-does-not-log-in') ? ['--never-logs-in'] : []),
  ];
  const child = spawn(launcher.command, [...launcher.args, ...args, ...faultArgs], {
    env: { ...process.env, ...launcher.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  // Writing to a process that has just ended is no error here: its end is reported by `ended`.
  child.stdin.on('error', () => undefined);
  child.stderr.resume();
  const ended = new Promise<string>((resolve) => {
    child.once('error', (problem) => resolve(problem.message));
    child.once('exit', (code, signal) => resolve(`its process ended at once (${signal ?? `exit code ${code}`})`));
  });
  const begun = Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
  return { child, state: 'starting', begun, ended };
}

async function within<T>(limit: number, promise: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  const expired = sleep(limit, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
  try {
    return await Promise.race([promise, expired]);
  } finally {
    timer.abort();
  }
}

function didNotStart(cause: string): Result<never> {
  return failed(failure('service-did-not-start', { service: serviceName, cause }));
}
