import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Services, ServiceStatus } from '../services.ts';
import { answerUntil, lookUntil, realWaiting } from '../waiting.ts';
import type { Waiting } from '../waiting.ts';
import { exitCause, win32, win32Cause } from './service-manager.ts';
import type { ProcessStatus, ServiceManager, Win32Answer } from './service-manager.ts';

export interface WindowsServicesOptions {
  readonly manager: ServiceManager;
  readonly clock: Clock;
  readonly waiting?: Waiting;
  /** How long a service must go on running to count as started, in milliseconds, on top of the limit. */
  readonly steady?: number;
}

type Refused = Extract<Win32Answer<unknown>, { ok: false }>;
type Verb = 'inspect' | 'stop' | 'start';

/** Codes after which the same request is worth another try while there is time. */
const passing: ReadonlySet<number> = new Set([win32.serviceCannotAcceptControl, win32.dependentServicesRunning]);

class WindowsServices implements Services {
  readonly #manager: ServiceManager;
  readonly #clock: Clock;
  readonly #waiting: Waiting;
  readonly #steady: number;
  /** By the service that was stopped: those that ran and were stopped for it, in the order in which they stopped. */
  readonly #stoppedFor = new Map<string, readonly string[]>();

  constructor(options: WindowsServicesOptions) {
    this.#manager = options.manager;
    this.#clock = options.clock;
    this.#waiting = options.waiting ?? realWaiting;
    this.#steady = options.steady ?? 1000;
  }

