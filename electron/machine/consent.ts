import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';

/** Asks the person at the machine, in a place that the page cannot answer. */
export interface Consent {
  /** `question` names what is weakened. False when cancelled; cancel is the default. */
  ask(question: { readonly title: string; readonly sentence: string; readonly confirm: string }): Promise<boolean>;
}

/** Lets the person choose where a document is saved, and saves it. */
export interface DocumentSaver {
  /** The path it was saved to, or null when the person cancelled. `file-not-saved` where it cannot be written. */
  save(document: { readonly suggestedName: string; readonly content: string }): Promise<Result<string | null>>;
}

/** Lets the person choose a file to be read. */
export interface FileChooser {
  /**
   * `what` is meant to be chosen. Its path and bytes, at most one more than a profile may have; null when the person cancelled. `file-unreadable`,
   * or `not-allowed` where nobody can be asked.
   */
  choose(
    what: 'profile' | 'kit' | 'probe',
  ): Promise<Result<{ readonly path: string; readonly bytes: Uint8Array } | null>>;
}

/** Where there is no window. */
export const noChooser: FileChooser = {
  choose: async () =>
    await Promise.resolve(
      failed(
        failure('not-allowed', {
          why: 'A file is chosen in the Mortise window, or named on the command line ("mortise profile import FILE", "mortise kit import FILE").',
        }),
      ),
    ),
};
