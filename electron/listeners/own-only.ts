import { isLoopback } from '#shared/loopback.ts';
import type { Listener } from '#shared/secure-mode.ts';

/** Whether no other machine reaches it: it is bound to this machine's own loopback. */
export const isOwnOnly = ({ address }: Pick<Listener, 'address'>): boolean =>
  isLoopback(address.replace(/^::ffff:(?=\d)/iu, ''));
