import { overlapCidr } from 'cidr-tools';
import type { Block } from '../firewall.ts';
import { stillAllowed } from '../still-allowed.ts';
import { spanOf, tooWide, widest } from './address-spans.ts';
import { canonical } from './allowed-layers.ts';

/** Addresses that no other machine has. RFC 1122 3.2.1.3, RFC 4291 2.5.2 and 2.7. */
const nobodys = ['0.0.0.0/8', '224.0.0.0/4', '255.255.255.255/32', '::/128', 'ff00::/8'];

/** Why an address may not stay allowed, by what it is and not by how it is written; undefined where it may. */
export function allowedFault(address: string): string | undefined {
  const { range, version } = canonical(address);
  const span = spanOf(range);
  if (span === undefined) return `${address} is no address`;
  if (tooWide([span]))
    return `${address} holds most of the network; allow single machines, or a range of /${widest[version]} at most`;
  return overlapCidr(nobodys, range) ? `${address} is the address of no other machine` : undefined;
}

/** Why ranges may not stay allowed together; undefined where they may. */
export function togetherFault(addresses: readonly string[]): string | undefined {
  const spans = addresses.flatMap((address) => spanOf(canonical(address).range) ?? []);
  return tooWide(spans) ? 'the addresses that stay allowed hold most of the network together' : undefined;
}

const thisMachine = ['127.0.0.0/8', '::1/128'];

/** Why nftables cannot hold this block, or would block nobody by it; undefined where it can. */
export function blockFault({ listeners, allowed }: Block, now: Date): string | undefined {
  const wrong = listeners.find(({ port }) => !Number.isInteger(port) || port < 1 || port > 65_535);
  if (wrong !== undefined) return `${wrong.port} is no port`;
  if (listeners.length === 0) return 'nothing is known to listen';
  const addresses = stillAllowed(allowed, now).map(({ address }) => address);
  for (const address of addresses) {
    const fault = allowedFault(address);
    if (fault !== undefined) return fault;
    if (overlapCidr(thisMachine, canonical(address).range)) return `${address} is this machine, which is never blocked`;
  }
  return togetherFault(addresses);
}
