import { createHmac, randomBytes } from 'node:crypto';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { fileCause, isNoSpace } from '#electron/machine/file-failure.ts';
import type { Consumer, ConsumerReading } from './consumer.ts';
import { NotTouched, withFileInPlace } from './file-in-place.ts';
import type { FileInPlace } from './file-in-place.ts';
import { decodeText, encodeText } from './text-encoding.ts';
import type { EncodedText } from './text-encoding.ts';
import { locateCredential, passwordDiff, replacePassword } from './xml-connection-string.ts';
import type { LocatedCredential } from './xml-connection-string.ts';

/** A connection string of a .NET service: `<connectionStrings><add name="..." connectionString="..."/>`. */
export interface XmlConfigConsumerSource {
  readonly id: string;
  readonly path: string;
  /** The name of the connection string. */
  readonly connectionString: string;
  readonly login: string;
}

const revisionKey = randomBytes(32);

/** A hash would let anybody who sees it try passwords; this one is worth nothing outside this process. */
function revisionOf(content: Uint8Array): string {
  return createHmac('sha256', revisionKey).update(content).digest('hex');
}

class XmlConfigConsumer implements Consumer {
  readonly id: string;
  readonly place: string;
  readonly login: string;
  readonly #name: string;

  constructor(source: XmlConfigConsumerSource) {
    this.id = source.id;
    this.place = source.path;
    this.login = source.login;
    this.#name = source.connectionString;
  }

  read(): Promise<Result<ConsumerReading>> {
    return this.#withFile(async ({ content }) => {
      const { located } = this.#locate(content);
      const { login, password } = located;
      return succeed({ login, secret: new Secret(password), revision: revisionOf(content) });
    });
  }

  preview(): Promise<Result<string>> {
    return this.#withFile(async ({ content }) => {
      const { encoded, located } = this.#locate(content);
      return succeed(passwordDiff(this.place, encoded.text, located));
    });
  }

  write(secret: Secret, expectedRevision: string | null): Promise<Result<undefined>> {
    return this.#withFile(async (file) => {
      if (expectedRevision !== null && revisionOf(file.content) !== expectedRevision) {
        return failed(failure('consumer-changed', { consumer: this.place }));
      }
      const { encoded } = this.#locate(file.content);
      const replaced = replacePassword(encoded.text, this.#name, secret.reveal());
      if (typeof replaced === 'string') throw new NotTouched(replaced);
      await file.replace(encodeText({ ...replaced, encoding: encoded.encoding }));
      return succeed();
    });
  }

  #locate(content: Uint8Array): { readonly encoded: EncodedText; readonly located: LocatedCredential } {
    const encoded = decodeText(content);
    if (encoded === undefined) throw new NotTouched('its encoding is neither UTF-8 nor UTF-16 with a byte order mark');
    const located = locateCredential(encoded.text, this.#name);
    if (typeof located === 'string') throw new NotTouched(located);
    // A login that somebody exchanged would otherwise be given a password that is not its own.
    if (located.login.toLowerCase() !== this.login.toLowerCase()) {
      throw new NotTouched(`it logs in as ${located.login}, not as ${this.login}`);
    }
    return { encoded, located };
  }

  async #withFile<T>(work: (file: FileInPlace) => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await withFileInPlace(this.place, work);
    } catch (error) {
      return failed(this.#failureOf(error));
    }
  }

  #failureOf(error: unknown): Failure {
    if (isNoSpace(error)) return failure('disk-full', { path: this.place });
    const cause = error instanceof NotTouched ? error.message : fileCause(error);
    return failure('consumer-unreadable', { consumer: this.place, cause });
  }
}

/**
 * Keeps everything of the file but the password's own characters: encoding, line ends, comments, order, owner and
 * rights. Refuses symbolic links, other machines, encrypted sections, and a connection string of another login.
 */
export function xmlConfigConsumer(source: XmlConfigConsumerSource): Consumer {
  return new XmlConfigConsumer(source);
}
