import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { InstanceNetwork } from '#electron/instance/instance-network.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Services } from '#electron/services/services.ts';
import { originOf } from '#electron/site/network-view.ts';
import { waitUntil } from '../wait.ts';

export interface RestartParts {
  readonly instance: InstanceNetwork;
  readonly services: Services;
  readonly profile: Pick<SiteProfile, 'services' | 'serviceLogins' | 'endpoint'>;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly clock: Clock;
}

/** In milliseconds. SQL Server recovers its databases before it answers. */
const serviceLimit = 20_000;
const instanceLimit = 120_000;

/** A restart of SQL Server with everything on this machine that uses it: what runs now, and nothing else, runs afterwards. */
export class InstanceRestart {
  readonly #parts: RestartParts;
  /** What is stopped before SQL Server, in order; started again in reverse. */
  readonly stopped: readonly string[];
  /** The logins of services that had a session of this machine. */
  readonly #logins: readonly string[];

  private constructor(parts: RestartParts, stopped: readonly string[], logins: readonly string[]) {
    this.#parts = parts;
    this.stopped = stopped;
    this.#logins = logins;
  }

  /** Looks at what runs now; whatever cannot be seen stands in the way, since nobody would start it again. */
  static async of(parts: RestartParts, status: SiteStatus): Promise<Result<InstanceRestart>> {
    const { services, profile, instance } = parts;
    const stopped: string[] = [];
    const add = (name: string) => {
      if (name !== instance.service && !stopped.includes(name)) stopped.push(name);
    };
    for (const { name } of profile.services) {
      const seen = await services.inspect(name);
      if (seen.state === 'unknown') return failed(seen.cause);
      if (seen.value.state === 'stopped') continue;
      const dependants = await services.runningDependants(name);
      if (dependants.state === 'unknown') return failed(dependants.cause);
      for (const each of dependants.value) add(each);
      add(name);
    }
    const own = await services.inspect(instance.service);
    if (own.state === 'unknown') return failed(own.cause);
    const dependants = await services.runningDependants(instance.service);
    if (dependants.state === 'unknown') return failed(dependants.cause);
    for (const each of dependants.value) add(each);
    return succeed(new InstanceRestart(parts, stopped, loginsIn(profile.serviceLogins, status)));
  }

  async stopServices(): Promise<Result<undefined>> {
    return await inOrder(this.stopped, async (name) => await this.#parts.services.stop(name, serviceLimit));
  }

  /** Starts every one, also where another did not start; the first failure is answered. */
  async startServices(): Promise<Result<undefined>> {
    let first: Result<undefined> = succeed();
    for (const name of this.stopped.toReversed()) {
      const started = await this.#parts.services.start(name, serviceLimit);
      if (!started.ok && first.ok) first = started;
    }
    return first;
  }

  /** Stops and starts SQL Server, and comes back when it answers. */
  async restartInstance(): Promise<Result<undefined>> {
    const { services, instance, status } = this.#parts;
    // Those that were started again meanwhile stand in its way.
    const cleared = await this.stopServices();
    if (!cleared.ok) return cleared;
    const gone = await services.stop(instance.service, instanceLimit);
    if (!gone.ok) return gone;
    const started = await services.start(instance.service, instanceLimit);
    if (!started.ok) return started;
    let last: Result<unknown> = succeed();
    const answers = await waitUntil(instanceLimit, async () => {
      last = await status();
      return last.ok;
    });
    return answers ? succeed() : asFailure(last);
  }

  /** Waits until every login of a service that had a session has one again. */
  async loggedInAgain(): Promise<Result<undefined>> {
    let missing: readonly string[] = this.#logins;
    const there = await waitUntil(serviceLimit, async () => {
      const now = await this.#parts.status();
      if (!now.ok) return false;
      const logins = this.#logins;
      missing = logins.filter((login) => !hasSession(now.value, login));
      return missing.length === 0;
    });
    if (there) return succeed();
    return failed(failure('service-did-not-log-in', { service: missing.join(', '), seconds: serviceLimit / 1000 }));
  }
}

const hasSession = (status: SiteStatus, login: string) =>
  status.sessions.some((session) => session.login === login && originOf(session) !== 'remote');

const loginsIn = (logins: SiteProfile['serviceLogins'], status: SiteStatus) =>
  logins.map(({ login }) => login).filter((login) => hasSession(status, login));

async function inOrder(
  names: readonly string[],
  work: (name: string) => Promise<Result<undefined>>,
): Promise<Result<undefined>> {
  for (const name of names) {
    const done = await work(name);
    if (!done.ok) return done;
  }
  return succeed();
}

const asFailure = (result: Result<unknown>): Result<undefined> => (result.ok ? succeed() : result);
