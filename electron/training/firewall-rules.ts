import type { Listener } from '#shared/snapshot.ts';

/** The rules of the simulated firewall in words: one for each port that other machines are cut off from. */
export function describeRules(listeners: readonly Listener[]): readonly string[] {
  const ports = new Map(listeners.map((listener) => [`${listener.protocol}/${listener.port}`, listener]));
  return [...ports.values()]
    .toSorted((one, other) => one.protocol.localeCompare(other.protocol) || one.port - other.port)
    .map(
      ({ protocol, port, purpose }) =>
        `Training firewall: drop ${protocol.toUpperCase()} ${port} (${purpose}) from every address but 127.0.0.1 and ::1`,
    );
}

/** Whether packets of this client reach this port. Only 127.0.0.1 and ::1 are "this machine" at the training site. */
export function passes(
  blocked: readonly Listener[],
  client: { readonly address: string; readonly port: number; readonly protocol: Listener['protocol'] },
): boolean {
  if (isThisMachine(client.address)) return true;
  return !blocked.some(({ protocol, port }) => protocol === client.protocol && port === client.port);
}

/** IPv4 clients of a socket that listens on both families come as ::ffff:127.0.0.1. */
function isThisMachine(address: string): boolean {
  const plain = address.replace(/^::ffff:/iu, '');
  return plain === '127.0.0.1' || plain === '::1';
}
