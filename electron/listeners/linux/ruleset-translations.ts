import { z } from 'zod';
import { Unreadable } from '../source-reading.ts';
import { mayPassOn } from './saved-rule.ts';
import type { TableName } from './saved-tables.ts';
import { portsBetween } from './translated.ts';
import type { Translated } from './translated.ts';

/** A chain with rules that iptables wrote in its own form, which may change where a packet goes. */
export interface OpaqueChain extends TableName {
  readonly chain: string;
  /** How many of its rules are such. */
  readonly rules: number;
}

const rulesetSchema = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) });
const ruleSchema = z.object({
  family: z.string(),
  table: z.string(),
  chain: z.string(),
  expr: z.array(z.record(z.string(), z.unknown())),
});
type Rule = z.infer<typeof ruleSchema>;
const port = z.int().min(1).max(65_535);
const translationSchema = z.object({ addr: z.string().optional(), port: port.optional() });
const matchSchema = z.object({
  op: z.enum(['==', 'in']),
  left: z.object({ payload: z.object({ protocol: z.string(), field: z.string() }) }),
  right: z.union([
    port,
    z.object({ range: z.tuple([port, port]) }),
    z.object({ set: z.array(z.union([port, z.object({ range: z.tuple([port, port]) })])) }),
  ]),
});
const opaqueSchema = z.object({ type: z.string(), name: z.string() });

/**
 * What the rules of nftables pass on, as `nft -j list ruleset` answers them (libnftables-json(5)), and the chains whose
 * rules only iptables can show. Unreadable where neither tells, or where a rule looks up what it does.
 */
export function rulesetTranslations(ruleset: unknown): {
  readonly translated: readonly Translated[];
  readonly opaque: readonly OpaqueChain[];
} {
  const parsed = rulesetSchema.safeParse(ruleset);
  if (!parsed.success) throw new Unreadable('its answer is not understood');
  const translated: Translated[] = [];
  const opaque = new Map<string, OpaqueChain>();
  for (const each of parsed.data.nftables) {
    if (each['rule'] === undefined) continue;
    const rule = ruleSchema.safeParse(each['rule']);
    if (!rule.success) throw new Unreadable('a rule is not understood');
    const hidden = opaqueIn(rule.data);
    // Newer programs of iptables write some targets as nftables does: then one rule has both forms.
    translated.push(...translationsOf(rule.data));
    if (hidden !== undefined) {
      const place = JSON.stringify([hidden.family, hidden.table, hidden.chain]);
      opaque.set(place, { ...hidden, rules: (opaque.get(place)?.rules ?? 0) + 1 });
    }
  }
  return { translated, opaque: [...opaque.values()] };
}

function translationsOf({ expr: expressions, family, table, chain }: Rule): readonly Translated[] {
  const where = `${table} ${chain}`;
  const found = expressions.find((each) => 'dnat' in each || 'redirect' in each);
  if (found === undefined) return [];
  const target = translationSchema.safeParse(found['dnat'] ?? found['redirect'] ?? {});
  if (!target.success) throw new Unreadable(`a rule in ${where} passes connections on to a place that it looks up`);
  const matched = matchedPorts(expressions, where);
  if (matched === undefined)
    throw new Unreadable(`a rule in ${where} passes connections on without saying from which port`);
  const { protocol, ports } = matched;
  const address = daddrOf(expressions) ?? (family === 'ip6' ? '::' : '0.0.0.0');
  // Without a port of the target, it is the one that was asked for.
  return target.data.port === undefined
    ? ports.map((one) => ({ protocol, address, ports: [one], target: one }))
    : [{ protocol, address, ports, target: target.data.port }];
}

/**
 * The chain of a rule that iptables wrote in its own form, if it may change where a packet goes. nft shows the name of
 * such a form, or where it was built without iptables nothing at all. The kernel takes the targets in question in tables
 * of two names only (xt_check_target).
 */
function opaqueIn({ expr: expressions, family, table, chain }: Rule): Omit<OpaqueChain, 'rules'> | undefined {
  const [name] = expressions.filter((each) => 'xt' in each).flatMap(({ xt }) => nameOf(xt, table));
  if (name === undefined) return undefined;
  if ((family === 'ip' || family === 'ip6') && (table === 'nat' || table === 'mangle')) return { family, table, chain };
  throw new Unreadable(
    `a rule in ${table} ${chain} was written by iptables in a form that nftables does not show (${name})`,
  );
}

/** Where the forms stand that may change where a packet goes. */
const isTheirs = (table: string) => table === 'nat' || table === 'mangle';
const passesOn = /^(?:DNAT|REDIRECT|TPROXY|NETMAP|DNPT)$/u;

function nameOf(xt: unknown, table: string): readonly string[] {
  const parsed = opaqueSchema.safeParse(xt);
  if (!parsed.success) return isTheirs(table) ? ['without a name'] : [];
  const { type, name } = parsed.data;
  return type === 'target' && (passesOn.test(name) || (isTheirs(table) && mayPassOn(name))) ? [name] : [];
}

function matchedPorts(expressions: Rule['expr'], where: string) {
  for (const { match } of expressions) {
    const parsed = matchSchema.safeParse(match);
    const isPort = z.object({ left: z.object({ payload: z.object({ field: z.literal('dport') }) }) }).safeParse(match);
    if (!isPort.success) continue;
    if (!parsed.success) throw new Unreadable(`a rule in ${where} names its ports in a way that is not understood`);
    const { protocol } = parsed.data.left.payload;
    if (protocol !== 'tcp' && protocol !== 'udp')
      throw new Unreadable(`a rule in ${where} passes ports of ${protocol} on`);
    const { right } = parsed.data;
    const parts = typeof right === 'object' && 'set' in right ? right.set : [right];
    const ports = parts.flatMap((part) => (typeof part === 'number' ? [part] : portsBetween(part.range, where)));
    return { protocol, ports } as const;
  }
  return undefined;
}

const daddrSchema = z.object({
  op: z.literal('=='),
  left: z.object({ payload: z.object({ field: z.literal('daddr') }) }),
  right: z.string(),
});

/** The address that it is for; undefined where it says none, or says it in another way. */
function daddrOf(expressions: Rule['expr']): string | undefined {
  for (const { match } of expressions) {
    const parsed = daddrSchema.safeParse(match);
    if (parsed.success) return parsed.data.right;
  }
  return undefined;
}
