import { join } from 'node:path';
import type { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import { fileFailure } from '#electron/machine/file-failure.ts';
import { openJournal, readJournal } from './journal.ts';
import type { Journal } from './journal.ts';

/** The journals of one kind of operation in one folder, in files `<kind>-<number>.log`; the highest number is the latest. */
export interface Journals<R> {
  /** The numbers that have a file, in rising order. */
  numbers(): Promise<Result<readonly number[]>>;
  /** The records of the latest that was begun, without changing it; undefined where there is none. */
  readLatest(): Promise<Result<readonly R[] | undefined>>;
  /** The latest that was begun, ended or not, opened for writing; undefined where there is none. */
  latest(): Promise<Result<Journal<R> | undefined>>;
  /**
   * Begins a new one under the next number, with its first record and space for the next ones. `not-allowed` while the
   * latest has not ended: it has to be resolved first.
   */
  begin(first: R): Promise<Result<Journal<R>>>;
}

export interface JournalsSource<R> {
  readonly port: FilePort;
  readonly folder: string;
  /** Lower-case letters and hyphens. */
  readonly kind: string;
  readonly schema: z.ZodType<R>;
}

export function openJournals<R>(source: JournalsSource<R>): Journals<R> {
  const { port, folder, kind, schema } = source;
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(kind)) throw new TypeError(`Not a kind of journal: ${kind}`);
  const fileName = new RegExp(`^${kind}-(\\d{1,9})\\.log$`);
  const pathOf = (number: number) => join(folder, `${kind}-${String(number).padStart(6, '0')}.log`);

  async function numbers(): Promise<Result<readonly number[]>> {
    try {
      const names = await port.list(folder);
      const found = names.flatMap((name) => fileName.exec(name)?.[1] ?? []).map(Number);
      return succeed(found.toSorted((a, b) => a - b));
    } catch (error) {
      return failed(fileFailure(folder, error));
    }
  }

  async function readLatest(): Promise<Result<readonly R[] | undefined>> {
    const all = await numbers();
    if (!all.ok) return all;
    for (const number of all.value.toReversed()) {
      const records = await readJournal({ port, path: pathOf(number), schema });
      if (!records.ok || records.value.length > 0) return records;
    }
    return succeed(undefined);
  }

  async function latest(): Promise<Result<Journal<R> | undefined>> {
    const all = await numbers();
    if (!all.ok) return all;
    for (const number of all.value.toReversed()) {
      const journal = await openJournal({ port, path: pathOf(number), schema });
      if (!journal.ok || journal.value.records.length > 0) return journal;
      // A file without a record: the process was ended, or the disk was full, before anything was begun.
      await journal.value.close();
    }
    return succeed(undefined);
  }

  async function begin(first: R): Promise<Result<Journal<R>>> {
    const before = await latest();
    if (!before.ok) return before;
    await before.value?.close();
    if (before.value !== undefined && !before.value.ended) {
      return failed(failure('not-allowed', { why: `An earlier ${kind} was begun and is not finished.` }));
    }
    const all = await numbers();
    if (!all.ok) return all;
    const journal = await openJournal({ port, path: pathOf((all.value.at(-1) ?? 0) + 1), schema });
    if (!journal.ok) return journal;
    const reserved = await journal.value.reserve();
    const written = reserved.ok ? await journal.value.append(first) : reserved;
    if (written.ok) return journal;
    await journal.value.close();
    return written;
  }

  return { numbers, readLatest, latest, begin };
}
