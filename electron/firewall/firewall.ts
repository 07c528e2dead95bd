import type { Reading } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';
import type { Listener } from '#shared/snapshot.ts';

/** What the firewall says of our block. Rules are in the words of the platform, for people to read. */
export interface FirewallState {
  /** Our rules that are in force now. */
  readonly rules: readonly string[];
  /** The listeners that our rules cut off from other machines. */
  readonly blocked: readonly Listener[];
  /** What voids or overrides the block, in sentences; empty when nothing does. */
  readonly overriddenBy: readonly string[];
}

/** Blocks SQL Server's listeners for every other machine; local clients go on. One adapter a platform. */
export interface Firewall {
  /** The rules that `block` would put in force for these listeners, without touching anything. */
  describe(listeners: readonly Listener[]): readonly string[];
  /** Never guesses: what cannot be read is unknown. */
  read(): Promise<Reading<FirewallState>>;
  /** Idempotent; replaces an older block without a moment in which none is in force. */
  block(listeners: readonly Listener[]): Promise<Result<undefined>>;
  /** Removes our rules and nothing else. Idempotent. */
  unblock(): Promise<Result<undefined>>;
}

/** What another machine saw when it tried every listener. */
export interface ProbeReport {
  readonly from: string;
  readonly at: string;
  readonly reached: readonly Listener[];
  readonly refused: readonly Listener[];
}

/** Tries listeners from a second machine. At the training site that is the remote workstation. */
export interface OutsideProbe {
  probe(listeners: readonly Listener[]): Promise<Result<ProbeReport>>;
}
