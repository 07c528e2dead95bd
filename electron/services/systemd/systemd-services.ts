import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Services, ServiceStatus } from '../services.ts';
import { lookUntil, realWaiting } from '../waiting.ts';
import type { Waiting } from '../waiting.ts';
import { systemctlProgram } from './systemctl.ts';
import type { Systemctl, SystemctlAnswer } from './systemctl.ts';
import { parseUnitStatus, unitName, unitProperties } from './unit-status.ts';
import type { UnitStatus } from './unit-status.ts';

export interface SystemdServicesOptions {
  readonly clock: Clock;
  readonly systemctl?: Systemctl;
  readonly waiting?: Waiting;
  /** Whether this account may do everything; without that, an order that had no effect at all was refused. */
  readonly isRoot?: boolean;
  /** How long a service must go on running to count as started, in milliseconds, on top of the limit. */
  readonly steady?: number;
}

type Order = 'stop' | 'start';

/** Asking systemd what it knows does not wait for a service. */
const inspectLimit = 10_000;

class SystemdServices implements Services {
  readonly #clock: Clock;
  readonly #systemctl: Systemctl;
  readonly #waiting: Waiting;
  readonly #steady: number;
  readonly #isRoot: boolean;
  /** By the unit that was stopped: those that ran and were stopped with it, in the order in which they stop. */
  readonly #stoppedWith = new Map<string, readonly string[]>();

  constructor(options: SystemdServicesOptions) {
    this.#clock = options.clock;
    this.#systemctl = options.systemctl ?? systemctlProgram();
    this.#waiting = options.waiting ?? realWaiting;
    this.#steady = options.steady ?? 1000;
    this.#isRoot = options.isRoot ?? process.geteuid?.() === 0;
  }

