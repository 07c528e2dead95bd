import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Privileged } from '#electron/machine/privileged.ts';
import type { Firewall, FirewallState } from '../firewall.ts';
import { allowedLayers } from './allowed-layers.ts';
import { blockFault } from './block-fault.ts';
import { blockRuleset, removeTable } from './block-ruleset.ts';
import { foreignFindings } from './foreign-rules.ts';
import { parseRuleset } from './listed-ruleset.ts';
import { applyRuleset, findNft, unreadable } from './nft.ts';
import { ownTable } from './own-table.ts';
import { ruleWords } from './rule-words.ts';
import { watchRuleset } from './watch-ruleset.ts';

export interface NftablesOptions {
  readonly clock: Clock;
  readonly privileged: Privileged;
  /** nft by its absolute path. */
  readonly program?: string;
  /** The most that one call of nft may take, in milliseconds. */
  readonly limit?: number;
}

/** The firewall of Linux: one table of Mortise's own (`inet mortise`), replaced in one transaction of the kernel. */
export function nftablesFirewall({
  clock,
  privileged,
  program = findNft(),
  limit = 10_000,
}: NftablesOptions): Firewall {
  const nft = { privileged, program, limit };

  const read = async (mayAsk: boolean): Promise<Reading<FirewallState>> => {
    const answer = await privileged.run(program, ['-j', 'list', 'ruleset'], { mayAsk, limit });
    const at = clock.now();
    if (answer.kind !== 'ended' || answer.exitCode !== 0) return unknown(unreadable(answer, 'read'), at);
    const ruleset = parseRuleset(answer.output);
    if (ruleset === undefined) {
      return unknown(failure('firewall-unreadable', { cause: 'the answer of nft is not whole' }), at);
    }
    const own = ownTable(ruleset, at);
    if (own === undefined) return known({ rules: [], blocked: [], allowed: [], findings: [] }, at);
    const { blocked, allowed, findings } = own;
    const foreign = blocked.length === 0 ? [] : foreignFindings(ruleset, blocked);
    return known({ rules: ruleWords(blocked, allowed), blocked, allowed, findings: [...findings, ...foreign] }, at);
  };

  return {
    kind: 'nftables',
    describe: (block) =>
      ruleWords(
        block.listeners,
        allowedLayers(block.allowed, clock.now())
          .flat()
          .map(({ given }) => given),
      ),
    read: async (options) => await read(options?.thorough === true),
    block: async (block) => {
      const now = clock.now();
      const fault = blockFault(block, now);
      if (fault !== undefined) return failed(failure('block-impossible', { cause: fault }));
      return await applyRuleset(blockRuleset(block, now), nft);
    },
    unblock: async () => await applyRuleset(removeTable, nft),
    watch: (changed, ended) => watchRuleset({ privileged, program }, changed, ended),
  };
}
