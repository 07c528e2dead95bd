/** Who acts: the operating-system account that runs Mortise. Never taken from the renderer. */
export interface Actor {
  /** `DOMAIN\name`, or `name (uid)` on Linux. */
  readonly account: string;
  readonly elevated: boolean;
  readonly machine: string;
}
