import type { BlockedPort } from '#shared/secure-mode.ts';
import { without } from '../firewall-registry/address-range.ts';
import type { AddressRange } from '../firewall-registry/address-range.ts';
import type { FirewallRegistry, StoredRule } from '../firewall-registry/firewall-registry.ts';
import type { PortRange, RuleText } from '../firewall-registry/rule-text.ts';
import { namePrefix, portRanges } from './block-rules.ts';
import type { WantedRule } from './block-rules.ts';

const numbers = { TCP: 6, UDP: 17, PROGRAM: null } as const;

/** The place of a rule among the others of its version, as they are described. */
const place = (id: string) => Object.keys(numbers).findIndex((kind) => id.endsWith(`-${kind}`));

/** The rules that Mortise put into the machine's own store, in the order in which they are described. */
export const oursIn = (registry: FirewallRegistry): readonly StoredRule[] =>
  registry.rules.local
    .filter(({ id }) => id.startsWith(namePrefix))
    .toSorted((one, other) => place(one.id) - place(other.id) || (one.id < other.id ? -1 : 1));

/** Why a rule of ours does not block what it should, in words that follow "is"; undefined where it does. */
export function spoiled({ rule }: StoredRule): string | undefined {
  if (rule === undefined) return 'is written in a way that Mortise does not know';
  if (!rule.active) return 'is switched off';
  if (rule.action !== 'block')
    return rule.action === 'allow' ? 'allows instead of blocking' : 'lets machines bypass the firewall';
  if (!rule.inbound) return 'is for what goes out';
  if (rule.profiles.length > 0) return `is for the profile ${rule.profiles.join(' and ')} only`;
  if (rule.conditions.length > 0) return `holds under conditions only (${rule.conditions.join(', ')})`;
  if (rule.protocol !== null && rule.program !== null) return `is for the program ${rule.program} only`;
  return undefined;
}

/** Those that block, read whole. */
export const effective = (rules: readonly StoredRule[]): readonly RuleText[] =>
  rules.flatMap((each) => (each.rule !== undefined && spoiled(each) === undefined ? [each.rule] : []));

const sameRanges = (one: readonly PortRange[], other: readonly PortRange[]) =>
  one.length === other.length &&
  one.every(({ from, to }, index) => from === other[index]?.from && to === other[index].to);

const mergedPorts = (ports: readonly PortRange[]) => portRanges(ports.flatMap(({ from, to }) => span(from, to)));

const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Addresses that no machine has: what is open to them is open to nobody. */
const nobody = (range: AddressRange) => range.start === 0n && range.end === 0n;

/** What these rules leave open of a family; a rule without addresses leaves nothing. */
export function openOf(rules: readonly RuleText[], family: 4 | 6): readonly AddressRange[] {
  if (rules.some(({ remote }) => remote === null)) return [];
  const blocked = rules.flatMap(({ remote }) => remote ?? []);
  return without(family, blocked).filter((range) => !nobody(range));
}

const rangesKey = (ranges: readonly AddressRange[]) =>
  ranges.map(({ family, start, end }) => `${family}:${start}-${end}`).join();

/** The addresses beside these, so that two ways to write the same are the same. */
const letThrough = (remote: RuleText['remote']) =>
  rangesKey(([4, 6] as const).flatMap((family) => (remote === null ? [] : without(family, remote))));

/** Whether a stored rule is exactly a wanted one, whatever its version. */
export function is(stored: StoredRule, wanted: WantedRule): boolean {
  const { rule } = stored;
  if (rule === undefined || spoiled(stored) !== undefined || !stored.id.endsWith(`-${wanted.kind}`)) return false;
  return (
    rule.protocol === numbers[wanted.kind] &&
    sameRanges(mergedPorts(rule.ports ?? []), wanted.ports) &&
    letThrough(rule.remote) === letThrough(wanted.remote) &&
    (rule.program ?? '').toLowerCase() === (wanted.program ?? '').toLowerCase() &&
    rule.description === wanted.description
  );
}

/** Whether these are the wanted rules, and no others. */
export const areExactly = (stored: readonly StoredRule[], wanted: readonly WantedRule[]) =>
  stored.length === wanted.length && wanted.every((rule) => stored.some((each) => is(each, rule)));

export interface Covered extends BlockedPort {
  /** Whom the rules let through all the same. */
  readonly open: readonly AddressRange[];
}

/** The ports of these rules that a machine of either family cannot reach, unless it is let through. */
export function coveredPorts(rules: readonly RuleText[]): readonly Covered[] {
  const covered = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const number = protocol === 'tcp' ? 6 : 17;
    const forIt = rules.filter((rule) => rule.protocol === number && rule.program === null);
    // Windows takes a range that begins with 0, which is no port that anybody could reach.
    const ports = forIt.flatMap((rule) => (rule.ports ?? []).flatMap(({ from, to }) => span(Math.max(from, 1), to)));
    return [...new Set(ports)]
      .toSorted((one, other) => one - other)
      .map((port): Covered | undefined => {
        const holding = forIt.filter((rule) => rule.ports?.some(({ from, to }) => from <= port && port <= to));
        const open = ([4, 6] as const).map((family) => openOf(holding, family));
        // A family that is open as a whole is not blocked at all.
        if (open.some((ranges) => ranges.some(wholly))) return undefined;
        return { protocol, port, open: open.flat() };
      });
  });
  return covered.filter((each) => each !== undefined);
}

const wholly = ({ family, start, end }: AddressRange) =>
  start <= 1n && end === (1n << (family === 4 ? 32n : 128n)) - 1n;
