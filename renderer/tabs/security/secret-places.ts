import type { Reading } from '#shared/reading.ts';
import type { Verification } from '#shared/verification.ts';
import type { Text } from '../../text/text.ts';

/** One line of the table: a place, and what is there in words. */
export interface SecretPlace {
  readonly place: string;
  readonly holds: string;
}

/** Which secret is where, in words: the server first, then Mortise's store, the copies, the services. */
export function secretPlaces(verification: Verification, { rotation }: Text): readonly SecretPlace[] {
  const { verification: words } = rotation;
  const { works, kept, consumers, services } = verification;
  const said = <T>(reading: Reading<T>, word: (value: T) => string): string =>
    reading.state === 'known' ? word(reading.value) : words.unknown(reading.cause.sentence);
  return [
    { place: words.server, holds: said(works, (value) => words.secrets[value]) },
    {
      place: words.store,
      holds: kept.length === 0 ? words.nothingKept : kept.map((each) => words.secrets[each]).join(', '),
    },
    ...consumers.map(({ place, holds }) => ({ place, holds: said(holds, (value) => words.secrets[value]) })),
    ...services.map(({ name, loggedIn, how }) => ({
      place: words.service(name),
      holds: said(loggedIn, (value) => `${value ? words.loggedIn : words.notLoggedIn}. ${how}`),
    })),
  ];
}
