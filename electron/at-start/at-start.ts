import type { PlannedChange } from '#shared/plan.ts';
import type { Reading } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';
import type { Block } from '#electron/firewall/firewall.ts';

/** Puts the block up again when the machine starts, without Mortise: a unit of systemd, a scheduled task of Windows. */
export interface AtStart {
  /** Whether it is installed, and for this block; `not-needed` where rules outlast a start by themselves. */
  read(block: Block | undefined): Promise<Reading<'installed' | 'outdated' | 'not-installed' | 'not-needed'>>;
  /** Everything that `install` would write or run, whole. */
  describe(block: Block): readonly PlannedChange[];
  /** Everything that `remove` would take away or run. */
  describeRemoval(): readonly PlannedChange[];
  /** Idempotent; replaces an older one. Addresses that are allowed for a time are left out. */
  install(block: Block): Promise<Result<undefined>>;
  /** Removes what `install` wrote, without a trace. Idempotent. */
  remove(): Promise<Result<undefined>>;
}
