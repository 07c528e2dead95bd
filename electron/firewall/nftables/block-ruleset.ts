import type { AllowedAddress, BlockedPort } from '#shared/secure-mode.ts';
import type { Block } from '../firewall.ts';
import { allowedLayers } from './allowed-layers.ts';
import type { AllowedElement } from './allowed-layers.ts';
import { allowedSet, chainName, chainOptions, family, formatVersion, portSets, tableName } from './names.ts';

/** An object of nft's JSON (libnftables-json(5)). */
export type Json = Readonly<Record<string, unknown>>;

const match = (left: Json, right: unknown): Json => ({ match: { op: '==', left, right } });

/**
 * This machine itself, under every address that it has, and whole networks that it is in: SQL Server Browser answers
 * broadcasts (MS-SQLR 2.2.1) and multicasts too. What is only passed on to others is left alone.
 */
export const toThisMachine = match(
  { fib: { result: 'type', flags: ['daddr'] } },
  { set: ['local', 'broadcast', 'anycast', 'multicast'] },
);

export const throughLoopback: readonly Json[] = [match({ meta: { key: 'iif' } }, 'lo'), { accept: null }];

export const letThrough = (version: 4 | 6, set: string): readonly Json[] => [
  match({ payload: { protocol: version === 4 ? 'ip' : 'ip6', field: 'saddr' } }, `@${set}`),
  { accept: null },
];

export const dropPorts = (protocol: BlockedPort['protocol']): readonly Json[] => [
  toThisMachine,
  match({ payload: { protocol, field: 'dport' } }, `@${portSets[protocol]}`),
  { counter: null },
  { drop: null },
];

/** How an address says in its set what it was given as, and until when. At most 128 bytes. */
export const elementComment = ({ address, until }: AllowedAddress) =>
  until === null ? address : `${address} until ${until}`;

const inTable = { family, table: tableName };

const addSet = (name: string, type: string, flags: readonly string[], elements: readonly unknown[]): Json => ({
  add: {
    set: {
      ...inTable,
      name,
      type,
      ...(flags.length === 0 ? {} : { flags }),
      ...(elements.length === 0 ? {} : { elem: elements }),
    },
  },
});

const addRule = (expr: readonly Json[]): Json => ({
  add: { rule: { ...inTable, chain: chainName, comment: `mortise ${formatVersion}`, expr } },
});

const value = (range: string): unknown => {
  const [addr, length] = range.split('/');
  return length === undefined ? addr : { prefix: { addr, len: Number(length) } };
};

const element = ({ range, given, seconds }: AllowedElement): Json => ({
  elem: { val: value(range), comment: elementComment(given), ...(seconds === null ? {} : { timeout: seconds }) },
});

/** The ports of one protocol, each once, in order. */
export const portsOf = (ports: readonly BlockedPort[], protocol: BlockedPort['protocol']): readonly number[] =>
  [...new Set(ports.filter((each) => each.protocol === protocol).map(({ port }) => port))].toSorted((a, b) => a - b);

/** Removes the table whether it is there or not: deleting one that is not fails (`destroy` needs Linux 6.3). */
export const removeTable: readonly Json[] = [
  { add: { table: { family, name: tableName } } },
  { delete: { table: { family, name: tableName } } },
];

/**
 * One transaction of nft that puts the block in the place of an older one: the kernel takes it whole or not at all, and
 * no packet passes in between.
 */
export function blockRuleset(block: Block, now: Date): readonly Json[] {
  const layers = allowedLayers(block.allowed, now).flatMap((elements, index) =>
    ([4, 6] as const).map((version) => ({
      version,
      name: allowedSet(version, index + 1),
      elements: elements.filter((each) => each.version === version).map(element),
    })),
  );
  return [
    ...removeTable,
    { add: { table: { family, name: tableName } } },
    { add: { chain: { ...inTable, name: chainName, ...chainOptions } } },
    ...(['tcp', 'udp'] as const).map((protocol) =>
      addSet(portSets[protocol], 'inet_service', [], portsOf(block.listeners, protocol)),
    ),
    ...layers.map(({ version, name, elements }) =>
      addSet(name, `ipv${version}_addr`, ['interval', 'timeout'], elements),
    ),
    addRule(throughLoopback),
    ...layers.map(({ version, name }) => addRule(letThrough(version, name))),
    addRule(dropPorts('tcp')),
    addRule(dropPorts('udp')),
  ];
}

export const asFile = (objects: readonly Json[]) => JSON.stringify({ nftables: objects });
