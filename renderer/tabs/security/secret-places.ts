import type { Reading } from '#shared/reading.ts';
import type { Verification } from '#shared/verification.ts';
import type { Text } from '../../text/text.ts';

/** One line of the table: a place, and what is there in words. */
export interface SecretPlace {
  readonly place: string;
  readonly holds: string;
  /** Set where this is what keeps everything from agreeing. */
  readonly tone: 'danger' | 'unknown' | null;
}

/** Which secret is where, in words: the server first, then Mortise's store, the copies, the services. */
export function secretPlaces(verification: Verification, { rotation }: Text): readonly SecretPlace[] {
  const { verification: words } = rotation;
  const { works, kept, consumers, services } = verification;
  const said = <T>(reading: Reading<T>, word: (value: T) => string, wrong: (value: T) => boolean) =>
    reading.state === 'known'
      ? { holds: word(reading.value), tone: wrong(reading.value) ? ('danger' as const) : null }
      : { holds: words.unknown(reading.cause.sentence), tone: 'unknown' as const };
  return [
    {
      place: words.server,
      ...said(
        works,
        (value) => words.secrets[value],
        (value) => value !== 'current',
      ),
    },
    {
      place: words.store,
      holds: kept.length === 0 ? words.nothingKept : kept.map((each) => words.secrets[each]).join(', '),
      tone: kept.includes('current') ? null : 'danger',
    },
    ...consumers.map(({ place, holds }) => ({
      place,
      ...said(
        holds,
        (value) => words.secrets[value],
        (value) => value !== 'current' && value !== 'not-readable',
      ),
    })),
    ...services.map(({ name, loggedIn, how }) => ({
      place: words.service(name),
      ...said(
        loggedIn,
        (value) => `${value ? words.loggedIn : words.notLoggedIn}. ${how}`,
        (value) => !value,
      ),
    })),
  ];
}
