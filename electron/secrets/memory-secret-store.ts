import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { decodeRecord, encodeRecord, fitsKeychain } from './secret-record.ts';
import type { SecretRecord, SecretStore } from './secret-store.ts';

/** A store that lives as long as this object, with the faults that a keychain can have. */
export class MemorySecretStore implements SecretStore {
  readonly kind = 'training';
  readonly sentence = 'Secrets are kept in memory and are gone when Mortise is closed.';
  readonly #texts = new Map<string, string>();
  /** Every call answers `keychain-locked`, and nothing changes. */
  locked = false;

  async read(login: string): Promise<Result<SecretRecord | undefined>> {
    await Promise.resolve();
    if (this.locked) return failed(failure('keychain-locked'));
    const text = this.#texts.get(login);
    if (text === undefined) return succeed(undefined);
    const record = decodeRecord(text);
    return record === undefined ? failed(failure('secret-record-damaged', { login })) : succeed(record);
  }

  async write(login: string, record: SecretRecord): Promise<Result<undefined>> {
    await Promise.resolve();
    if (this.locked) return failed(failure('keychain-locked'));
    const text = encodeRecord(record);
    if (!fitsKeychain(text)) return failed(failure('secret-too-long'));
    this.#texts.set(login, text);
    return succeed();
  }

  async remove(login: string): Promise<Result<undefined>> {
    await Promise.resolve();
    if (this.locked) return failed(failure('keychain-locked'));
    this.#texts.delete(login);
    return succeed();
  }

  /** Puts a text there that may be no record. */
  place(login: string, text: string): void {
    this.#texts.set(login, text);
  }
}
