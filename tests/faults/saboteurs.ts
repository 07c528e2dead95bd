import { succeed } from '#shared/result.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import type { RotationStep } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationParts } from '#electron/operations/rotation/rotation-parts.ts';
import { performStep, proveLogin } from '#electron/operations/rotation/rotation-steps.ts';
import type { Sabotage, TornSite } from './torn/torn-site.ts';

/** The protocol with one promise broken. The matrix must find each of them out. */
export interface Saboteur {
  readonly name: string;
  readonly sabotage: Sabotage;
}

/** Does the second step where the first is due, and the first where the second is. */
const exchanged =
  (one: RotationStep, other: RotationStep): Sabotage =>
  (parts) => ({
    ...parts,
    perform: async (step, at) => await performStep(step === one ? other : step === other ? one : step, at),
  });

const withStore = (parts: RotationParts, store: Partial<RotationParts['store']>): RotationParts => {
  const { kind, sentence } = parts.store;
  return {
    ...parts,
    store: {
      kind,
      sentence,
      read: async (login) => await parts.store.read(login),
      write: async (login, record) => await parts.store.write(login, record),
      remove: async (login) => await parts.store.remove(login),
      ...store,
    },
  };
};

/** The database with some answers replaced; everything else stays its own. */
const withDatabase = (parts: RotationParts, replaced: Partial<RotationParts['database']>): RotationParts => ({
  ...parts,
  database: new Proxy(parts.database, {
    get: (database, name) => {
      const own = (replaced as Readonly<Record<PropertyKey, unknown>>)[name] ?? Reflect.get(database, name);
      return typeof own === 'function' ? own.bind(database) : own;
    },
  }),
});

/** What the saboteur keeps in memory, and loses with the power. */
const inMemory = new WeakMap<TornSite, { readonly power: number; readonly record: SecretRecord }>();

export const saboteurs: readonly Saboteur[] = [
  {
    name: 'no stage: the new password is only in memory until the end',
    sabotage: (parts, site) => {
      const kept = () => {
        const found = inMemory.get(site);
        return found?.power === site.mains.power ? found.record : undefined;
      };
      return withStore(parts, {
        read: async (login) => {
          const record = kept();
          return record === undefined ? await parts.store.read(login) : succeed(record);
        },
        write: async (login, record) => {
          if (record.pending !== null) {
            inMemory.set(site, { power: site.mains.power, record });
            return succeed();
          }
          inMemory.delete(site);
          return await parts.store.write(login, record);
        },
      });
    },
  },
  {
    name: 'one slot: staging writes the new password over the one in use',
    sabotage: (parts) =>
      withStore(parts, {
        write: async (login, { current, pending }) =>
          await parts.store.write(login, { version: 1, current: pending ?? current, pending: null, previous: null }),
      }),
  },
  {
    name: 'no fsync: what was written is taken for safe',
    sabotage: (parts, site) => {
      site.disk.flushes = false;
      return parts;
    },
  },
  {
    name: 'no stop: the services run on with the old password',
    sabotage: (parts) => ({
      ...parts,
      perform: async (step, at) => (step === 'stop' ? succeed('Left running') : await performStep(step, at)),
    }),
  },
  { name: 'deploy before switch', sabotage: exchanged('switch', 'deploy') },
  { name: 'start before deploy', sabotage: exchanged('deploy', 'start') },
  {
    name: 'commit before prove',
    sabotage: (parts) => ({
      ...parts,
      perform: async (step, at) => {
        if (step === 'prove') return await performStep('commit', at);
        if (step !== 'commit') return await performStep(step, at);
        const record = await at.parts.store.read(at.target.login);
        const secret = record.ok ? record.value?.current : undefined;
        if (secret == null) return await performStep('prove', at);
        const proof = await proveLogin(at.parts, at.target, secret);
        return proof.ok ? succeed('Proved') : proof;
      },
    }),
  },
  {
    name: 'probe twice: a refused login is tried once more',
    sabotage: (parts) =>
      withDatabase(parts, {
        tryLogin: async (credential) => {
          const first = await parts.database.tryLogin(credential);
          return first.ok || first.error.code !== 'login-refused' ? first : await parts.database.tryLogin(credential);
        },
      }),
  },
  {
    name: 'lost answer taken for done',
    sabotage: (parts) =>
      withDatabase(parts, {
        changeOwnPassword: async (login, from, to) => {
          const changed = await parts.database.changeOwnPassword(login, from, to);
          return changed.ok || changed.error.code !== 'connection-lost' ? changed : succeed();
        },
      }),
  },
  {
    name: 'no pending after the switch: forgotten as soon as the server has it',
    sabotage: (parts) => ({
      ...parts,
      perform: async (step, at) => {
        const done = await performStep(step, at);
        const { store } = at.parts;
        const record = step === 'switch' && done.ok ? await store.read(at.target.login) : undefined;
        if (record?.ok === true && record.value !== undefined)
          await store.write(at.target.login, { ...record.value, pending: null });
        return done;
      },
    }),
  },
  {
    name: 'the way back begins by forgetting the new password',
    sabotage: (parts) => ({
      ...parts,
      perform: async (step, at) => {
        const { store } = at.parts;
        const record =
          step === 'stage' && at.state.direction === 'back' ? await store.read(at.target.login) : undefined;
        if (record?.ok === true && record.value !== undefined)
          await store.write(at.target.login, { ...record.value, pending: null });
        return await performStep(step, at);
      },
    }),
  },
];
