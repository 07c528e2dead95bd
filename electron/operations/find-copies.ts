import { dirname } from 'node:path';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { FoundCopies } from '#shared/consumer-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import { findConsumers } from '#electron/consumers/find/find-consumers.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import { keptLogins } from './kept-logins.ts';

export interface FindCopiesParts {
  readonly profile: SiteProfile;
  readonly store: SecretStore;
  readonly consumers: readonly Consumer[];
  /** Folders that a person named besides those of the known copies; the page never names one. */
  readonly searchPlaces: readonly string[];
}

/** Looks for copies of passwords beside the known ones. Reads files, changes nothing, and answers no password. */
export async function findCopies(parts: FindCopiesParts): Promise<Result<FoundCopies>> {
  const { profile, store, consumers, searchPlaces } = parts;
  const known: Secret[] = [];
  for (const login of keptLogins(profile)) {
    const record = await store.read(login);
    // Without the store it is only not known whether a copy is one of Mortise's.
    if (!record.ok || record.value === undefined) continue;
    const { current, pending, previous } = record.value;
    known.push(...[current, pending, previous].filter((secret) => secret !== null));
  }
  for (const consumer of consumers) {
    const reading = await consumer.read();
    if (reading.ok && reading.value.secret !== null) known.push(reading.value.secret);
  }
  const besides = profile.consumers.flatMap((each) => ('path' in each ? [dirname(each.path)] : []));
  const places = [...new Set([...besides, ...searchPlaces])];
  const found = await findConsumers({
    places,
    logins: keptLogins(profile),
    known,
    described: profile.consumers,
  });
  return succeed({ places, proposals: [...found.proposals], left: [...found.left] });
}
