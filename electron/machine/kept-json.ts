import { lstat, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { fileErrorCode, fileFailure } from './file-failure.ts';
import { flushFolder } from './flush-folder.ts';
import { readTrustedFile } from './trusted-file.ts';
import { writeFileDurably } from './write-file-durably.ts';

/** One small thing that outlives the process: a file of Mortise's own, whole or not at all. */
export interface KeptValue<T> {
  /** Undefined where nothing is kept. `file-unsafe`, `file-unreadable`, or `journal-damaged` where it is not of its shape. */
  read(): Promise<Result<T | undefined>>;
  keep(value: T): Promise<Result<undefined>>;
  forget(): Promise<Result<undefined>>;
}

const mostBytes = 1_000_000;

/** Keeps it as JSON of this shape in a file that nobody else may write. */
export function keptJson<S extends z.ZodType>(path: string, schema: S): KeptValue<z.infer<S>> {
  return {
    read: async () => {
      try {
        await lstat(path);
      } catch (error) {
        return fileErrorCode(error) === 'ENOENT' ? succeed(undefined) : failed(fileFailure(path, error));
      }
      const bytes = await readTrustedFile(path, { mostBytes });
      if (!bytes.ok) return bytes;
      const parsed = schema.safeParse(asJson(bytes.value));
      return parsed.success ? succeed(parsed.data) : failed(failure('journal-damaged', { path, record: 1 }));
    },
    keep: async (value) => await writeFileDurably(path, `${JSON.stringify(value, null, 2)}\n`),
    forget: async () => {
      try {
        await rm(path, { force: true });
        await flushFolder(dirname(path));
        return succeed();
      } catch (error) {
        return failed(fileFailure(path, error));
      }
    },
  };
}

function asJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
