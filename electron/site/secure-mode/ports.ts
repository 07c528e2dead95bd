import { isIP } from 'node:net';
import { isLoopback } from '#shared/loopback.ts';
import type { BlockedPort, Listener } from '#shared/secure-mode.ts';

export const sayPort = ({ protocol, port }: BlockedPort): string => `${protocol.toUpperCase()} ${port}`;

export const sayListener = (listener: Listener): string => `${sayPort(listener)} (${listener.purpose})`;

const samePort = (one: BlockedPort, other: BlockedPort): boolean =>
  one.port === other.port && one.protocol === other.protocol;

/** Whether no other machine reaches it, blocked or not: it is bound to this machine's own loopback. */
export const isLocalOnly = ({ address }: Listener): boolean =>
  isLoopback(address) || (isIP(address) === 6 && /^(?:0*:)*0*1$/u.test(address));

/** The listeners that are not among the blocked ports. */
export function stillOpen<L extends BlockedPort>(
  listeners: readonly L[],
  blocked: readonly BlockedPort[],
): readonly L[] {
  return listeners.filter((listener) => !blocked.some((each) => samePort(each, listener)));
}

/** One entry a protocol and port, in order: TCP before UDP. */
export function portsOf(listeners: readonly BlockedPort[]): readonly BlockedPort[] {
  const ports = new Map(listeners.map(({ protocol, port }) => [`${protocol}/${port}`, { protocol, port }]));
  return [...ports.values()].toSorted((a, b) => a.protocol.localeCompare(b.protocol) || a.port - b.port);
}
