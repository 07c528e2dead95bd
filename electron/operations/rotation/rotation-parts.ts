import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { Credential, SiteDatabase } from '#electron/database/site-database.ts';
import type { StepJournal } from '#electron/journal/step-journal.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { waitUntil } from '../wait.ts';
import type { RotationRecord } from './rotation-journal.ts';
import type { StepPerformer } from './rotation-steps.ts';

/** What rotations are made of. */
export interface RotationParts {
  readonly profile: SiteProfile;
  readonly database: SiteDatabase;
  readonly store: SecretStore;
  readonly services: Services;
  readonly consumers: readonly Consumer[];
  readonly journal: StepJournal<RotationRecord>;
  readonly clock: Clock;
  readonly generate: () => Secret;
  /** Where an administrator switches instead of the login itself; never stored. */
  readonly administrator?: Credential | undefined;
  /** How a step is done; left out, as rotations do it. Proofs put a faulty one here and must see it caught. */
  readonly perform?: StepPerformer;
  /** How it waits for a service; left out, by the wall clock. */
  readonly wait?: typeof waitUntil;
}

/** One login with everything that uses it. */
export interface RotatedLogin {
  readonly login: string;
  /** In the order in which they are stopped. */
  readonly services: readonly string[];
  /** What cannot run without those, in the order in which it is stopped: it holds no password, but has to come back. */
  readonly dependants: readonly string[];
  readonly consumers: readonly Consumer[];
}

/** Undefined when the profile names no such login. Mortise's own is used by Mortise, and by whoever holds a copy. */
export function rotatedLogin(parts: RotationParts, login: string): RotatedLogin | undefined {
  const described = parts.profile.serviceLogins.find((each) => each.login === login);
  if (described === undefined && login !== parts.profile.runLogin) return undefined;
  if (described === undefined)
    return {
      login,
      services: [],
      dependants: [],
      consumers: parts.consumers.filter((consumer) => consumer.login === login),
    };
  return {
    login,
    dependants: [],
    services: parts.profile.services.map(({ name }) => name).filter((name) => described.services.includes(name)),
    consumers: parts.consumers.filter((consumer) => described.consumers.includes(consumer.id)),
  };
}

/** The login with what depends on its services now, so that nothing stays stopped which they took with them. */
export async function withDependants({ services }: RotationParts, target: RotatedLogin): Promise<Result<RotatedLogin>> {
  const dependants: string[] = [];
  for (const name of target.services) {
    const running = await services.runningDependants(name);
    if (running.state === 'unknown') return failed(running.cause);
    for (const each of running.value)
      if (!target.services.includes(each) && !dependants.includes(each)) dependants.push(each);
  }
  return succeed({ ...target, dependants });
}