  async inspect(name: string): Promise<Reading<ServiceStatus>> {
    const unit = await this.#unit(name);
    if (!unit.ok) return unknown(unit.error, this.#clock.now());
    const { state, processId } = unit.value;
    return known({ name, state, processId }, this.#clock.now());
  }

  async runningDependants(name: string): Promise<Reading<readonly string[]>> {
    const unit = await this.#unit(name);
    if (!unit.ok) return unknown(unit.error, this.#clock.now());
    const running = await this.#runningWith(unit.value);
    return running.ok ? known(running.value, this.#clock.now()) : unknown(running.error, this.#clock.now());
  }

  async stop(name: string, limit: number): Promise<Result<undefined>> {
    const deadline = this.#waiting.now() + limit;
    const unit = await this.#unit(name);
    if (!unit.ok) return unit;
    const running = await this.#runningWith(unit.value);
    if (!running.ok) return running;
    const { id } = unit.value;
    const all = [...new Set([...(this.#stoppedWith.get(id) ?? []), ...running.value])];
    if (all.length > 0) this.#stoppedWith.set(id, all);
    if (unit.value.state === 'stopped') return succeed();
    if (!unit.value.canStop) {
      return failed(failure('service-cannot-stop', { service: name, cause: 'systemd takes no order to stop it' }));
    }
    const asked = await this.#order('stop', id, deadline);
    if (asked?.code === 'service-control-silent') return failed(asked);
    const stopped = await lookUntil(this.#waiting, asked === undefined ? deadline : this.#waiting.now(), async () => {
      const now = await this.#unit(name);
      return now.ok && now.value.state !== 'stopped' ? undefined : now;
    });
    if (stopped !== undefined) return stopped.ok ? succeed() : stopped;
    if (asked === undefined) return failed(failure('service-did-not-stop', { service: name, seconds: limit / 1000 }));
    return failed(this.#isRoot ? asked : failure('service-no-right', { what: 'stop', service: name }));
  }

  async start(name: string, limit: number): Promise<Result<undefined>> {
    const deadline = this.#waiting.now() + limit;
    const unit = await this.#unit(name);
    if (!unit.ok) return unit;
    const started = await this.#startOne(name, name, deadline);
    if (!started.ok) return started;
    const { id } = unit.value;
    for (const dependant of (this.#stoppedWith.get(id) ?? []).toReversed()) {
      const brought = await this.#startOne(dependant, `${dependant}, which needs ${name},`, deadline);
      if (!brought.ok) return brought;
    }
    this.#stoppedWith.delete(id);
    return started;
  }

  async #startOne(name: string, service: string, deadline: number): Promise<Result<undefined>> {
    const before = await this.#unit(name);
    if (!before.ok) return before;
    const { id, switchedOff, canStart } = before.value;
    if (switchedOff !== null) return didNotStart(service, switchedOff);
    if (!canStart) return didNotStart(service, 'systemd takes no order to start it');
    const asked = before.value.state === 'running' ? undefined : await this.#order('start', id, deadline);
    if (asked?.code === 'service-control-silent') return failed(asked);
    const unit = await this.#unit(name);
    if (!unit.ok) return unit;
    if (unit.value.state === 'stopped') return failed(this.#whyNotStarted(before.value, unit.value, service));
    if (unit.value.state !== 'running') {
      const again = unit.value.restarts > before.value.restarts;
      return didNotStart(service, again ? unit.value.ended : 'it is not ready within the time it was given');
    }
    return await this.#goesOnRunning(name, unit.value, service);
  }

  /** systemctl's exit status is the same for an order that was refused and for a service that failed. */
  #whyNotStarted(before: UnitStatus, after: UnitStatus, service: string): Failure {
    if (after.invocation !== before.invocation) {
      return failure('service-did-not-start', { service, cause: after.ended });
    }
    if (!this.#isRoot) return failure('service-no-right', { what: 'start', service });
    return failure('service-did-not-start', {
      service,
      cause: 'systemd did not begin; a unit that it needs may have failed',
    });
  }

  /** A service of the simple kind counts as started as soon as its process exists, whatever becomes of it. */
  async #goesOnRunning(name: string, first: UnitStatus, service: string): Promise<Result<undefined>> {
    const ended = await lookUntil(this.#waiting, this.#waiting.now() + this.#steady, async () => {
      const unit = await this.#unit(name);
      if (!unit.ok) return unit;
      if (unit.value.state !== 'running') return didNotStart(service, `it ran, but then ${unit.value.ended}`);
      return unit.value.restarts === first.restarts && unit.value.processId === first.processId
        ? undefined
        : didNotStart(service, 'its process ended and was started again');
    });
    return ended === undefined || ended.ok ? succeed() : ended;
  }

  /** What systemd answered other than that it was done; undefined also when it is not through at the deadline. */
  async #order(order: Order, id: string, deadline: number): Promise<Failure | undefined> {
    const answer = await this.#systemctl([order, '--', id], deadline - this.#waiting.now());
    if (answer.kind === 'late') return undefined;
    if (answer.kind === 'missing') return silent(answer);
    if (answer.exitCode === 0) return undefined;
    const cause = `systemctl ended with ${answer.exitCode}`;
    return order === 'stop'
      ? failure('service-cannot-stop', { service: id, cause })
      : failure('service-did-not-start', { service: id, cause });
  }

  async #unit(name: string): Promise<Result<UnitStatus>> {
    const unit = unitName(name);
    if (unit === undefined) return failed(failure('service-unknown', { service: name }));
    const answer = await this.#systemctl(['show', `--property=${unitProperties.join(',')}`, '--', unit], inspectLimit);
    const status = answer.kind === 'ended' && answer.exitCode === 0 ? parseUnitStatus(answer.output) : undefined;
    if (status === undefined) return failed(silent(answer));
    return status.exists ? succeed(status) : failed(failure('service-unknown', { service: name }));
  }

  /** All services that run and stop with it, also at second hand; those that need others before these. */
  async #runningWith(unit: UnitStatus, seen = new Set([unit.id])): Promise<Result<readonly string[]>> {
    const running: string[] = [];
    for (const name of unit.neededBy) {
      if (seen.has(name)) continue;
      seen.add(name);
      const dependant = await this.#unit(name);
      if (!dependant.ok) return dependant;
      const further = await this.#runningWith(dependant.value, seen);
      if (!further.ok) return further;
      running.push(...further.value);
      if (dependant.value.state !== 'stopped') running.push(dependant.value.id);
    }
    return succeed(running);
  }
}

function didNotStart(service: string, cause: string) {
  return failed(failure('service-did-not-start', { service, cause }));
}

function silent(answer: SystemctlAnswer): Failure {
  const cause =
    answer.kind === 'missing'
      ? answer.cause
      : answer.kind === 'late'
        ? 'systemctl did not answer in time'
        : `systemctl ended with ${answer.exitCode}`;
  return failure('service-control-silent', { cause });
}

/**
 * The services of this Linux machine under systemd; systemd itself stops what needs a service with it. Failures as on
 * Windows; `service-control-silent` where systemctl is missing or cannot reach systemd, as in most containers.
 */
export function systemdServices(options: SystemdServicesOptions): Services {
  return new SystemdServices(options);
}
