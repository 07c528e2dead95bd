import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { LoginFacts } from '#electron/database/site-database.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';

/** The login as the server has it, where its password can be changed at all. */
export async function rotatable(
  { database }: RotationParts,
  { login }: RotatedLogin,
  by: 'login' | 'administrator' = 'login',
): Promise<Result<LoginFacts>> {
  const facts = await database.loginFacts(login);
  if (!facts.ok) return facts;
  const because = (cause: string) => failed(failure('login-not-rotatable', { login, cause }));
  if (facts.value === undefined) return because('there is no such SQL login, or the run login may not see it');
  if (facts.value.disabled) return because('it is disabled');
  // An administrator sets a new password over a lock-out and an expiry.
  if (by === 'administrator') return succeed(facts.value);
  if (facts.value.locked) return because('it is locked out');
  if (facts.value.mustChange || facts.value.expired) return because('its password has expired');
  return succeed(facts.value);
}

/**
 * The password in use: kept by us, or found in every consumer alike; verified by one login. Where a rotation whose
 * journal is lost left a pending one, that one may be in force, and each consumer may hold either.
 */
export async function verifiedSecret(
  parts: RotationParts,
  { login, consumers }: RotatedLogin,
  stored: SecretRecord | undefined,
): Promise<Result<Secret>> {
  const pending = stored?.pending ?? null;
  let secret = stored?.current ?? undefined;
  for (const consumer of consumers) {
    const reading = await consumer.read();
    if (!reading.ok) return reading;
    const held = reading.value.secret;
    if (held === null) continue;
    secret ??= held;
    if (!held.equals(secret) && pending?.equals(held) !== true)
      return failed(failure('consumer-differs', { consumer: consumer.place, login }));
  }
  if (secret === undefined) return failed(failure('secret-unknown', { login }));
  const works = await parts.database.tryLogin({ login, secret });
  if (works.ok) return succeed(secret);
  if (works.error.code !== 'login-refused' || pending === null) return works;
  const pendingWorks = await parts.database.tryLogin({ login, secret: pending });
  return pendingWorks.ok ? succeed(pending) : works;
}

/** Whether a former password is there to be put back; while a pending one is left over, the current one may be it. */
export function formerIsKept(stored: SecretRecord | undefined): boolean {
  const former = stored?.previous ?? (stored?.pending == null ? null : stored.current) ?? null;
  return former !== null;
}

/**
 * No journal speaks of a pending password that is in the store before a rotation begins: its journal was lost. The one
 * of the two that logs in becomes the current one, so that the next rotation stages one of its own.
 */
export async function clearLeftOver(parts: RotationParts, target: RotatedLogin): Promise<Result<undefined>> {
  const stored = await parts.store.read(target.login);
  if (!stored.ok) return stored;
  const { value: record } = stored;
  if (record === undefined || record.pending === null) return succeed();
  const works = await verifiedSecret(parts, target, record);
  if (!works.ok) return works;
  const { current, pending, previous } = record;
  return await parts.store.write(target.login, {
    version: 1,
    ...(works.value.equals(pending)
      ? { current: pending, pending: null, previous: current }
      : { current: works.value, pending: null, previous }),
  });
}

/**
 * Before an administrator sets a new one: a pending password of a rotation whose journal was lost may be in force, or not.
 * One login tells; where it cannot, it is kept as the former one rather than given away.
 */
export async function setLeftOverAside(parts: RotationParts, target: RotatedLogin): Promise<Result<undefined>> {
  const { login } = target;
  const stored = await parts.store.read(login);
  if (!stored.ok) return stored;
  const { value: record } = stored;
  if (record === undefined || record.pending === null) return succeed();
  const { current, pending } = record;
  const works = await parts.database.tryLogin({ login, secret: pending });
  return await parts.store.write(login, {
    version: 1,
    ...(works.ok ? { current: pending, previous: current } : { current, previous: pending }),
    pending: null,
  });
}
