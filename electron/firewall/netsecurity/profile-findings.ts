import { assertNever } from '#shared/assert-never.ts';
import type { Finding } from '#shared/secure-mode.ts';
import { effectiveProfile } from '../firewall-registry/firewall-registry.ts';
import type { FirewallRegistry, Store } from '../firewall-registry/firewall-registry.ts';
import type { RuleText } from '../firewall-registry/rule-text.ts';

const profiles = ['domain', 'private', 'public'] as const;

function byWhom(store: Store): string {
  switch (store) {
    case 'local':
      return 'on this machine';
    case 'group-policy':
      return 'by a group policy';
    case 'device-management':
      return 'by the service that manages this device';
    default:
      return assertNever(store);
  }
}

function correct(store: Store, what: string): string {
  return store === 'local' ? `${what}, then refresh.` : `Have whoever keeps that policy ${lower(what)}, then refresh.`;
}

const lower = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** What the three profiles do to the block. All of them count: which one holds changes with the network. */
export function profileFindings(registry: FirewallRegistry, rules: readonly RuleText[]): readonly Finding[] {
  const followsProgram = rules.some(({ program }) => program !== null);
  return profiles.flatMap((name): readonly Finding[] => {
    const profile = effectiveProfile(registry, name);
    const findings: Finding[] = [];
    if (!profile.enabled) {
      findings.push({
        effect: 'voids',
        sentence: `Windows Firewall is switched off for the ${name} profile, ${byWhom(profile.by.enabled)}.`,
        next: correct(profile.by.enabled, 'Switch it on'),
      });
    }
    if (!profile.localRules) {
      findings.push({
        effect: 'voids',
        sentence: `On the ${name} profile, rules of this machine are ignored, ${byWhom(profile.by.localRules)}; so are those of Mortise.`,
        next: correct(profile.by.localRules, 'Allow local rules'),
      });
    }
    if (profile.interfacesExceptedBy !== undefined) {
      findings.push({
        effect: 'voids',
        sentence: `On the ${name} profile, network interfaces are excepted from Windows Firewall, ${byWhom(profile.interfacesExceptedBy)}; through them SQL Server is reached in spite of every rule.`,
        next: correct(profile.interfacesExceptedBy, 'Remove the exception of interfaces'),
      });
    }
    if (profile.odd) {
      findings.push({
        effect: 'doubts',
        sentence: `The settings of the ${name} profile of Windows Firewall are written in a way that Mortise does not know.`,
        next: 'Correct them in the registry or by the policy, then refresh.',
      });
    }
    if (profile.letsIn && !followsProgram) {
      findings.push({
        effect: 'weakens',
        sentence: `On the ${name} profile, Windows Firewall lets in what no rule forbids: a port that SQL Server opens later is not blocked.`,
        next: 'Set the profile to block what comes in, then refresh.',
      });
    }
    return findings;
  });
}
