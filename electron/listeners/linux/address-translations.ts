import { z } from 'zod';
import type { Result } from '#shared/result.ts';
import type { Listener } from '#shared/secure-mode.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { known, unknown } from '#shared/reading.ts';
import { failure } from '#shared/errors.ts';
import type { ListenerSource } from '../listener-source.ts';
import { Unreadable } from '../source-reading.ts';
import { leadsToServer } from '../leads-to-server.ts';
import type { PassedOn } from '../leads-to-server.ts';

/** The rules of this machine as `nft -j list ruleset` answers them, parsed and whole. */
export type RulesetReader = () => Promise<Result<unknown>>;

interface Translated extends PassedOn {
  readonly address: string;
  readonly ports: readonly number[];
}

/**
 * The ports of this machine that the kernel itself passes on to SQL Server, mostly into a container, by rules that change
 * where a packet goes (libnftables-json(5)). A rule that other programs wrote in their own form cannot be read, and nor
 * can one that looks its target up: then nobody knows all of them.
 */
export function addressTranslations(read: RulesetReader, clock: Clock): ListenerSource {
  return {
    source: 'containers',
    find: async (said) => {
      const ruleset = await read();
      if (!ruleset.ok) return unknown(ruleset.error, clock.now());
      try {
        return known(leadsToServer(translationsIn(ruleset.value), said).flatMap(listenersOf), clock.now());
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        const source = 'the rules of nftables';
        return unknown(failure('listeners-unreadable', { source, cause: error.message }), clock.now());
      }
    },
  };
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

function translationsIn(ruleset: unknown): readonly Translated[] {
  const parsed = rulesetSchema.safeParse(ruleset);
  if (!parsed.success) throw new Unreadable('its answer is not understood');
  return parsed.data.nftables.flatMap((each) => {
    if (each['rule'] === undefined) return [];
    const rule = ruleSchema.safeParse(each['rule']);
    if (!rule.success) throw new Unreadable('a rule is not understood');
    return translationsOf(rule.data);
  });
}

function translationsOf({ expr: expressions, family, table, chain }: Rule): readonly Translated[] {
  const where = `${table} ${chain}`;
  for (const expression of expressions) if ('xt' in expression) refuseOpaque(expression['xt'], where);
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

/** What iptables wrote shows its name alone; only a few of them change where a packet goes. */
function refuseOpaque(xt: unknown, where: string): void {
  const parsed = opaqueSchema.safeParse(xt);
  const target = parsed.success && parsed.data.type === 'target' ? parsed.data.name : undefined;
  const harmless =
    parsed.success && (parsed.data.type !== 'target' || !/^(?:DNAT|REDIRECT|TPROXY|NETMAP)$/.test(target ?? ''));
  if (!harmless)
    throw new Unreadable(
      `a rule in ${where} was written by iptables in a form that nftables does not show (${target ?? 'without a name'})`,
    );
}

/** The most ports that a range of one rule is taken apart into. */
const mostPorts = 1000;

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
    const ports = parts.flatMap((part) => (typeof part === 'number' ? [part] : between(part.range, where)));
    return { protocol, ports } as const;
  }
  return undefined;
}

function between([from, to]: readonly [number, number], where: string): readonly number[] {
  if (to - from >= mostPorts) throw new Unreadable(`a rule in ${where} passes more than ${mostPorts} ports on`);
  return Array.from({ length: to - from + 1 }, (_none, index) => from + index);
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

const listenersOf = ({ protocol, address, ports }: Translated): readonly Listener[] =>
  ports.map((each) => ({ protocol, address, port: each, purpose: 'SQL Server in a container' }));
