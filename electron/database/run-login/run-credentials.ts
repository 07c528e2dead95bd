import type { Failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Credential } from '../site-database.ts';

/** Where the run login's passwords come from at the moment they are needed: the likely one first. Nothing is kept here. */
export type RunCredentials = () => Promise<Result<readonly [Credential, ...Credential[]]>>;

/** A password that the server refused, and what it said. */
interface Refusal {
  readonly secret: Secret;
  readonly why: Failure;
  readonly at: number;
}

/**
 * So long a refused password is not tried again, in milliseconds: a screen that is refreshed every few seconds would lock
 * the login out. Windows forgets refused logins after ten minutes (Reset account lockout counter after).
 */
const rests = 10 * 60 * 1000;

/**
 * Logs in as the run login with the password that works: while its own rotation is open, that may be either of two. One
 * that was refused is not tried again until some time has passed, another one is kept, or a person asks for it.
 */
export class RunLoginAttempts {
  readonly #credentials: RunCredentials;
  readonly #now: () => number;
  #refused: readonly Refusal[] = [];

  constructor(credentials: RunCredentials, now: () => number = () => Date.now()) {
    this.#credentials = credentials;
    this.#now = now;
  }

  /** `act` answers `login-refused` for the password, and for nothing else. */
  async with<T>(act: (credential: Credential) => Promise<Result<T>>): Promise<Result<T>> {
    const credentials = await this.#credentials();
    if (!credentials.ok) return credentials;
    let refused: Failure | undefined;
    for (const credential of credentials.value) {
      const before = this.#refusalOf(credential.secret);
      if (before !== undefined) {
        refused ??= before.why;
        continue;
      }
      const answer = await act(credential);
      if (answer.ok || answer.error.code !== 'login-refused') return answer;
      this.#remember(credential.secret, answer.error);
      refused = answer.error;
    }
    // At least one was there, so one was refused, now or before.
    return refused === undefined ? await act(credentials.value[0]) : failed(refused);
  }

  /** The server takes this password from now on, whatever it said of it before. */
  isInForce(secret: Secret): void {
    this.#refused = this.#refused.filter((each) => !each.secret.equals(secret));
  }

  /** Somebody says that it may be different now. */
  tryAgain(): void {
    this.#refused = [];
  }

  #refusalOf(secret: Secret): Refusal | undefined {
    return this.#refused.find((each) => each.secret.equals(secret) && this.#now() - each.at < rests);
  }

  #remember(secret: Secret, why: Failure): void {
    this.#refused = [...this.#refused.filter((each) => !each.secret.equals(secret)), { secret, why, at: this.#now() }];
  }
}
