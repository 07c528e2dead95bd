import { portWords } from '#shared/port-words.ts';
import type { BlockedPort, Listener } from '#shared/secure-mode.ts';

export const sayListener = (listener: Listener): string => `${portWords(listener)} (${listener.purpose})`;

const samePort = (one: BlockedPort, other: BlockedPort): boolean =>
  one.port === other.port && one.protocol === other.protocol;

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
