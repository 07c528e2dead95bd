import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Credential } from '#electron/database/site-database.ts';
import type { SecretStore } from './secret-store.ts';

/** The run login's password, read from the store at the moment it is needed. */
export function runCredential(store: SecretStore, login: string): () => Promise<Result<Credential>> {
  return async () => {
    const record = await store.read(login);
    if (!record.ok) return record;
    const secret = record.value?.current ?? null;
    return secret === null ? failed(failure('secret-unknown', { login })) : succeed({ login, secret });
  };
}
