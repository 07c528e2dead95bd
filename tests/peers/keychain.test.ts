import { randomUUID } from 'node:crypto';
import { describe, it } from 'vitest';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';
import { itIsASecretStore } from '#tests/unit/secrets/secret-store-contract.ts';

/** Writes to the keychain of this account, so somebody has to say that it is there for that. */
const asked = (process.env['MORTISE_TEST_KEYCHAIN'] ?? '') !== '';

describe("the operating system's keychain", () => {
  if (!asked) {
    it.skip('left out: MORTISE_TEST_KEYCHAIN is not set');
    return;
  }
  itIsASecretStore(() => keytarSecretStore({ site: `test ${randomUUID()}` }));
});
