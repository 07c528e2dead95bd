import type { PlannedChange } from '#shared/plan.ts';
import type { Reading } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';
import type { InstanceLayer } from '#shared/secure-mode.ts';

export type { InstanceLayer } from '#shared/secure-mode.ts';

/**
 * The second layer beneath the firewall: SQL Server's own settings of where it listens. They hold where no firewall does,
 * and take effect when the instance is started again.
 */
export interface InstanceNetwork {
  /** The service of the operating system that is the instance. */
  readonly service: string;
  /** The layers that can be chosen here besides `everywhere`. */
  readonly layers: readonly InstanceLayer[];
  read(): Promise<Reading<InstanceLayer>>;
  /** What `write` would change, as it stands and as it would stand. */
  describe(layer: InstanceLayer): Promise<Result<readonly PlannedChange[]>>;
  /**
   * Writes the settings for the next start and keeps what stood there before the first change; `everywhere` writes that
   * back byte for byte. Does not start anything.
   */
  write(layer: InstanceLayer): Promise<Result<undefined>>;
}
