import type { Block } from '#electron/firewall/firewall.ts';
import { allowedLayers } from '#electron/firewall/nftables/allowed-layers.ts';
import type { AllowedElement } from '#electron/firewall/nftables/allowed-layers.ts';
import { elementComment, portsOf } from '#electron/firewall/nftables/block-ruleset.ts';
import {
  allowedSet,
  chainName,
  chainOptions,
  family,
  formatVersion,
  portSets,
  tableName,
} from '#electron/firewall/nftables/names.ts';

/**
 * The block as a file for `nft -f`, the same rules that the adapter puts up. Addresses that are allowed for a time are
 * left out: the file does not end them.
 */
export function blockText(block: Block): string {
  // Nothing in it ends, so that the time does not matter.
  const layers = allowedLayers(
    block.allowed.filter(({ until }) => until === null),
    new Date(0),
  ).flatMap((elements, index) =>
    ([4, 6] as const).map((version) => ({
      version,
      name: allowedSet(version, index + 1),
      elements: elements.filter((each) => each.version === version).map(element),
    })),
  );
  const { type, hook, prio, policy } = chainOptions;
  const toThisMachine = 'fib daddr type { local, broadcast, anycast, multicast }';
  return [
    '# Written by Mortise: SQL Server is blocked for every other machine.',
    // The first line makes the second one hold where there is no such table yet.
    `table ${family} ${tableName}`,
    `delete table ${family} ${tableName}`,
    `table ${family} ${tableName} {`,
    ...(['tcp', 'udp'] as const).flatMap((protocol) =>
      setText(portSets[protocol], ['type inet_service'], portsOf(block.listeners, protocol).map(String)),
    ),
    ...layers.flatMap(({ version, name, elements }) =>
      setText(name, [`type ipv${version}_addr`, 'flags interval, timeout'], elements),
    ),
    `  chain ${chainName} {`,
    `    type ${type} hook ${hook} priority ${prio}; policy ${policy};`,
    rule('iif lo accept'),
    ...layers.map(({ version, name }) => rule(`${version === 4 ? 'ip' : 'ip6'} saddr @${name} accept`)),
    ...(['tcp', 'udp'] as const).map((protocol) =>
      rule(`${toThisMachine} ${protocol} dport @${portSets[protocol]} counter drop`),
    ),
    '  }',
    '}',
    '',
  ].join('\n');
}

const setText = (name: string, lines: readonly string[], elements: readonly string[]): readonly string[] => [
  `  set ${name} {`,
  ...lines.map((line) => `    ${line}`),
  ...(elements.length === 0 ? [] : [`    elements = { ${elements.join(', ')} }`]),
  '  }',
];

const element = ({ range, given }: AllowedElement) => `${range} comment "${elementComment(given)}"`;

const rule = (text: string) => `    ${text} comment "mortise ${formatVersion}"`;
