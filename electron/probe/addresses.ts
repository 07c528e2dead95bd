import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { networkInterfaces } from 'node:os';

const mappedV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;

/** An address in the one form in which it can be compared, without a zone; undefined for what is none. */
export function canonicalAddress(text: string): string | undefined {
  const [bare = ''] = text.split('%');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  return mappedV4.exec(address)?.[1] ?? address;
}

/** An address that means this machine, or this wire, on every machine: it names none. */
export const isLocalOnly = (address: string): boolean =>
  /^(?:127\.|0\.|169\.254\.|fe[89ab][0-9a-f]:)/.test(address) || address === '::1' || address === '::';

/** The addresses of this machine under which another one may find it. */
export function machineAddresses(): string[] {
  return ownAddresses().filter((address) => !isLocalOnly(address));
}

/** Every address of this machine, loopback included. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [...new Set(all.flatMap(({ address }) => canonicalAddress(address) ?? []))];
}
