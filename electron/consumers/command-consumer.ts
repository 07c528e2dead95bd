import { randomBytes } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import { readTrustedFile } from '#electron/machine/trusted-file.ts';
import type { Consumer, ConsumerReading } from './consumer.ts';
import { runWithSecret } from './run-with-secret.ts';

/** The vendor's own tool, which keeps the password wherever it does. */
export interface CommandConsumerSource {
  readonly id: string;
  /** The whole path. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** JSON both ways; or the password as a line, and nothing but an exit code in return. */
  readonly speaks: 'json' | 'line';
  /** After which it is ended. */
  readonly seconds: number;
  readonly login: string;
}

const answerSchema = z.object({ nonce: z.string() });

/** Whether a program's output is one line of JSON that repeats the nonce. */
function echoes(output: string, nonce: string): boolean {
  try {
    return answerSchema.safeParse(JSON.parse(output)).data?.nonce === nonce;
  } catch {
    return false;
  }
}

class CommandConsumer implements Consumer {
  readonly id: string;
  readonly place: string;
  readonly login: string;
  readonly #source: CommandConsumerSource;

  constructor(source: CommandConsumerSource) {
    this.id = source.id;
    this.place = source.program;
    this.login = source.login;
    this.#source = source;
  }

  async read(): Promise<Result<ConsumerReading>> {
    const trusted = await this.#requireTrusted();
    return trusted.ok ? succeed({ login: this.login, secret: null, revision: 'unread' }) : trusted;
  }

  async preview(): Promise<Result<string>> {
    const trusted = await this.#requireTrusted();
    if (!trusted.ok) return trusted;
    const { program, arguments: given, speaks } = this.#source;
    const how = speaks === 'json' ? 'in a line of JSON' : 'as a line';
    return succeed(
      `--- ${program}\n+++ ${program}\n@@ -0,0 +1 @@\n+${JSON.stringify([program, ...given])} reads [secret] ${how} from its standard input\n`,
    );
  }

  async accepts(secret: Secret): Promise<Result<undefined>> {
    return await Promise.resolve(this.#fitsLine(secret) ? succeed() : this.#refused(endsLine));
  }

  /** What is there cannot be read, so a revision cannot be compared. */
  async write(secret: Secret, _expectedRevision: string | null): Promise<Result<undefined>> {
    const trusted = await this.#requireTrusted();
    if (!trusted.ok) return trusted;
    if (!this.#fitsLine(secret)) return this.#refused(endsLine);
    const { program, arguments: given, speaks, seconds } = this.#source;
    const nonce = randomBytes(16).toString('hex');
    const input =
      speaks === 'json' ? JSON.stringify({ login: this.login, password: secret.reveal(), nonce }) : secret.reveal();
    const ended = await runWithSecret({ program, arguments: given, input: `${input}\n`, seconds });
    switch (ended.kind) {
      case 'not-started':
        return this.#refused(`it could not be started (${ended.cause})`);
      case 'too-long':
        return this.#refused(`it took longer than ${seconds} s and was ended`);
      case 'ended':
        if (ended.code !== 0)
          return this.#refused(`it ended with ${ended.code === null ? 'a signal' : `code ${ended.code}`}`);
        if (speaks === 'json' && !echoes(ended.output, nonce)) return this.#refused('it ended without an answer');
        return succeed();
    }
  }

  /** A program that reads a line would take what stands before the line's end for the password. */
  #fitsLine(secret: Secret): boolean {
    return this.#source.speaks === 'json' || !/[\p{Cc}\p{Surrogate}\u2028\u2029]/u.test(secret.reveal());
  }

  /** Whoever can write the program would be handed the password. */
  async #requireTrusted(): Promise<Result<undefined>> {
    const { program } = this.#source;
    if (!isAbsolute(program) || /^[\\/]{2}/.test(program)) {
      return failed(
        failure('consumer-unreadable', { consumer: program, cause: 'its path is not an absolute one of this machine' }),
      );
    }
    const trusted = await readTrustedFile(program, { mostBytes: 0 });
    return trusted.ok ? succeed() : trusted;
  }

  #refused(cause: string): Result<undefined> {
    return failed(failure('consumer-command-failed', { consumer: this.place, cause, login: this.login }));
  }
}

const endsLine = 'the new password has a character that ends a line';

/**
 * Runs the tool with the password on its standard input, never as an argument. Its program must be one that nobody else
 * can write (`file-unsafe`). Whether the password arrived shows when the service logs in.
 */
export function commandConsumer(source: CommandConsumerSource): Consumer {
  return new CommandConsumer(source);
}
