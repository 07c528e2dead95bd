import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';

/**
 * All that is kept for one login, in one entry of the keychain, so that a transition is one write. `pending` is set
 * from staging to commit; `previous` from commit until the next rotation.
 */
export interface SecretRecord {
  readonly version: 1;
  readonly current: Secret | null;
  readonly pending: Secret | null;
  readonly previous: Secret | null;
}

/** Keeps one record a login. Never falls back to another place silently. */
export interface SecretStore {
  readonly kind: 'training' | 'keychain';
  /** Says where secrets are kept, for the screen. */
  readonly sentence: string;
  /** `undefined` when there is no record; an unreadable one is an error, never `undefined`. */
  read(login: string): Promise<Result<SecretRecord | undefined>>;
  /** Writes the whole record and reads it back before it says so. */
  write(login: string, record: SecretRecord): Promise<Result<undefined>>;
  remove(login: string): Promise<Result<undefined>>;
}

/** What a person calls the store, in a list of changes. */
export const storeNames = { training: 'the training keychain', keychain: 'the keychain of this account' } as const;
