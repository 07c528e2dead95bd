import type { Failure } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

/** Held while something is changed. Reading never needs it. */
export interface HeldLock {
  release(): Promise<void>;
}

/** One change at a time on this machine. */
export interface MachineLock {
  /** `busy` with holder and since when somebody else holds it. A lock whose process is gone is taken over. */
  take(purpose: string): Promise<Result<HeldLock>>;
  /** That same `busy` where another process holds it now; undefined where none does, or where it cannot be told. */
  heldElsewhere(): Promise<Failure | undefined>;
}
