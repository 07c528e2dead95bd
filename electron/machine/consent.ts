/** Asks the person at the machine, in a place that the page cannot answer. */
export interface Consent {
  /** `question` names what is weakened. False when cancelled; cancel is the default. */
  ask(question: { readonly title: string; readonly sentence: string; readonly confirm: string }): Promise<boolean>;
}

/** Lets the person choose where a document is saved, and saves it. */
export interface DocumentSaver {
  /** Null when the person cancelled. */
  save(document: { readonly suggestedName: string; readonly content: string }): Promise<string | null>;
}