  async inspect(name: string): Promise<Reading<ServiceStatus>> {
    const status = await Promise.resolve(this.#manager.status(name));
    if (!status.ok) return unknown(this.#notReached(name, 'inspect', status), this.#clock.now());
    const { state, processId } = status.value;
    return known({ name, state, processId }, this.#clock.now());
  }

  async runningDependants(name: string): Promise<Reading<readonly string[]>> {
    const running = await Promise.resolve(this.#manager.runningDependants(name));
    return running.ok
      ? known(running.value, this.#clock.now())
      : unknown(this.#notReached(name, 'inspect', running), this.#clock.now());
  }

  async stop(name: string, limit: number): Promise<Result<undefined>> {
    const deadline = this.#waiting.now() + limit;
    const running = this.#manager.runningDependants(name);
    if (!running.ok) return failed(this.#notReached(name, 'stop', running));
    const before = this.#stoppedFor.get(key(name)) ?? [];
    const all = [...before, ...running.value.filter((each) => !before.includes(each))];
    if (all.length > 0) this.#stoppedFor.set(key(name), all);
    for (const dependant of running.value) {
      const stopped = await this.#stopOne(dependant, deadline, limit, `${dependant}, which needs ${name},`);
      if (!stopped.ok) return stopped;
    }
    return await this.#stopOne(name, deadline, limit, name);
  }

  async start(name: string, limit: number): Promise<Result<undefined>> {
    const deadline = this.#waiting.now() + limit;
    const started = await this.#startOne(name, deadline, name);
    if (!started.ok) return started;
    for (const dependant of (this.#stoppedFor.get(key(name)) ?? []).toReversed()) {
      const brought = await this.#startOne(dependant, deadline, `${dependant}, which needs ${name},`);
      if (!brought.ok) return brought;
    }
    this.#stoppedFor.delete(key(name));
    return started;
  }

  async #stopOne(name: string, deadline: number, limit: number, service: string): Promise<Result<undefined>> {
    const late = failed(failure('service-did-not-stop', { service, seconds: limit / 1000 }));
    let taken = false;
    const stopped = await lookUntil(this.#waiting, deadline, async () => {
      const status = this.#manager.status(name);
      if (!status.ok) return failed(this.#notReached(service, 'stop', status));
      if (status.value.state === 'stopped') return succeed();
      if (taken || status.value.state === 'stopping') return undefined;
      const asked = await answerUntil(this.#waiting, deadline, this.#manager.askToStop(name));
      taken = asked?.ok === true;
      if (asked === undefined || asked.ok || asked.code === win32.serviceNotActive) return undefined;
      if (asked.at === 'open') return failed(this.#notReached(service, 'stop', asked));
      // A service that starts takes no orders yet.
      if (passing.has(asked.code) || status.value.state === 'starting') return undefined;
      return asked.code === win32.serviceRequestTimeout
        ? late
        : failed(failure('service-cannot-stop', { service, cause: win32Cause(asked.code) }));
    });
    return stopped ?? late;
  }

  async #startOne(name: string, deadline: number, service: string): Promise<Result<undefined>> {
    const refused = await this.#requestStart(name, deadline, service);
    if (refused !== undefined) return failed(refused);
    const running = await lookUntil(this.#waiting, deadline, async () => {
      const status = await Promise.resolve(this.#manager.status(name));
      if (!status.ok) return failed(this.#notReached(service, 'start', status));
      if (status.value.state === 'running') return succeed(status.value);
      return status.value.state === 'stopped' ? this.#didNotStart(service, exitCause(status.value)) : undefined;
    });
    if (running === undefined) return this.#didNotStart(service, 'it is not ready within the time it was given');
    return running.ok ? await this.#goesOnRunning(name, running.value, service) : running;
  }

  /** Undefined once the service runs or is on its way; a service that is still stopping is waited for first. */
  async #requestStart(name: string, deadline: number, service: string): Promise<Failure | undefined> {
    const settled = await lookUntil(this.#waiting, deadline, async () => {
      const status = await Promise.resolve(this.#manager.status(name));
      return status.ok && status.value.state === 'stopping' ? undefined : status;
    });
    if (settled === undefined) {
      return failure('service-did-not-start', { service, cause: 'it is still stopping' });
    }
    if (!settled.ok) return this.#notReached(service, 'start', settled);
    if (settled.value.state !== 'stopped') return undefined;
    // While one service is being started, the manager may start no other.
    const asked = await lookUntil(this.#waiting, deadline, async () => {
      const answer = await answerUntil(this.#waiting, deadline, this.#manager.askToStart(name));
      return answer?.ok === false && answer.code === win32.databaseLocked ? undefined : answer;
    });
    if (asked === undefined || asked.ok || asked.code === win32.serviceAlreadyRunning) return undefined;
    if (asked.at === 'open') return this.#notReached(service, 'start', asked);
    return failure('service-did-not-start', { service, cause: win32Cause(asked.code) });
  }

  /** StartService succeeds, and a service may report that it runs, while its process is about to end. */
  async #goesOnRunning(name: string, first: ProcessStatus, service: string): Promise<Result<undefined>> {
    const ended = await lookUntil(this.#waiting, this.#waiting.now() + this.#steady, async () => {
      const status = await Promise.resolve(this.#manager.status(name));
      if (!status.ok) return failed(this.#notReached(service, 'start', status));
      if (status.value.state !== 'running') {
        return this.#didNotStart(service, `it ran, but then ${exitCause(status.value)}`);
      }
      return status.value.processId === first.processId
        ? undefined
        : this.#didNotStart(service, 'its process ended and was started again');
    });
    return ended ?? succeed();
  }

  #didNotStart(service: string, cause: string) {
    return failed(failure('service-did-not-start', { service, cause }));
  }

  #notReached(service: string, what: Verb, { code }: Refused): Failure {
    if (code === win32.accessDenied) return failure('service-no-right', { what, service });
    if (code === win32.serviceDoesNotExist) return failure('service-unknown', { service });
    return failure('service-control-silent', { cause: win32Cause(code) });
  }
}

/** Windows knows a service without regard to case. */
const key = (name: string) => name.toLowerCase();

/**
 * The services of this Windows machine: `service-unknown`, `service-no-right` (not an administrator), `service-cannot-stop`
 * (it takes no stop), `service-did-not-stop` and `service-did-not-start`, which names the cause that Windows gives.
 * A service that ends again within `steady` after it reported success did not start.
 */
export function windowsServices(options: WindowsServicesOptions): Services {
  return new WindowsServices(options);
}
