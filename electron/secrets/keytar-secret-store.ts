import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { entryName } from './entry-name.ts';
import { Keychain, loadKeytar } from './keychain.ts';
import type { KeychainCalls } from './keychain.ts';
import { decodeRecord, encodeRecord, fitsKeychain } from './secret-record.ts';
import type { SecretRecord, SecretStore } from './secret-store.ts';

export interface KeytarStoreOptions {
  /** The site's name; entries of different sites do not meet. */
  readonly site: string;
  /** How the keychain is reached; keytar unless a test says otherwise. */
  readonly load?: () => Promise<KeychainCalls>;
  readonly limitMilliseconds?: number;
  /** Whose keychain it is, which decides how its words are read. */
  readonly platform?: NodeJS.Platform;
}

/** An entry apart from every site's, written to see that the keychain is unlocked. */
const proof = { service: 'Mortise', account: 'unlocked' };

class KeytarSecretStore implements SecretStore {
  readonly kind = 'keychain';
  readonly sentence = "Secrets are kept in this account's keychain of the operating system.";
  readonly #service: string;
  readonly #keychain: Keychain;

  constructor(options: KeytarStoreOptions) {
    this.#service = `Mortise ${options.site}`;
    const { load = loadKeytar, limitMilliseconds = 10_000, platform = process.platform } = options;
    this.#keychain = new Keychain(load, limitMilliseconds, platform);
  }

  async read(login: string): Promise<Result<SecretRecord | undefined>> {
    const kept = await this.#text(login);
    if (!kept.ok) return kept;
    if (kept.value === null) return succeed(undefined);
    const record = decodeRecord(kept.value);
    return record === undefined ? failed(failure('secret-record-damaged', { login })) : succeed(record);
  }

  async write(login: string, record: SecretRecord): Promise<Result<undefined>> {
    const text = encodeRecord(record);
    if (!fitsKeychain(text)) return failed(failure('secret-too-long'));
    const written = await this.#keychain.call((calls) => calls.setPassword(this.#service, entryName(login), text));
    if (!written.ok) return written;
    const readBack = await this.#text(login);
    if (!readBack.ok) return readBack;
    return readBack.value === text ? succeed() : failed(failure('secret-record-damaged', { login }));
  }

  async remove(login: string): Promise<Result<undefined>> {
    const removed = await this.#keychain.call((calls) => calls.deletePassword(this.#service, entryName(login)));
    if (!removed.ok) return removed;
    const left = await this.#text(login);
    if (!left.ok) return left;
    return left.value === null ? succeed() : failed(failure('keychain-locked'));
  }

  /** The text of an entry; null only where the keychain showed that it is unlocked. */
  async #text(login: string): Promise<Result<string | null>> {
    const kept = await this.#keychain.call((calls) => calls.getPassword(this.#service, entryName(login)));
    if (!kept.ok || kept.value !== null) return kept;
    const unlocked = await this.#proveUnlocked();
    return unlocked.ok ? succeed(null) : unlocked;
  }

  /**
   * A locked Secret Service without a way to ask answers that there is no such entry, as if it had been deleted
   * (libsecret's lookup gives up on the prompt); only a write is refused. So one is made.
   */
  async #proveUnlocked(): Promise<Result<undefined>> {
    const shown = await this.#keychain.call(async (calls) => {
      await calls.setPassword(proof.service, proof.account, 'yes');
      return calls.getPassword(proof.service, proof.account);
    });
    if (!shown.ok) return shown;
    return shown.value === 'yes' ? succeed() : failed(failure('keychain-locked'));
  }
}

/**
 * Records in the operating system's keychain: Windows Credential Manager, Secret Service, macOS Keychain. They belong to
 * the account that runs this process. A locked or silent keychain is `keychain-locked`, one that does not let this
 * session in `keychain-denied`, none at all `keychain-absent`; after a write that was not answered in time, what is kept
 * is known only once the keychain answers again.
 */
export function keytarSecretStore(options: KeytarStoreOptions): SecretStore {
  return new KeytarSecretStore(options);
}
