import type { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { JournalFile, StepJournal } from '#electron/journal/step-journal.ts';
import type { Tripwire } from './tripwire.ts';

interface Kept<R> {
  readonly records: R[];
  ended: boolean;
}

const nameOf = (record: unknown) => {
  const { kind, step } = record as { readonly kind: string; readonly step?: string };
  return step === undefined ? kind : `${kind} ${step}`;
};

/** Journals in memory, with the promises of the real ones: records pass the schema, only the newest can be open. */
export class MemoryStepJournal<R> implements StepJournal<R> {
  readonly files: Kept<R>[] = [];
  /** How many are open for writing; each must be closed again. */
  open = 0;
  readonly #wire: Tripwire;
  readonly #schema: z.ZodType<R>;

  constructor(wire: Tripwire, schema: z.ZodType<R>) {
    this.#wire = wire;
    this.#schema = schema;
  }

  /** Everything that was ever written. */
  get text(): string {
    return JSON.stringify(this.files);
  }

  async read(): Promise<Result<readonly R[] | undefined>> {
    return await Promise.resolve(succeed(this.files.at(-1)?.records.slice()));
  }

  async resume(): Promise<Result<JournalFile<R> | undefined>> {
    const latest = this.files.at(-1);
    return await Promise.resolve(succeed(latest && this.#writing(latest)));
  }

  async begin(first: R): Promise<Result<JournalFile<R>>> {
    if (this.files.at(-1)?.ended === false)
      return failed(failure('not-allowed', { why: 'An earlier one is not finished.' }));
    const kept: Kept<R> = { records: [], ended: false };
    const begun = await this.#wire.pass(`journal: ${nameOf(first)}`, () => {
      kept.records.push(this.#written(first));
      this.files.push(kept);
      return succeed();
    });
    return begun.ok ? succeed(this.#writing(kept)) : begun;
  }

  #written(record: R): R {
    return this.#schema.parse(JSON.parse(JSON.stringify(record)));
  }

  #writing(kept: Kept<R>): JournalFile<R> {
    this.open += 1;
    const write = async (record: R, last: boolean) => {
      if (kept.ended) throw new Error('The journal has ended.');
      return await this.#wire.pass(`journal: ${nameOf(record)}`, () => {
        kept.records.push(this.#written(record));
        kept.ended = last;
        return succeed();
      });
    };
    return {
      records: kept.records,
      reserve: async () => await this.#wire.pass('journal: reserve', () => succeed()),
      append: async (record) => await write(record, false),
      end: async (record) => await write(record, true),
      close: async () => {
        this.open -= 1;
        await Promise.resolve();
      },
    };
  }
}
