import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';
import { itIsASecretStore } from '#tests/unit/secrets/secret-store-contract.ts';

describe('The Credential Manager of Windows', () => {
  itIsASecretStore(() => keytarSecretStore({ site: `acceptance ${randomUUID()}` }));
});
