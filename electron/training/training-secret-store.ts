import type { SecretRecord, SecretStore } from '#electron/secrets/secret-store.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { StoredRecord } from './control/control.ts';
import type { ControlClient } from './control/control-client.ts';
import { done } from './control/done.ts';

/** The training keychain: kept by the training site, in the clear, because what it keeps opens nothing real. */
export function trainingSecretStore(client: ControlClient): SecretStore {
  return {
    kind: 'training',
    sentence:
      "Practice secrets are kept in the training site's own folder, in the clear. They are worthless outside of it.",
    read: async (login) => {
      const answer = await client.call('secrets.read', { login });
      if (!answer.ok) return answer;
      return succeed(answer.value === null ? undefined : fromStored(answer.value));
    },
    write: async (login, record) => {
      const stored = toStored(record);
      const written = await client.call('secrets.write', { login, record: stored });
      if (!written.ok) return written;
      const kept = await client.call('secrets.read', { login });
      if (!kept.ok) return kept;
      const same = kept.value !== null && slots.every((slot) => kept.value?.[slot] === stored[slot]);
      return same ? succeed() : failed(failure('secret-record-damaged', { login }));
    },
    remove: async (login) => done(await client.call('secrets.remove', { login })),
  };
}

const slots = ['current', 'pending', 'previous'] as const;

function toStored({ version, current, pending, previous }: SecretRecord): StoredRecord {
  return {
    version,
    current: current?.reveal() ?? null,
    pending: pending?.reveal() ?? null,
    previous: previous?.reveal() ?? null,
  };
}

function fromStored({ version, current, pending, previous }: StoredRecord): SecretRecord {
  return { version, current: secretOf(current), pending: secretOf(pending), previous: secretOf(previous) };
}

function secretOf(text: string | null): Secret | null {
  return text === null ? null : new Secret(text);
}
