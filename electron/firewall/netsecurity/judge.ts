import { isDeepStrictEqual } from 'node:util';
import type { AllowedAddress, Finding } from '#shared/secure-mode.ts';
import { cidrsOf, rangeOf, without } from '../firewall-registry/address-range.ts';
import type { AddressRange } from '../firewall-registry/address-range.ts';
import type { FirewallRegistry, StoredRule } from '../firewall-registry/firewall-registry.ts';
import type { RuleText } from '../firewall-registry/rule-text.ts';
import type { FirewallState } from '../firewall.ts';
import { bypassFindings } from './bypass.ts';
import type { Confirmation } from './confirmation.ts';
import { confirmedFindings } from './confirmed-findings.ts';
import { coveredPorts, effective, openOf, oursIn, spoiled } from './our-rules.ts';
import type { Covered } from './our-rules.ts';
import { profileFindings } from './profile-findings.ts';
import { allowedIn, ruleWords } from './rule-words.ts';

export interface JudgeOptions {
  /** What Windows Firewall itself said while the registry was as it is now; undefined where it was not asked since. */
  readonly confirmation: Confirmation | undefined;
  /** What its services leave to say now. */
  readonly services: readonly Finding[];
  readonly program: string | undefined;
  readonly now: Date;
}

const numbers: ReadonlyMap<number | null, string> = new Map([
  [6, 'TCP'],
  [17, 'UDP'],
]);

const noRegister = 'This Windows keeps no register of other firewalls: whether there is one beside it was not told.';

const again = 'Switch secure mode on again; that replaces the rule.';

/** The state of our block, from what is written in the registry and what Windows Firewall said of it. Pure. */
export function judge(
  registry: FirewallRegistry,
  { confirmation, services, program, now }: JudgeOptions,
): FirewallState {
  const ours = oursIn(registry);
  if (ours.length === 0) return { rules: [], blocked: [], allowed: [], findings: [] };
  const rules = effective(ours);
  const covered = coveredPorts(rules);
  const allowed = allowedBy(covered, ours);
  const findings: readonly Finding[] = [
    ...profileFindings(registry, rules),
    ...services,
    ...confirmedFindings(registry, confirmation).filter(
      (each) => !services.some((known) => isDeepStrictEqual(known, each)),
    ),
    ...ours.flatMap(spoiledFinding),
    ...programFindings(ours, program),
    ...narrowedProgram(rules, allowed),
    ...bypassFindings(registry, rules),
    ...overdueFindings(allowed, now),
  ];
  // What is voided is in force for nobody, whatever the rules say.
  const voided = findings.some(({ effect }) => effect === 'voids');
  return {
    rules: voided
      ? []
      : [
          ...rules.map(({ protocol, ports, program: of, description }) =>
            ruleWords(
              { protocol: numbers.get(protocol) ?? null, ports: ports ?? [], program: of },
              allowedIn(description),
            ),
          ),
          ...(confirmation?.register === 'absent' ? [noRegister] : []),
        ],
    blocked: voided ? [] : covered.map(({ protocol, port }) => ({ protocol, port })),
    allowed: voided ? [] : allowed,
    findings: findings.toSorted((one, other) => order.indexOf(one.effect) - order.indexOf(other.effect)),
  };
}

const order: readonly Finding['effect'][] = ['voids', 'doubts', 'weakens'];

function spoiledFinding(stored: StoredRule): readonly Finding[] {
  const why = spoiled(stored);
  if (why === undefined) return [];
  const effect = stored.rule === undefined ? 'doubts' : 'weakens';
  return [{ effect, sentence: `The rule ${stored.id} of Mortise ${why}.`, next: again }];
}

/** An update of SQL Server moves its program, and the rule stays behind. */
function programFindings(ours: readonly StoredRule[], program: string | undefined): readonly Finding[] {
  if (program === undefined) return [];
  const named = ours.flatMap(({ id, rule }) =>
    rule?.program === null || rule === undefined ? [] : [{ id, of: rule.program }],
  );
  const old = named.filter(({ of }) => of.toLowerCase() !== program.toLowerCase());
  const findings = old.map(({ id, of }): Finding => {
    const sentence = `The rule ${id} is for the program ${of}, but SQL Server runs ${program}.`;
    return { effect: 'weakens', sentence, next: again };
  });
  if (named.length > old.length || old.length > 0) return findings;
  const sentence = 'No rule is for the program of SQL Server: a port that it opens later is not blocked.';
  return [{ effect: 'weakens', sentence, next: 'Switch secure mode on again; that adds the rule.' }];
}

/** No port shows whom the rule for the program is for, and its words tell of those who were meant. */
function narrowedProgram(rules: readonly RuleText[], allowed: readonly AllowedAddress[]): readonly Finding[] {
  const ofProgram = rules.filter((rule) => rule.program !== null);
  const told = allowed.map(({ address }) => rangeOf(address));
  const more = ofProgram.length > 0 && openTo(ofProgram).some((range) => outside(range, told).length > 0);
  const sentence =
    'The rule for the program of SQL Server leaves out more addresses than are allowed: a port that it opens later is not blocked for them.';
  return more ? [{ effect: 'weakens', sentence, next: again }] : [];
}

const openTo = (rules: readonly RuleText[]) => ([4, 6] as const).flatMap((family) => openOf(rules, family));

function overdueFindings(allowed: readonly AllowedAddress[], now: Date): readonly Finding[] {
  return allowed.flatMap(({ address, until }): readonly Finding[] => {
    if (until === null || new Date(until) > now) return [];
    const sentence = `${address} is still let through, though its time ended at ${until}: Windows Firewall does not end it by itself.`;
    return [{ effect: 'weakens', sentence, next: 'Switch secure mode on again; that leaves the address out.' }];
  });
}

/** What of a range is in none of the others. */
const outside = (range: AddressRange, others: readonly AddressRange[]) =>
  without(range.family, [...without(range.family, [range]), ...others]);

const holds = (whole: AddressRange, part: AddressRange) =>
  whole.family === part.family && whole.start <= part.start && part.end <= whole.end;

/** Whom the rules really let through: what was meant and is so, and whatever else is open. */
function allowedBy(covered: readonly Covered[], ours: readonly StoredRule[]): readonly AllowedAddress[] {
  const open = covered.flatMap((port) => port.open);
  const meant = ours.flatMap(({ rule }) => allowedIn(rule?.description ?? null));
  const found = new Map<string, AllowedAddress>();
  for (const range of open) {
    const of = meant.filter(({ address }) => holds(range, rangeOf(address)));
    for (const each of of) found.set(each.address, each);
    const rest = outside(
      range,
      of.map(({ address }) => rangeOf(address)),
    );
    for (const address of rest.flatMap(cidrsOf)) found.set(address, { address, until: null });
  }
  return [...found.values()];
}
