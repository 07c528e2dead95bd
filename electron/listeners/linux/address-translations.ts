import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';
import type { Listener } from '#shared/secure-mode.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { leadsToServer } from '../leads-to-server.ts';
import type { ListenerSource } from '../listener-source.ts';
import { sourceReading, Unreadable } from '../source-reading.ts';
import { rulesetTranslations } from './ruleset-translations.ts';
import type { OpaqueChain } from './ruleset-translations.ts';
import { listenersThrough } from './saved-ways.ts';
import type { SavedTables, TableName } from './saved-tables.ts';
import { listenersOf } from './translated.ts';

/** The rules of this machine as `nft -j list ruleset` answers them, parsed and whole. */
export type RulesetReader = () => Promise<Result<unknown>>;

/**
 * The ports of this machine that the kernel itself passes on to SQL Server, mostly into a container, by rules that change
 * where a packet goes. What iptables wrote in its own form is read from iptables; one that looks its target up cannot be
 * read: then nobody knows all of them.
 */
export function addressTranslations(read: RulesetReader, tables: SavedTables, clock: Clock): ListenerSource {
  return {
    source: 'containers',
    find: async (said) => {
      const ruleset = await read();
      if (!ruleset.ok) return unknown(ruleset.error, clock.now());
      try {
        const { translated, opaque } = rulesetTranslations(ruleset.value);
        const hidden = await listenersBehind(opaque, tables, said);
        return known([...leadsToServer(translated, said).flatMap(listenersOf), ...hidden], clock.now());
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        const source = 'the rules of nftables';
        return unknown(failure('listeners-unreadable', { source, cause: error.message }), clock.now());
      }
    },
  };
}

/** What leads to SQL Server through the tables that iptables keeps by itself, beside nftables. */
export function legacyTranslations(tables: SavedTables, clock: Clock): ListenerSource {
  return {
    source: 'containers',
    find: async (said) =>
      await sourceReading('the rules of iptables', clock, async () =>
        (await tables.legacy()).flatMap(({ family, table, saved }) =>
          listenersThrough(saved, { family, name: table }, said),
        ),
      ),
  };
}

async function listenersBehind(
  opaque: readonly OpaqueChain[],
  tables: SavedTables,
  said: readonly Listener[],
): Promise<readonly Listener[]> {
  const found: Listener[] = [];
  for (const family of ['ip', 'ip6'] as const)
    for (const table of ['nat', 'mangle'] as const) {
      const chains = opaque.filter((each) => each.family === family && each.table === table);
      if (chains.length > 0) found.push(...(await listenersIn({ family, table }, chains, tables, said)));
    }
  return found;
}

async function listenersIn(
  { family, table }: TableName,
  chains: readonly OpaqueChain[],
  tables: SavedTables,
  said: readonly Listener[],
): Promise<readonly Listener[]> {
  const saved = await readBehind({ family, table }, chains, tables);
  // Other programs of iptables than the one that wrote the rules may leave out what they do not know.
  for (const { chain, rules } of chains)
    if ((saved.get(chain)?.length ?? 0) < rules)
      throw new Unreadable(`iptables-save does not show every rule that nftables has in ${table} ${chain}`);
  return listenersThrough(saved, { family, name: table }, said);
}

async function readBehind(name: TableName, chains: readonly OpaqueChain[], tables: SavedTables) {
  try {
    return await tables.read(name);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Unreadable(
      `a rule in ${name.table} ${chains[0]?.chain ?? ''} was written by iptables in a form that nftables does not show, and ${error.message}`,
    );
  }
}
