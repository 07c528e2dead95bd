import { createHmac, randomBytes } from 'node:crypto';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { RegistryError, RegistryLink } from '#electron/machine/registry.ts';
import type { Registry, RegistryKey, RegistryValue, RegistryView } from '#electron/machine/registry.ts';
import { windowsRegistry } from '#electron/machine/windows-registry.ts';
import type { Consumer, ConsumerReading } from './consumer.ts';
import { locateCredential, passwordDiff, replacePassword } from './credential.ts';
import type { Holds, LocatedCredential } from './credential.ts';
import { NotTouched } from './file-in-place.ts';
import { isRefusal } from './located-value.ts';
import { parseRegistryKey } from './registry-key-path.ts';
import { decodeRegistryText, encodeRegistryText, mayExpand, registryFormat } from './registry-text.ts';
import type { RegistryText } from './registry-text.ts';

/** A value of the registry that a service reads its credential from. */
export interface RegistryValueConsumerSource {
  readonly id: string;
  /** With the hive in full: `HKEY_LOCAL_MACHINE\SOFTWARE\...`. */
  readonly key: string;
  /** The name of the value; empty for the key's default value. */
  readonly value: string;
  /** The whole connection string, or nothing but the password. */
  readonly holds: Holds;
  readonly login: string;
  /** Which half of the registry the service sees: `32-bit` for a program of 32 bits. 64-bit unless said. */
  readonly view?: RegistryView;
  /** The registry of this machine; undefined where the machine has none. */
  readonly registry?: Registry | undefined;
}

const revisionKey = randomBytes(32);

/** A hash would let anybody who sees it try passwords; this one is worth nothing outside this process. */
const revisionOf = ({ type, bytes }: RegistryValue) =>
  createHmac('sha256', revisionKey).update(`${type} `).update(bytes).digest('hex');

/** Codes of Windows (winerror.h) that a call to the registry answers, in words that end a sentence. */
const causes: Readonly<Record<number, string>> = {
  2: 'the key does not exist',
  5: 'this account may not read or write the key',
  87: 'Windows does not take its name',
  161: 'Windows does not take its name',
  1009: 'the registry is damaged',
  1015: 'the registry is damaged',
  1016: 'the registry cannot be written to the disk',
  1018: 'the key is being deleted',
  1450: 'Windows has too little memory for it',
};

interface ReadValue {
  readonly raw: RegistryValue;
  readonly text: RegistryText;
  readonly located: LocatedCredential;
}

class RegistryValueConsumer implements Consumer {
  readonly id: string;
  readonly place: string;
  readonly login: string;
  readonly #source: RegistryValueConsumerSource;
  readonly #registry: Registry | undefined;

  constructor(source: RegistryValueConsumerSource) {
    const half = source.view === '32-bit' ? ' (32-bit view)' : '';
    this.id = source.id;
    this.place = `${source.key}\\${source.value === '' ? '(default)' : source.value}${half}`;
    this.login = source.login;
    this.#source = source;
    this.#registry = 'registry' in source ? source.registry : thisMachine;
  }

  read(): Promise<Result<ConsumerReading>> {
    return this.#withKey((key) => {
      const { raw, located } = this.#read(key);
      return succeed({ login: this.login, secret: new Secret(located.password), revision: revisionOf(raw) });
    });
  }

  preview(): Promise<Result<string>> {
    return this.#withKey((key) => {
      const { text, located } = this.#read(key);
      return succeed(passwordDiff(this.place, text.text, located));
    });
  }

  write(secret: Secret, expectedRevision: string | null): Promise<Result<undefined>> {
    return this.#withKey((key) => {
      const { raw, text } = this.#read(key);
      if (expectedRevision !== null && revisionOf(raw) !== expectedRevision) {
        return failed(failure('consumer-changed', { consumer: this.place }));
      }
      const password = secret.reveal();
      if (mayExpand(text, password)) throw new NotTouched('Windows may read a variable into the new password');
      const replaced = replacePassword(text.text, registryFormat, { holds: this.#source.holds, password });
      if (isRefusal(replaced)) throw new NotTouched(replaced.why);
      const next = encodeRegistryText({ ...text, text: replaced.text });
      key.write(this.#source.value, next);
      key.flush();
      const readBack = key.read(this.#source.value);
      if (readBack === undefined || revisionOf(readBack) !== revisionOf(next)) {
        throw new NotTouched('it does not hold what was written');
      }
      return succeed();
    });
  }

  #read(key: RegistryKey): ReadValue {
    const raw = key.read(this.#source.value);
    if (raw === undefined) throw new NotTouched('the key has no such value');
    const text = decodeRegistryText(raw);
    if (typeof text === 'string') throw new NotTouched(text);
    const located = locateCredential(text.text, registryFormat, this.#source.holds);
    if (isRefusal(located)) throw new NotTouched(located.why);
    if (mayExpand(text, located.password)) throw new NotTouched('Windows may read a variable into its password');
    // A login that somebody exchanged would otherwise be given a password that is not its own.
    if (located.login !== null && located.login.toLowerCase() !== this.login.toLowerCase()) {
      throw new NotTouched(`it logs in as ${located.login}, not as ${this.login}`);
    }
    return { raw, text, located };
  }

  async #withKey<T>(work: (key: RegistryKey) => Result<T>): Promise<Result<T>> {
    try {
      if (this.#registry === undefined) throw new NotTouched('only Windows has a registry');
      const path = parseRegistryKey(this.#source.key, this.#source.view ?? '64-bit');
      if (typeof path === 'string') throw new NotTouched(path);
      return await Promise.resolve(this.#registry.withKey(path, work));
    } catch (error) {
      return failed(failure('consumer-unreadable', { consumer: this.place, cause: causeOf(error) }));
    }
  }
}

function causeOf(error: unknown): string {
  if (error instanceof NotTouched) return error.message;
  if (error instanceof RegistryLink) return 'a key on its way is a link to another one';
  if (error instanceof RegistryError) return causes[error.code] ?? `Windows answered with error ${error.code}`;
  throw error;
}

const thisMachine = process.platform === 'win32' ? windowsRegistry : undefined;

/**
 * Keeps the value's type and everything of its text but the password's own characters, and has it on the disk before it
 * says so. Refuses links, the registry of another machine, values that are no text, text that Windows would expand
 * inside the password, and a connection string of another login.
 */
export function registryValueConsumer(source: RegistryValueConsumerSource): Consumer {
  return new RegistryValueConsumer(source);
}
