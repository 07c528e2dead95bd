import { isIPv4, isIPv6, SocketAddress } from 'node:net';

const mappedV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;

/** An address in the one form in which it can be compared, without a zone; undefined for what is none. */
export function canonicalAddress(text: string): string | undefined {
  const [bare = ''] = text.split('%');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  return mappedV4.exec(address)?.[1] ?? address;
}
