import type { Result } from '#shared/result.ts';
import type { Journal } from './journal.ts';
import type { Journals } from './journals.ts';

/** A journal that is being written: each record is on the disk before `append` is back. */
export type JournalFile<R> = Pick<Journal<R>, 'records' | 'reserve' | 'append' | 'end' | 'close'>;

/** The journals of one kind of operation, of which only the newest can be open. */
export interface StepJournal<R> {
  /** The newest one's records, without touching it; undefined when none was ever begun. */
  read(): Promise<Result<readonly R[] | undefined>>;
  /** Opens the newest one to write on. The machine lock must be held: a torn tail is cut off here. */
  resume(): Promise<Result<JournalFile<R> | undefined>>;
  begin(first: R): Promise<Result<JournalFile<R>>>;
}

export function stepJournal<R>(journals: Journals<R>): StepJournal<R> {
  return {
    read: async () => await journals.readLatest(),
    resume: async () => await journals.latest(),
    begin: async (first) => await journals.begin(first),
  };
}
