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
