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

/** One sentence's worth of what a library threw: its first line, without what a bus appends about the two programs. */
function wordsOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split(/[\r\n;]/, 1);
  return line.trim().replace(/\.$/, '') || 'it gave no reason';
}

/**
 * How those say no who can: a D-Bus daemon (whose error's name, AccessDenied, libsecret takes off), AppArmor and SELinux,
 * a socket's mode, a keyring, macOS (errSecAuthFailed, errSecUserCanceled).
 */
const refusals =
  /denied|rejected send message|policy prevents|not permitted|not allowed|not authorized|authorization|user canceled/i;

/**
 * What the keychain's own words mean. libsecret keeps asking the connection (":1.7") that it found at first, which no other
 * daemon takes over. Windows speaks its user's language, so its words are not read: the Credential Manager is always
 * there, and an entry that is not is no error, so what it throws is a refusal (to a network logon, such as SSH's, because
 * that has no credentials: CredReadW, ERROR_NO_SUCH_LOGON_SESSION).
 */
function failureOf(cause: string, platform: NodeJS.Platform): Failure {
  if (platform === 'win32') return failure('keychain-denied', { cause });
  if (/\blocked\b|dismissed/i.test(cause)) return failure('keychain-locked');
  if (/The name :\d+\.\d+ was not provided/.test(cause)) return failure('keychain-restarted');
  return failure(refusals.test(cause) ? 'keychain-denied' : 'keychain-absent', { cause });
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
  readonly #platform: NodeJS.Platform;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = false;

  constructor(load: () => Promise<KeychainCalls>, limitMilliseconds: number, platform: NodeJS.Platform) {
    this.#load = load;
    this.#limitMilliseconds = limitMilliseconds;
    this.#platform = platform;
  }

  /**
   * `keychain-locked` when it is locked or silent, `keychain-denied` when it does not let this account or session in,
   * `keychain-absent` when there is none.
   */
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
      const answer = this.#answer(operation).finally(() => {
        this.#waiting = false;
      });
      const first = await Promise.race([answer, limit]);
      return first === timeIsUp ? failed(failure('keychain-locked')) : first;
    } finally {
      clearTimeout(timer);
    }
  }

  async #answer<T>(operation: (calls: KeychainCalls) => Promise<T>): Promise<Result<T>> {
    let calls: KeychainCalls;
    try {
      calls = await this.#load();
    } catch (error) {
      return failed(failure('keychain-absent', { cause: wordsOf(error) }));
    }
    try {
      return succeed(await operation(calls));
    } catch (error) {
      return failed(failureOf(wordsOf(error), this.#platform));
    }
  }
}
