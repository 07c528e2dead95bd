import type { AllowedAddress } from '#shared/secure-mode.ts';

/** Those whose time has not passed: none of the others may be let through, whether or not the platform ends them by itself. */
export function stillAllowed(allowed: readonly AllowedAddress[], now: Date): readonly AllowedAddress[] {
  return allowed.filter(({ until }) => until === null || new Date(until) > now);
}
