import type { BlockedPort, Finding } from '#shared/secure-mode.ts';
import type { Expression, ListedChain, ListedRule, Ruleset } from './listed-ruleset.ts';
import { chainOptions, family, tableName } from './names.ts';
import { passesOn, statement } from './passing-on.ts';

const look = 'Look at the rule (nft list ruleset) and remove it, or prove from another machine what it lets through.';

const isOurs = (each: { readonly family: string; readonly table: string }) =>
  each.family === family && each.table === tableName;

/** Families whose packets come through the hook that our chain stands at, or that see them before it. */
const bearing: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'netdev', 'bridge']);

/**
 * What others' rules may do to the block. Their accepts do nothing, because our drop is final (nft(8), "drop"); but what
 * changes a packet before our chain, carries it around it, or passes another port on to a blocked one, may.
 */
export function foreignFindings(ruleset: Ruleset, blocked: readonly BlockedPort[]): readonly Finding[] {
  const sentences = new Map<string, Finding['effect']>();
  for (const { kind, family: of, table } of ruleset.others) {
    if (kind !== 'flowtable' || isOurs({ family: of, table })) continue;
    sentences.set(
      `A flow table (${of} ${table}) may carry sessions that are under way to a container past every rule.`,
      'doubts',
    );
  }
  for (const rule of ruleset.rules) {
    if (isOurs(rule) || !bearing.has(rule.family)) continue;
    const where = `${rule.family} ${rule.table}, chain ${rule.chain}`;
    const beforeUs = isGoneThrough(ruleset.chains, rule, comesBeforeUs);
    if (beforeUs && rule.expr.some(changesPackets)) {
      sentences.set(
        `A rule that is gone through before Mortise’s may change or redirect packets (${where}).`,
        'doubts',
      );
    }
    if (!isGoneThrough(ruleset.chains, rule, seesArriving)) continue;
    if (!beforeUs && rule.expr.some(writesPayload)) {
      sentences.set(`A rule may rewrite ports or addresses after Mortise’s saw them (${where}).`, 'doubts');
    }
    for (const expression of rule.expr) {
      const passing = passesOn(rule, expression, where, blocked);
      if (passing !== undefined) sentences.set(passing.sentence, passing.effect);
    }
    if (opaqueTranslation(ruleset.chains, rule)) {
      sentences.set(`A rule of iptables translates addresses in a form that nft does not show (${where}).`, 'doubts');
    }
  }
  return [...sentences]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([sentence, effect]) => ({ effect, sentence, next: look }));
}

/** A chain without a hook of its own is gone through where one of its table may jump to it. */
function isGoneThrough(
  chains: readonly ListedChain[],
  { family: of, table, chain }: ListedRule,
  counts: (chain: ListedChain) => boolean,
): boolean {
  const inTable = chains.filter((each) => each.family === of && each.table === table);
  const own = inTable.find(({ name }) => name === chain);
  return own?.hook === undefined ? own === undefined || inTable.some(counts) : counts(own);
}

/** Whether what comes from other machines goes through it on its way to this one. */
const seesArriving = ({ hook }: ListedChain) => hook === 'ingress' || hook === 'prerouting' || hook === 'input';

const comesBeforeUs = (chain: ListedChain): boolean =>
  !isOurs(chain) &&
  bearing.has(chain.family) &&
  (chain.hook === 'ingress' || (chain.hook === 'prerouting' && (chain.prio ?? 0) <= chainOptions.prio));

/** A mark or a priority changes nothing that our rules look at. */
function changesPackets(expression: Expression): boolean {
  const [kind] = statement(expression);
  return (
    writesPayload(expression) || ['fwd', 'dup', 'queue', 'tproxy', 'dnat', 'redirect', 'xt', 'flow'].includes(kind)
  );
}

const writesPayload = (expression: Expression): boolean => {
  const [kind, value] = statement(expression);
  return kind === 'mangle' && JSON.stringify(value).includes('"payload"');
};

/**
 * iptables-nft keeps targets as extensions (`xt`), in chains of type nat or in those that these jump to. For IPv4 and IPv6
 * whoever lists the listeners reads them from iptables, and says so where that cannot be done.
 */
function opaqueTranslation(chains: readonly ListedChain[], rule: ListedRule): boolean {
  if (rule.family === 'ip' || rule.family === 'ip6') return false;
  if (!rule.expr.some((expression) => statement(expression)[0] === 'xt')) return false;
  const inTable = chains.filter((each) => each.family === rule.family && each.table === rule.table);
  const own = inTable.find(({ name }) => name === rule.chain);
  if (own?.hook !== undefined) return own.type === 'nat' && own.hook === 'prerouting';
  return inTable.some(({ type, hook }) => type === 'nat' && hook === 'prerouting');
}
