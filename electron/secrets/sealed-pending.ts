import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { openDurableLog, scanLog } from '#electron/log/durable-log.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import type { SecretRecord, SecretStore } from './secret-store.ts';

export interface SealedPendingOptions {
  readonly store: SecretStore;
  readonly port: FilePort;
  /** The file, which is made at the first rotation. */
  readonly path: string;
  /** The site's name; what is sealed for one site does not open for another. */
  readonly site: string;
}

/** One record of the file: the newest pending password of a login, or that there is none. */
const entrySchema = z.strictObject({
  login: z.string(),
  sealed: z.strictObject({ nonce: z.string(), text: z.string(), tag: z.string() }).nullable(),
});
type Entry = z.infer<typeof entrySchema>;

/** The entry of the keychain that holds the key. No SQL login has a name of blanks and words like this one. */
const keyEntry = ' Mortise: key of the sealed pending passwords ';
const keyBytes = 32;
const algorithm = 'aes-256-gcm';

/**
 * A keychain that was read back was read from its daemon, not from the disk: a power cut can take its last writes away. So
 * a pending password is also written to a file that is flushed, sealed under a key that has long been in the keychain,
 * and stands in for a record that lost it. A sealed one that cannot be opened, or is the current one already, counts
 * for nothing.
 */
export function sealedPending(options: SealedPendingOptions): SecretStore {
  return new SealedPendingStore(options);
}

class SealedPendingStore implements SecretStore {
  readonly #options: SealedPendingOptions;

  constructor(options: SealedPendingOptions) {
    this.#options = options;
  }

  get kind() {
    return this.#options.store.kind;
  }

  get sentence() {
    return this.#options.store.sentence;
  }

  async read(login: string): Promise<Result<SecretRecord | undefined>> {
    const kept = await this.#options.store.read(login);
    if (!kept.ok || kept.value?.pending != null) return kept;
    const sealed = await this.#newest(login);
    if (sealed === null) return kept;
    const key = await this.#key({ make: false });
    if (!key.ok) return key;
    const pending = key.value === undefined ? undefined : this.#open(login, sealed, key.value);
    const record = kept.value ?? { version: 1, current: null, pending: null, previous: null };
    if (pending === undefined || record.current?.equals(pending) === true) return kept;
    return succeed({ ...record, pending });
  }

  async write(login: string, record: SecretRecord): Promise<Result<undefined>> {
    const { pending, current } = record;
    if (pending !== null) {
      const key = await this.#key({ make: true });
      if (!key.ok) return key;
      const appended = await this.#append({ login, sealed: this.#seal(login, pending, key.value) });
      if (!appended.ok) return appended;
      return await this.#options.store.write(login, record);
    }
    const written = await this.#options.store.write(login, record);
    if (!written.ok) return written;
    // Committed: it stays sealed, in case the keychain loses this write too. Anything else in force: it is in force nowhere.
    return await this.#forgetUnless(login, current);
  }

  async remove(login: string): Promise<Result<undefined>> {
    const removed = await this.#options.store.remove(login);
    return removed.ok ? await this.#forgetUnless(login, null) : removed;
  }

  async #forgetUnless(login: string, current: Secret | null): Promise<Result<undefined>> {
    const sealed = await this.#newest(login);
    if (sealed === null) return succeed();
    const key = await this.#key({ make: false });
    const secret = key.ok && key.value !== undefined ? this.#open(login, sealed, key.value) : undefined;
    if (secret !== undefined && current?.equals(secret) === true) return succeed();
    return await this.#append({ login, sealed: null });
  }

  /** The key, made at the first rotation; undefined where there is none and none is to be made. */
  async #key<M extends boolean>({
    make,
  }: {
    readonly make: M;
  }): Promise<Result<M extends true ? Uint8Array : Uint8Array | undefined>>;
  async #key({ make }: { readonly make: boolean }): Promise<Result<Uint8Array | undefined>> {
    const { store } = this.#options;
    const kept = await store.read(keyEntry);
    if (!kept.ok) return kept;
    const current = kept.value?.current ?? null;
    const key = current === null ? undefined : Buffer.from(current.reveal(), 'base64');
    if (key?.length === keyBytes || !make) return succeed(key?.length === keyBytes ? key : undefined);
    const made = randomBytes(keyBytes);
    const written = await store.write(keyEntry, {
      version: 1,
      current: new Secret(made.toString('base64')),
      pending: null,
      previous: null,
    });
    return written.ok ? succeed(made) : written;
  }

  #associated(login: string): Buffer {
    return Buffer.from(JSON.stringify([this.#options.site, login]));
  }

  #seal(login: string, secret: Secret, key: Uint8Array): Entry['sealed'] {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(algorithm, key, nonce).setAAD(this.#associated(login));
    const text = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
    return {
      nonce: nonce.toString('base64'),
      text: text.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
    };
  }

  /** Undefined for what was sealed under another key, for another login, or is damaged. */
  #open(login: string, { nonce, text, tag }: NonNullable<Entry['sealed']>, key: Uint8Array): Secret | undefined {
    try {
      const cipher = createDecipheriv(algorithm, key, Buffer.from(nonce, 'base64'))
        .setAAD(this.#associated(login))
        .setAuthTag(Buffer.from(tag, 'base64'));
      return new Secret(Buffer.concat([cipher.update(Buffer.from(text, 'base64')), cipher.final()]).toString('utf8'));
    } catch {
      return undefined;
    }
  }

  /** What stands last for this login. A file that is not there or cannot be read stands in for nothing. */
  async #newest(login: string): Promise<Entry['sealed']> {
    const { port, path } = this.#options;
    const scanned = await scanLog(port, path);
    if (!scanned.ok) return null;
    let newest: Entry['sealed'] = null;
    for (const { intact, payload } of scanned.value.frames) {
      const entry = intact ? entryOf(Buffer.from(payload).toString('utf8')) : undefined;
      if (entry?.login === login) newest = entry.sealed;
    }
    return newest;
  }

  /** Back when it is on the disk. */
  async #append(entry: Entry): Promise<Result<undefined>> {
    const { port, path } = this.#options;
    const log = await openDurableLog(port, path);
    if (!log.ok) return log;
    try {
      return await log.value.append(JSON.stringify(entry));
    } finally {
      await log.value.close();
    }
  }
}

function entryOf(text: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
