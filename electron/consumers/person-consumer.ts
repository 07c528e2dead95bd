import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { PersonToAsk } from '#electron/machine/person-to-ask.ts';
import type { Consumer, ConsumerReading } from './consumer.ts';

/** A place that only a person can write, such as a dialog of the vendor. */
export interface PersonConsumerSource {
  readonly id: string;
  /** The place, as the person knows it. */
  readonly place: string;
  /** What has to be done there; never a password. */
  readonly instructions: string;
  readonly login: string;
  readonly person: PersonToAsk;
}

class PersonConsumer implements Consumer {
  readonly id: string;
  readonly place: string;
  readonly login: string;
  readonly #source: PersonConsumerSource;

  constructor(source: PersonConsumerSource) {
    this.id = source.id;
    this.place = source.place;
    this.login = source.login;
    this.#source = source;
  }

  async read(): Promise<Result<ConsumerReading>> {
    return await Promise.resolve(succeed({ login: this.login, secret: null, revision: 'unread' }));
  }

  async preview(): Promise<Result<string>> {
    const { place, instructions } = this.#source;
    return await Promise.resolve(
      succeed(`--- ${place}\n+++ ${place}\n@@ -0,0 +1 @@\n+A person enters [secret] there: ${instructions}\n`),
    );
  }

  /** What is there cannot be read, so a revision cannot be compared. */
  async write(secret: Secret, _expectedRevision: string | null): Promise<Result<undefined>> {
    const { place, instructions, login, person } = this.#source;
    const answer = await person.handOver({ place, instructions, login, secret });
    if (!answer.ok) return answer;
    return answer.value === 'done' ? succeed() : failed(failure('person-did-not-finish', { consumer: place, login }));
  }
}

/**
 * Hands the password to a person and waits until they say that it is entered; whether it was shows when the service
 * logs in. `person-did-not-finish` where they cancelled.
 */
export function personConsumer(source: PersonConsumerSource): Consumer {
  return new PersonConsumer(source);
}
