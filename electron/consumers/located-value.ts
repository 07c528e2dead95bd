/** One value in the text of a file: what a program reads there, and where each part of it stands. */
export interface LocatedValue {
  readonly value: string;
  /** For each UTF-16 unit of `value`, and for its end, where in the text it begins. */
  readonly offsets: readonly number[];
  /** What may be shown around it: other parts of the same lines may hold other secrets. */
  readonly shown: { readonly start: number; readonly end: number };
}

/** Why a file is not touched, in words that end a sentence. They never quote a value of the file: it holds secrets. */
export interface Refusal {
  readonly why: string;
}

/** A way to keep a value in a text file. One a format. */
export interface ValueFormat {
  /** The one value that is meant. Refuses one that its readers would disagree on, also when it is read back. */
  locate(text: string): LocatedValue | Refusal;
  /** A part of the value as it has to stand in the text at that place. */
  written(part: string, at: LocatedValue, text: string): string | Refusal;
}

export const isRefusal = (answer: object): answer is Refusal => 'why' in answer;
