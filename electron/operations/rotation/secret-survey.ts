import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { KeptSecret, Verification } from '#shared/verification.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import { refusalsRisked } from './refusals-risked.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';

/** What one consumer was found to hold; `secret` null where it cannot be read back. */
export interface SurveyedConsumer {
  readonly consumer: Consumer;
  readonly held: Reading<Secret | null>;
}

/** Which secret is where, with the secrets themselves: it never leaves main. */
export interface SecretSurvey {
  readonly record: SecretRecord | undefined;
  readonly consumers: readonly SurveyedConsumer[];
  /** The password that logs in, and where it is known from; undefined where none of them does. */
  readonly works: Reading<{ readonly secret: Secret; readonly from: KeptSecret | 'in-a-consumer' } | undefined>;
}

const keptOrder = ['current', 'pending', 'previous'] as const;

/** At most so many different passwords are tried: a login whose copies all differ must not be locked out by looking. */
const mostAttempts = 4;

/**
 * Reads the store and every consumer, then tries the passwords found there, each once: the kept ones first, and no
 * further when one works or the server says anything but that the password is wrong.
 */
export async function surveySecrets(parts: RotationParts, target: RotatedLogin): Promise<Result<SecretSurvey>> {
  const { store, database, clock } = parts;
  const { login } = target;
  const read = await store.read(login);
  if (!read.ok) return read;
  const record = read.value;
  const consumers = await Promise.all(
    target.consumers.map(async (consumer) => {
      const reading = await consumer.read();
      const held: Reading<Secret | null> = reading.ok
        ? known(reading.value.secret, clock.now())
        : unknown(reading.error, clock.now());
      return { consumer, held };
    }),
  );
  const candidates: { readonly secret: Secret; readonly from: KeptSecret | 'in-a-consumer' }[] = [];
  const add = (secret: Secret | null, from: KeptSecret | 'in-a-consumer') => {
    if (secret !== null && !candidates.some((each) => each.secret.equals(secret))) candidates.push({ secret, from });
  };
  for (const kept of keptOrder) add(record?.[kept] ?? null, kept);
  for (const { held } of consumers) if (held.state === 'known') add(held.value, 'in-a-consumer');
  const answer = (works: SecretSurvey['works']) => succeed({ record, consumers, works });
  const facts = await database.loginFacts(login);
  if (facts.ok && facts.value?.disabled === true)
    return answer(unknown(failure('login-not-rotatable', { login, cause: 'it is disabled' }), clock.now()));
  if (facts.ok && facts.value?.locked === true)
    return answer(unknown(failure('login-not-rotatable', { login, cause: 'it is locked out' }), clock.now()));
  // Where the server does not tell the count, one attempt is all that is risked.
  const refused = facts.ok ? (facts.value?.policyChecked === false ? 0 : facts.value?.badPasswords) : undefined;
  const budget = refused == null ? 1 : Math.min(mostAttempts, Math.max(0, refusalsRisked - refused));
  if (budget === 0 && candidates.length > 0)
    return answer(unknown(failure('too-many-refused', { login, count: refused ?? 0 }), clock.now()));
  for (const candidate of candidates.slice(0, budget)) {
    const tried = await database.tryLogin({ login, secret: candidate.secret });
    if (tried.ok) return answer(known(candidate, clock.now()));
    if (tried.error.code !== 'login-refused') return answer(unknown(tried.error, clock.now()));
  }
  return answer(
    candidates.length > budget
      ? unknown(failure('too-many-refused', { login, count: (refused ?? 0) + budget }), clock.now())
      : known(undefined, clock.now()),
  );
}

/** What a consumer holds, in words that tell nothing of the password. */
export function holdsOf(
  { held }: SurveyedConsumer,
  record: SecretRecord | undefined,
): Verification['consumers'][number]['holds'] {
  if (held.state === 'unknown') return held;
  const { value: secret, at } = held;
  if (secret === null) return { state: 'known', at, value: 'not-readable' };
  const kept = keptOrder.find((each) => record?.[each]?.equals(secret) === true);
  return { state: 'known', at, value: kept ?? 'another' };
}

/** Whether a service is logged in with this login now: a session of its own process, asked once. */
export async function loggedInNow(
  parts: RotationParts,
  login: string,
  service: string,
  passwordSetAt: Date | null = null,
): Promise<{ readonly loggedIn: Reading<boolean>; readonly how: string }> {
  const now = parts.clock.now();
  const status = await parts.services.inspect(service);
  if (status.state === 'unknown') return { loggedIn: status, how: status.cause.sentence };
  if (status.value.processId === null) return { loggedIn: known(false, now), how: `It is ${status.value.state}.` };
  const sessions = await parts.database.sessionsOf(login);
  if (!sessions.ok) return { loggedIn: unknown(sessions.error, now), how: sessions.error.sentence };
  const own = sessions.value.find(({ processId }) => processId === status.value.processId);
  return own === undefined
    ? { loggedIn: known(false, now), how: `Its process ${status.value.processId} has no session as ${login}.` }
    : {
        loggedIn: known(true, now),
        how: `Its own session ${own.sessionId}, process ${own.processId}, connected at ${own.connectedAt.toISOString()}${passwordSetAt !== null && own.connectedAt < passwordSetAt ? ', before the password was set: it did not need the present one' : ''}.`,
      };
}

/** The failure of a login that nothing of what is known opens. */
export const nothingWorks = (login: string) => failed(failure('no-secret-works', { login }));
