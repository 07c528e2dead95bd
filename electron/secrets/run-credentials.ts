import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Credential } from '#electron/database/site-database.ts';
import type { SecretStore } from './secret-store.ts';

/**
 * The run login's passwords, read from the store at the moment they are needed: the current one, and while its own
 * rotation is open the pending one, which may be in force already. At least one.
 */
export function runCredentials(
  store: SecretStore,
  login: string,
): () => Promise<Result<readonly [Credential, ...Credential[]]>> {
  return async () => {
    const record = await store.read(login);
    if (!record.ok) return record;
    const [first, ...more] = [record.value?.current, record.value?.pending]
      .filter((secret) => secret != null)
      .map((secret) => ({ login, secret }));
    return first === undefined ? failed(failure('secret-unknown', { login })) : succeed([first, ...more]);
  };
}

/** The run login with the password that is kept as the current one. */
export async function currentCredential(store: SecretStore, login: string): Promise<Result<Credential>> {
  const credentials = await runCredentials(store, login)();
  return credentials.ok ? succeed(credentials.value[0]) : credentials;
}
