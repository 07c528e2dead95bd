import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Credential } from '../site-database.ts';

/** Where the run login's passwords come from at the moment they are needed: the likely one first. Nothing is kept here. */
export type RunCredentials = () => Promise<Result<readonly [Credential, ...Credential[]]>>;

/**
 * Logs in as the run login with the password that works: while its own rotation is open, that may be either of two. One
 * that was refused is tried last from then on, because refused logins are counted.
 */
export class RunLoginAttempts {
  readonly #credentials: RunCredentials;
  #refused: readonly Secret[] = [];

  constructor(credentials: RunCredentials) {
    this.#credentials = credentials;
  }

  /** `act` answers `login-refused` for the password, and for nothing else. */
  async with<T>(act: (credential: Credential) => Promise<Result<T>>): Promise<Result<T>> {
    const credentials = await this.#credentials();
    if (!credentials.ok) return credentials;
    const wasRefused = ({ secret }: Credential) => this.#refused.some((each) => each.equals(secret));
    const [first, ...others] = credentials.value.toSorted((a, b) => Number(wasRefused(a)) - Number(wasRefused(b)));
    let answer = await this.#attempt(first ?? credentials.value[0], act);
    for (const credential of others) {
      if (answer.ok || answer.error.code !== 'login-refused') return answer;
      answer = await this.#attempt(credential, act);
    }
    return answer;
  }

  /** The server has another password from now on. */
  replaced(former: Secret): void {
    if (!this.#refused.some((each) => each.equals(former))) this.#refused = [...this.#refused, former];
  }

  async #attempt<T>(credential: Credential, act: (credential: Credential) => Promise<Result<T>>): Promise<Result<T>> {
    const answer = await act(credential);
    if (answer.ok) this.#refused = this.#refused.filter((each) => !each.equals(credential.secret));
    else if (answer.error.code === 'login-refused') this.replaced(credential.secret);
    return answer;
  }
}
