import type { AllowedAddress, BlockedPort } from '#shared/secure-mode.ts';
import { portsOf } from './block-ruleset.ts';

/** One order for the same addresses, however they were given or are kept. */
export const inOrder = (allowed: readonly AllowedAddress[]): readonly AllowedAddress[] =>
  allowed.toSorted((a, b) => (a.address < b.address ? -1 : 1));

/** What the rules do, for people to read; the same words before and after. */
export function ruleWords(ports: readonly BlockedPort[], allowed: readonly AllowedAddress[]): readonly string[] {
  const drops = (['tcp', 'udp'] as const).flatMap((protocol) =>
    portsOf(ports, protocol).map(
      (port) => `nftables: drop ${protocol.toUpperCase()} ${port} from every other machine, IPv4 and IPv6`,
    ),
  );
  const through = inOrder(allowed).map(
    ({ address, until }) => `nftables: let ${address} through${until === null ? '' : ` until ${until}`}`,
  );
  return drops.length === 0 ? [] : ['nftables: let this machine itself through', ...through, ...drops];
}
