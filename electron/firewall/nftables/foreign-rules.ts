import type { BlockedPort, Finding } from '#shared/secure-mode.ts';
import type { Expression, ListedChain, ListedRule, Ruleset } from './listed-ruleset.ts';
import { chainOptions, family, tableName } from './names.ts';

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
  const earlier = new Set(ruleset.chains.filter(comesBeforeUs).map(({ family: of, table }) => `${of} ${table}`));
  for (const rule of ruleset.rules) {
    if (isOurs(rule) || !bearing.has(rule.family)) continue;
    const where = `${rule.family} ${rule.table}, chain ${rule.chain}`;
    if (earlier.has(`${rule.family} ${rule.table}`) && rule.expr.some(changesPackets)) {
      sentences.set(
        `A rule that is gone through before Mortise’s may change or redirect packets (${where}).`,
        'doubts',
      );
    }
    for (const expression of rule.expr) {
      const effect = passesOn(rule, expression, blocked);
      if (effect === undefined) continue;
      const [what, port] = effect;
      sentences.set(
        port === undefined
          ? `A rule passes ports on, and whether to a blocked one cannot be told (${where}).`
          : `A rule passes another port on to the blocked port ${port} (${where}).`,
        what,
      );
    }
    if (opaqueTranslation(ruleset.chains, rule)) {
      sentences.set(`A rule of iptables translates addresses in a form that nft does not show (${where}).`, 'doubts');
    }
  }
  return [...sentences]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([sentence, effect]) => ({ effect, sentence, next: look }));
}

const comesBeforeUs = (chain: ListedChain): boolean =>
  !isOurs(chain) &&
  bearing.has(chain.family) &&
  (chain.hook === 'ingress' || (chain.hook === 'prerouting' && (chain.prio ?? 0) <= chainOptions.prio));

const statement = (expression: Expression): readonly [kind: string, value: unknown] =>
  typeof expression === 'string' ? [expression, null] : (Object.entries(expression)[0] ?? ['', null]);

/** A mark or a priority changes nothing that our rules look at. */
function changesPackets(expression: Expression): boolean {
  const [kind, value] = statement(expression);
  if (kind === 'mangle') return JSON.stringify(value).includes('"payload"');
  return ['fwd', 'dup', 'queue', 'tproxy', 'dnat', 'redirect', 'xt', 'flow'].includes(kind);
}

type Passing = readonly [effect: Finding['effect'], port: number | undefined];

function passesOn(rule: ListedRule, expression: Expression, blocked: readonly BlockedPort[]): Passing | undefined {
  const [kind, value] = statement(expression);
  if (kind !== 'redirect' && kind !== 'dnat' && kind !== 'tproxy') return undefined;
  // Without a port of its own, what arrives at a port stays with it.
  if (typeof value !== 'object' || value === null || !('port' in value)) return undefined;
  const { port } = value;
  if (typeof port !== 'number') return ['doubts', undefined];
  if (!blocked.some((each) => each.port === port)) return undefined;
  const arriving = arrivingPorts(rule);
  if (arriving === undefined) return ['doubts', undefined];
  const open = arriving.some((each) => !blocked.some((other) => other.port === each));
  if (!open) return undefined;
  return [kind === 'dnat' ? 'doubts' : 'weakens', port];
}

/** The ports that a rule is for, where it names them one by one. */
function arrivingPorts({ expr }: ListedRule): readonly number[] | undefined {
  for (const expression of expr) {
    const [kind, value] = statement(expression);
    if (kind !== 'match' || !JSON.stringify(value).includes('"field":"dport"')) continue;
    if (typeof value !== 'object' || value === null || !('right' in value) || !('op' in value)) return undefined;
    if (value.op !== '==' && value.op !== 'in') return undefined;
    const { right } = value;
    if (typeof right === 'number') return [right];
    const set: unknown = typeof right === 'object' && right !== null && 'set' in right ? right.set : undefined;
    if (!Array.isArray(set)) return undefined;
    const ports = set.filter((each) => typeof each === 'number');
    return ports.length === set.length ? ports : undefined;
  }
  return undefined;
}

/** iptables-nft keeps targets as extensions (`xt`), in chains of type nat or in those that these jump to. */
function opaqueTranslation(chains: readonly ListedChain[], rule: ListedRule): boolean {
  if (!rule.expr.some((expression) => statement(expression)[0] === 'xt')) return false;
  const inTable = chains.filter((each) => each.family === rule.family && each.table === rule.table);
  const own = inTable.find(({ name }) => name === rule.chain);
  if (own?.hook !== undefined) return own.type === 'nat' && own.hook === 'prerouting';
  return inTable.some(({ type, hook }) => type === 'nat' && hook === 'prerouting');
}
