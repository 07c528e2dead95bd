import { isLoopback } from '#shared/loopback.ts';
import type { Listener } from '#shared/secure-mode.ts';
import { canonicalAddress } from '#electron/machine/canonical-address.ts';

/** Whether no other machine reaches it, blocked or not: it is bound to this machine's own loopback, however that is written. */
export const isLocalOnly = ({ address }: Pick<Listener, 'address'>): boolean =>
  isLoopback(canonicalAddress(address) ?? address);

/** Those that other machines reach where nothing blocks them. */
export const openToOthers = <L extends Pick<Listener, 'address'>>(listeners: readonly L[]): readonly L[] =>
  listeners.filter((each) => !isLocalOnly(each));
