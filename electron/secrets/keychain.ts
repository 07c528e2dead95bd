import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';

/** The calls of keytar that are used. `findCredentials` is not one of them: on a locked keyring it ends the process. */
export interface KeychainCalls {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, text: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** The operating system's keychain by way of keytar, loaded at first use: without libsecret it does not load at all. */
export async function loadKeytar(): Promise<KeychainCalls> {
  return (await import('keytar')).default;
}

/**
 * What the keychain's own words mean. libsecret keeps asking the connection (":1.7") that it found at first, which no other
 * daemon takes over.
 */
function failureOf(cause: string): Failure {
  if (/locked|dismissed/i.test(cause)) return failure('keychain-locked');
  if (/The name :\d+\.\d+ was not provided/.test(cause)) return failure('keychain-restarted');
  // Secret Service and D-Bus (AccessDenied), Windows (error 5), macOS (errSecAuthFailed, errSecUserCanceled).
  if (/denied|not permitted|not allowed|authorization|user canceled/i.test(cause))
    return failure('keychain-denied', { cause });
  return failure('keychain-absent', { cause });
}

const timeIsUp = Symbol('time is up');

/**
 * Calls the keychain one at a time with a limit, because a locked one may wait for ever for a prompt that nobody sees.
 * While such a call is still waiting no other is begun: each blocks one of the few threads that file operations need
 * too, and a later write must not be overtaken by an earlier one.
 */
export class Keychain {
  readonly #load: () => Promise<KeychainCalls>;
  readonly #limitMilliseconds: number;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = false;

  constructor(load: () => Promise<KeychainCalls>, limitMilliseconds: number) {
    this.#load = load;
    this.#limitMilliseconds = limitMilliseconds;
  }

  /** `keychain-locked` when it is locked or silent, `keychain-absent` when there is none. */
  call<T>(operation: (calls: KeychainCalls) => Promise<T>): Promise<Result<T>> {
    const turn = this.#queue.then(() => this.#callNow(operation));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #callNow<T>(operation: (calls: KeychainCalls) => Promise<T>): Promise<Result<T>> {
    if (this.#waiting) return failed(failure('keychain-locked'));
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<typeof timeIsUp>((resolve) => {
      timer = setTimeout(() => resolve(timeIsUp), this.#limitMilliseconds);
    });
    try {
      this.#waiting = true;
      const answer = this.#load()
        .then(operation)
        .finally(() => {
          this.#waiting = false;
        });
      const first = await Promise.race([answer, limit]);
      if (first !== timeIsUp) return succeed(first);
      answer.catch(() => undefined);
      return failed(failure('keychain-locked'));
    } catch (error) {
      const cause = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
      return failed(failureOf(cause));
    } finally {
      clearTimeout(timer);
    }
  }
}
