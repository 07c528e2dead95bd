import { Secret } from '#shared/secret.ts';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';

/** Run inside a session with a keyring of its own: writes, reads or removes a record and prints how that went. */
const store = keytarSecretStore({ site: 'peers', limitMilliseconds: 3000 });
const record = { version: 1, current: new Secret('kept'), pending: null, previous: null } as const;
const operations = {
  write: () => store.write('acs_service', record),
  read: () => store.read('acs_service'),
  absent: () => store.read('nobody'),
  remove: () => store.remove('acs_service'),
};

const said: Record<string, string> = {};
for (const name of ['write', 'read', 'absent', 'remove'] as const) {
  if (!process.argv.includes(name)) continue;
  const result = await operations[name]();
  const held = result.ok && result.value !== undefined ? result.value.current?.reveal() : undefined;
  said[name] = result.ok ? (held ?? 'ok') : result.error.code;
}
process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(0));
