/** How one run ended, as the independent client found it. */
export type End = 'committed' | 'restored' | 'needs a person';

/** One run of one cell. `faults` are sentences: what the proof does not let pass. */
export interface RunReport {
  readonly end: End | undefined;
  /** Whether the fault struck at all: a run that never came to its transition shows nothing. */
  readonly reached: boolean;
  /** At some moment no password that was stored durably logged in. */
  readonly lockedOut: boolean;
  readonly faults: readonly string[];
  /** What was done and answered, in order, to read when it went wrong. */
  readonly story: readonly string[];
}

export const caught = ({ lockedOut, faults, end }: RunReport) => lockedOut || faults.length > 0 || end === undefined;
