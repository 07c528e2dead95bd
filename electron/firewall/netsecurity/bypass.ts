import type { Finding } from '#shared/secure-mode.ts';
import type { FirewallRegistry, StoredRule } from '../firewall-registry/firewall-registry.ts';
import type { RuleText } from '../firewall-registry/rule-text.ts';

export const everyRule = (registry: FirewallRegistry): readonly StoredRule[] => Object.values(registry.rules).flat();

/** Whether a rule of somebody else may be for traffic that these rules block. */
function meets(other: RuleText, rules: readonly RuleText[]): boolean {
  return rules.some((ours) => {
    if (other.protocol !== null && ours.protocol !== null && other.protocol !== ours.protocol) return false;
    if (other.program !== null && ours.program !== null && other.program.toLowerCase() !== ours.program.toLowerCase()) {
      return false;
    }
    // A list without numbers stands for ports that only the machine knows.
    if (other.ports === null || ours.ports === null || other.ports.length === 0) return true;
    return other.ports.some(({ from, to }) => ours.ports?.some((each) => each.from <= to && from <= each.to));
  });
}

/**
 * Rules that let authenticated machines past every block: the one kind that wins over ours ("Order of Windows Firewall
 * rules evaluation"). A simple allow rule does not.
 */
export function bypassFindings(registry: FirewallRegistry, rules: readonly RuleText[]): readonly Finding[] {
  return everyRule(registry).flatMap(({ id, text, rule }): readonly Finding[] => {
    if (rule === undefined) {
      if (!/=bypass\|/iu.test(text)) return [];
      const sentence = `The rule ${id} may let machines past the block; it is written in a way that Mortise does not know.`;
      return [
        { effect: 'doubts', sentence, next: 'Look at the rule in Windows Firewall; remove it if it is not needed.' },
      ];
    }
    if (rule.action !== 'bypass' || !rule.active || !rule.inbound || !meets(rule, rules)) return [];
    // Which machines or users it names is an SDDL text; that it names any is enough to tell the two apart.
    const named = rule.machines !== null || rule.conditions.includes('RUAuth');
    const who = named ? 'whom it names' : 'every machine that authenticates';
    return [
      {
        effect: named ? 'weakens' : 'voids',
        sentence: `The rule "${rule.name ?? id}" lets ${who} past every block, also that of Mortise.`,
        next: 'Switch the rule off in Windows Firewall, or in the policy it comes from, then refresh.',
      },
    ];
  });
}
