import { createHmac, randomBytes } from 'node:crypto';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { fileCause, isNoSpace } from '#electron/machine/file-failure.ts';
import type { Consumer, ConsumerReading } from './consumer.ts';
import { locateCredential, passwordDiff, replacePassword } from './credential.ts';
import type { Holds, LocatedCredential } from './credential.ts';
import { NotTouched, withFileInPlace } from './file-in-place.ts';
import type { FileInPlace } from './file-in-place.ts';
import { isRefusal } from './located-value.ts';
import type { ValueFormat } from './located-value.ts';
import { decodeText, encodeText } from './text-encoding.ts';
import type { EncodedText } from './text-encoding.ts';

/** What every consumer that is a file is described by. */
export interface FilePlace {
  readonly id: string;
  readonly path: string;
  readonly login: string;
}

export interface TextFileConsumerSource extends FilePlace {
  readonly holds: Holds;
  readonly format: ValueFormat;
  /** Where the login stands beside a bare password; left out where it does not. */
  readonly loginFormat?: ValueFormat | undefined;
}

const revisionKey = randomBytes(32);

/** A hash would let anybody who sees it try passwords; this one is worth nothing outside this process. */
function revisionOf(content: Uint8Array): string {
  return createHmac('sha256', revisionKey).update(content).digest('hex');
}

class TextFileConsumer implements Consumer {
  readonly id: string;
  readonly place: string;
  readonly login: string;
  readonly #source: TextFileConsumerSource;

  constructor(source: TextFileConsumerSource) {
    this.id = source.id;
    this.place = source.path;
    this.login = source.login;
    this.#source = source;
  }

  read(): Promise<Result<ConsumerReading>> {
    return this.#withFile(async ({ content }) => {
      const { located } = this.#locate(content);
      return succeed({ login: this.login, secret: new Secret(located.password), revision: revisionOf(content) });
    });
  }

  preview(): Promise<Result<string>> {
    return this.#withFile(async ({ content }) => {
      const { encoded, located } = this.#locate(content);
      return succeed(passwordDiff(this.place, encoded.text, located));
    });
  }

  accepts(secret: Secret): Promise<Result<undefined>> {
    return this.#withFile(async ({ content }) => {
      this.#replaced(content, secret);
      return succeed();
    });
  }

  write(secret: Secret, expectedRevision: string | null): Promise<Result<undefined>> {
    return this.#withFile(async (file) => {
      if (expectedRevision !== null && revisionOf(file.content) !== expectedRevision) {
        return failed(failure('consumer-changed', { consumer: this.place }));
      }
      await file.replace(this.#replaced(file.content, secret));
      return succeed();
    });
  }

  #replaced(content: Uint8Array, secret: Secret): Uint8Array {
    const { encoded } = this.#locate(content);
    const { format, holds } = this.#source;
    const replaced = replacePassword(encoded.text, format, { holds, password: secret.reveal() });
    if (isRefusal(replaced)) throw new NotTouched(replaced.why);
    return encodeText({ ...replaced, encoding: encoded.encoding });
  }

  #locate(content: Uint8Array): { readonly encoded: EncodedText; readonly located: LocatedCredential } {
    const encoded = decodeText(content);
    if (encoded === undefined) throw new NotTouched('its encoding is neither UTF-8 nor UTF-16 with a byte order mark');
    const located = locateCredential(encoded.text, this.#source.format, this.#source.holds);
    if (isRefusal(located)) throw new NotTouched(located.why);
    this.#requireLogin(encoded.text, located);
    return { encoded, located };
  }

  /** A login that somebody exchanged would otherwise be given a password that is not its own. */
  #requireLogin(text: string, { login }: LocatedCredential): void {
    const { loginFormat } = this.#source;
    const isOwn = (found: string) => found.toLowerCase() === this.login.toLowerCase();
    if (login !== null && !isOwn(login)) throw new NotTouched(`it logs in as ${login}, not as ${this.login}`);
    if (login !== null || loginFormat === undefined) return;
    const beside = loginFormat.locate(text);
    if (isRefusal(beside)) throw new NotTouched(`its login cannot be found: ${beside.why}`);
    // Not quoted: a profile that names the wrong place may have named that of a password.
    if (!isOwn(beside.value)) throw new NotTouched(`the login beside the password is not ${this.login}`);
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
 * A text file that holds a credential. Keeps everything of it but the password's own characters: encoding, line ends,
 * comments, order, owner and rights. Refuses symbolic links, other machines, the credential of another login, what looks
 * encrypted, and a password that the format could not give back.
 */
export function textFileConsumer(source: TextFileConsumerSource): Consumer {
  return new TextFileConsumer(source);
}
