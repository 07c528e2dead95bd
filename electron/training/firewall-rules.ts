import { containsCidr } from 'cidr-tools';
import { portWords } from '#shared/port-words.ts';
import type { AllowedAddress, BlockedPort, Listener } from '#shared/secure-mode.ts';
import { stillAllowed } from '#electron/firewall/still-allowed.ts';

/** What the simulated firewall holds. */
export interface SimulatedBlock {
  readonly listeners: readonly Listener[];
  readonly allowed: readonly AllowedAddress[];
}

/** The rules of the simulated firewall in words: one for each port that other machines are cut off from. */
export function describeRules({ listeners, allowed }: SimulatedBlock): readonly string[] {
  const ports = new Map(listeners.map((listener) => [`${listener.protocol}/${listener.port}`, listener]));
  const but = ['127.0.0.1', '::1', ...allowed.map(({ address }) => address)];
  return [...ports.values()]
    .toSorted((one, other) => one.protocol.localeCompare(other.protocol) || one.port - other.port)
    .map(
      (listener) =>
        `Training firewall: drop ${portWords(listener)} (${listener.purpose}) from every address but ${but.join(' and ')}`,
    );
}

/** Whether packets of this client reach this port. Only 127.0.0.1 and ::1 are "this machine" at the training site. */
export function passes(
  { listeners, allowed }: SimulatedBlock,
  client: BlockedPort & { readonly address: string },
  now: Date,
): boolean {
  const address = plain(client.address);
  if (address === '127.0.0.1' || address === '::1') return true;
  if (!listeners.some(({ protocol, port }) => protocol === client.protocol && port === client.port)) return true;
  return stillAllowed(allowed, now).some((each) => containsCidr(each.address, address));
}

/** IPv4 clients of a socket that listens on both families come as ::ffff:127.0.0.1. */
const plain = (address: string) => address.replace(/^::ffff:/iu, '');
