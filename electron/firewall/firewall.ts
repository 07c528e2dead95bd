import type { Failure } from '#shared/errors.ts';
import type { Reading } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';
import type { AllowedAddress, BlockedPort, Finding, Listener, ProbedListener } from '#shared/secure-mode.ts';

/** What is blocked for every other machine, and who is let through all the same. */
export interface Block {
  /** Two listeners of one port and protocol are one rule. */
  readonly listeners: readonly Listener[];
  /** Addresses that stay allowed, each a weakening. Those whose time has passed must not be let through. */
  readonly allowed: readonly AllowedAddress[];
}

/** What the firewall says of our block. */
export interface FirewallState {
  /** Our rules that are in force now, in the words of the platform, for people to read. */
  readonly rules: readonly string[];
  /** The ports that our rules take from every other machine, on both families; one that is open to a family is not in it. */
  readonly blocked: readonly BlockedPort[];
  readonly allowed: readonly AllowedAddress[];
  /** What voids or weakens the block, and what leaves it in doubt; empty where nothing does. */
  readonly findings: readonly Finding[];
}

/** How hard a reading may try. */
export interface ReadOptions {
  /** A person waits for it: it may take long and may ask for rights. Left out, it is one of many, quick and silent. */
  readonly thorough?: boolean;
}

/** A watch that is under way. */
export interface Watch {
  close(): Promise<void>;
}

/** Blocks SQL Server's listeners for every other machine; local clients go on. One adapter a platform. */
export interface Firewall {
  readonly kind: 'nftables' | 'windows' | 'training' | 'none';
  /** The rules that `block` would put in force, without touching anything. */
  describe(block: Block): readonly string[];
  /** Never guesses: what cannot be read is unknown. */
  read(options?: ReadOptions): Promise<Reading<FirewallState>>;
  /** Idempotent; replaces an older block without a moment in which none is in force. */
  block(block: Block): Promise<Result<undefined>>;
  /** Removes our rules and nothing else, without a trace. Idempotent. */
  unblock(): Promise<Result<undefined>>;
  /**
   * Calls `changed` soon after rules changed that may bear on the block, by whomever; more often than needed is allowed.
   * Where watching is not possible, or ends, `ended` is told why, and whoever shows the state reads it now and then.
   */
  watch(changed: () => void, ended: (why: Failure) => void): Watch;
}

/** What another machine saw when it tried every listener. */
export interface ProbeReport {
  readonly from: string;
  readonly at: string;
  readonly seen: readonly ProbedListener[];
}

/** Tries listeners from a second machine that Mortise itself can reach. At the training site that is the remote workstation. */
export interface OutsideProbe {
  /** False where there is no such machine: an engineer carries the answer of one here. */
  readonly possible: boolean;
  probe(listeners: readonly Listener[]): Promise<Result<ProbeReport>>;
}
