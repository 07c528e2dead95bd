import type { BlockedPort } from '#shared/secure-mode.ts';

/** Goes up when the rules change their form, so that those of another version are known as such. */
export const formatVersion = 1;

export const family = 'inet';
export const tableName = 'mortise';
export const chainName = 'other_machines';
export const portSets: Readonly<Record<BlockedPort['protocol'], string>> = { tcp: 'tcp_ports', udp: 'udp_ports' };

/**
 * Before the connection tracking (-200), the translation of addresses (-100) and every usual firewall (0), so that ports
 * are seen as other machines write them; after fragments are put together (-400).
 */
export const chainOptions = { type: 'filter', hook: 'prerouting', prio: -310, policy: 'accept' } as const;

/** The set for addresses of one family; a further layer holds those that overlap with one of an earlier layer. */
export const allowedSet = (version: 4 | 6, layer: number) => `allowed_v${version}_${layer}`;

/** The version and layer of such a name. */
export function allowedSetOf(name: string): { readonly version: 4 | 6; readonly layer: number } | undefined {
  const [, version, layer] = /^allowed_v([46])_([1-9]\d{0,3})$/u.exec(name) ?? [];
  return version === undefined ? undefined : { version: version === '4' ? 4 : 6, layer: Number(layer) };
}
