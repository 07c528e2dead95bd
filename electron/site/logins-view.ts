import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Secret } from '#shared/secret.ts';
import type { Login } from '#shared/snapshot.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

export interface LoginSources {
  readonly profile: SiteProfile;
  readonly consumers: readonly Consumer[];
  readonly store: SecretStore;
  readonly isPublishedDefault: (login: string, secret: Secret) => boolean;
  readonly now: Date;
}

/** Every SQL login of the server with what this site knows of it. Passwords are compared here and go nowhere. */
export async function loginsOf(status: SiteStatus, sources: LoginSources): Promise<Login[]> {
  return await Promise.all(status.logins.map(async (login) => await loginOf(login, sources)));
}

async function loginOf(login: SiteStatus['logins'][number], sources: LoginSources): Promise<Login> {
  const { profile, consumers, store } = sources;
  const service = profile.serviceLogins.find((each) => each.login === login.name);
  const own = consumers.filter((consumer) => service?.consumers.includes(consumer.id) === true);
  const isRun = login.name === profile.runLogin;
  const record = service !== undefined || isRun ? await store.read(login.name) : undefined;
  const kept = record?.ok === true ? record.value : undefined;
  const unread = record?.ok === false ? record.error : undefined;
  return {
    name: login.name,
    role: isRun ? 'run' : service === undefined ? (login.name === 'sa' ? 'administrator' : 'other') : 'service',
    enabled: !login.disabled,
    locked: login.locked,
    policyChecked: login.policyChecked,
    passwordSetAt: login.passwordSetAt?.toISOString() ?? null,
    badPasswords: login.badPasswords,
    consumers: own.map((consumer) => consumer.place),
    services: [...(service?.services ?? [])],
    publishedDefault: await publishedDefault(login.name, own, { current: kept?.current ?? null, unread }, sources),
    rotatable: rotatable(login, service !== undefined, isRun),
    passwordKnown: await passwordKnown(own, { current: kept?.current ?? null, unread }, sources.now),
    previousKept: kept?.previous != null && kept.pending === null,
  };
}

/**
 * What a consumer holds is what the service logs in with, and the store holds what Mortise set. One published default
 * among them settles it; "no" needs every copy read.
 */
async function publishedDefault(
  login: string,
  consumers: readonly Consumer[],
  stored: { readonly current: Secret | null; readonly unread: Failure | undefined },
  sources: LoginSources,
): Promise<Reading<boolean>> {
  const secrets: Secret[] = stored.current === null ? [] : [stored.current];
  let { unread } = stored;
  for (const consumer of consumers) {
    const reading = await consumer.read();
    if (!reading.ok) unread = reading.error;
    else if (reading.value.secret !== null) secrets.push(reading.value.secret);
    else unread = failure('secret-unknown', { login });
  }
  if (secrets.some((secret) => sources.isPublishedDefault(login, secret))) return known(true, sources.now);
  if (unread === undefined && secrets.length > 0) return known(false, sources.now);
  return unknown(unread ?? failure('secret-unknown', { login }), sources.now);
}

/** Kept by Mortise, else held by a consumer; where neither could be looked at, nobody knows. */
async function passwordKnown(
  consumers: readonly Consumer[],
  stored: { readonly current: Secret | null; readonly unread: Failure | undefined },
  now: Date,
): Promise<Login['passwordKnown']> {
  if (stored.current !== null) return known('kept', now);
  if (stored.unread !== undefined) return unknown(stored.unread, now);
  let unread: Failure | undefined;
  for (const consumer of consumers) {
    const reading = await consumer.read();
    if (reading.ok && reading.value.secret !== null) return known('in-a-consumer', now);
    if (!reading.ok) unread = reading.error;
  }
  return unread === undefined ? known('no', now) : unknown(unread, now);
}

function rotatable(login: SiteStatus['logins'][number], isService: boolean, isRun: boolean): Login['rotatable'] {
  if (!isService && !isRun) return { possible: false, why: 'The profile names no consumer that holds its password.' };
  if (login.disabled) return { possible: false, why: 'The login is disabled.' };
  if (login.locked) return { possible: false, why: 'The login is locked out.' };
  return { possible: true };
}
