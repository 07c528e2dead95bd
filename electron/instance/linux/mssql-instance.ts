import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { isLoopback } from '#shared/loopback.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { PlannedChange } from '#shared/plan.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { NotTouched, withFileInPlace } from '#electron/consumers/file-in-place.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { fileCause, fileErrorCode } from '#electron/machine/file-failure.ts';
import type { KeptValue } from '#electron/machine/kept-json.ts';
import type { InstanceLayer, InstanceNetwork } from '../instance-network.ts';
import { NotWritten, notWritten } from '../not-written.ts';
import { boundAddress, withBoundAddress } from './mssql-conf-text.ts';

/** What stood in the file before the first change, and what it was changed to. */
export const keptSettingsSchema = z.strictObject({
  /** Base64. */
  former: z.string(),
  writtenSha256: z.string(),
});
export type KeptSettings = z.infer<typeof keptSettingsSchema>;

export interface MssqlInstanceParts {
  /** mssql.conf. */
  readonly settings: string;
  readonly kept: KeptValue<KeptSettings>;
  readonly clock: Clock;
}

const thisMachine = '127.0.0.1';
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const textIn = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** SQL Server on Linux: `ipaddress` under `[network]` of mssql.conf. It has no switch for TCP. */
export class MssqlInstance implements InstanceNetwork {
  readonly service = 'mssql-server';
  readonly layers = ['this-machine'] as const;
  readonly #parts: MssqlInstanceParts;

  constructor(parts: MssqlInstanceParts) {
    this.#parts = parts;
  }

  async read(): Promise<Reading<InstanceLayer>> {
    const { settings, clock } = this.#parts;
    try {
      const address = boundAddress(textIn(await readFile(settings)));
      return known(address !== undefined && isLoopback(address) ? 'this-machine' : 'everywhere', clock.now());
    } catch (error) {
      return unknown(failure('instance-not-here', { cause: `${settings}: ${causeOf(error)}` }), clock.now());
    }
  }

  async describe(layer: InstanceLayer): Promise<Result<readonly PlannedChange[]>> {
    const { settings } = this.#parts;
    return await this.#guarded(async () => {
      const before = await readFile(settings);
      const next = await this.#wanted(layer, before);
      return next.equals(before)
        ? []
        : [{ kind: 'file', path: settings, diff: `${line('-', before)}\n${line('+', next)}\n` } as const];
    });
  }

  async write(layer: InstanceLayer): Promise<Result<undefined>> {
    const { settings, kept } = this.#parts;
    return await this.#guarded(async () => {
      await withFileInPlace(settings, async (file) => {
        const before = Buffer.from(file.content);
        const next = await this.#wanted(layer, before);
        if (layer !== 'everywhere' && !next.equals(before)) await this.#keep(before, next);
        if (!next.equals(before)) await file.replace(next);
      });
      if (layer === 'everywhere') orThrow(await kept.forget());
      return undefined;
    });
  }

  /** What the file has to be. `everywhere` is what it was before, or without the line where others changed it since. */
  async #wanted(layer: InstanceLayer, now: Buffer): Promise<Buffer> {
    if (layer === 'tcp-off') throw new NotWritten('SQL Server on Linux cannot switch TCP off');
    const text = textIn(now);
    const address = boundAddress(text);
    const isOwn = address !== undefined && isLoopback(address);
    if (layer === 'this-machine') return isOwn ? now : Buffer.from(withBoundAddress(text, thisMachine));
    if (!isOwn) return now;
    const kept = orThrow(await this.#parts.kept.read());
    if (kept === undefined) return Buffer.from(withBoundAddress(text, undefined));
    const former = Buffer.from(kept.former, 'base64');
    return digest(now) === kept.writtenSha256
      ? former
      : Buffer.from(withBoundAddress(text, boundAddress(textIn(former))));
  }

  async #keep(before: Buffer, next: Buffer): Promise<void> {
    orThrow(await this.#parts.kept.keep({ former: before.toString('base64'), writtenSha256: digest(next) }));
  }

  async #guarded<T>(work: () => Promise<T>): Promise<Result<T>> {
    try {
      return succeed(await work());
    } catch (error) {
      return notWritten(`${this.#parts.settings}: ${causeOf(error)}`);
    }
  }
}

/** The one line that differs. */
function line(sign: string, bytes: Uint8Array): string {
  const address = boundAddress(textIn(bytes));
  return address === undefined ? `${sign}[network] without ipaddress` : `${sign}[network] ipaddress = ${address}`;
}

function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new NotWritten(result.error.sentence.replace(/\.$/, ''));
  return result.value;
}

function causeOf(error: unknown): string {
  if (error instanceof NotWritten || error instanceof NotTouched) return error.message;
  if (fileErrorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not a text in UTF-8';
  return fileCause(error);
}
