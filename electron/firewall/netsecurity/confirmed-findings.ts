import type { Finding } from '#shared/secure-mode.ts';
import { effectiveProfile } from '../firewall-registry/firewall-registry.ts';
import type { FirewallRegistry } from '../firewall-registry/firewall-registry.ts';
import { everyRule } from './bypass.ts';
import type { Confirmation } from './confirmation.ts';
import { oursIn, spoiled } from './our-rules.ts';
import { neededServices, stoppedService } from './service-findings.ts';

const profileNames = { Domain: 'domain', Private: 'private', Public: 'public' } as const;
const isProfile = (name: string): name is keyof typeof profileNames => Object.hasOwn(profileNames, name);

/** What Windows Firewall's own word adds to what is written in the registry; without it, all of it is in doubt. */
export function confirmedFindings(
  registry: FirewallRegistry,
  confirmation: Confirmation | undefined,
): readonly Finding[] {
  if (confirmation === undefined) {
    return [
      {
        effect: 'doubts',
        sentence: 'The rules are written, but Windows Firewall itself has not confirmed yet that it enforces them.',
        next: 'Refresh; Windows Firewall is then asked, which can take a minute.',
      },
    ];
  }
  return [
    ...serviceFindings(confirmation),
    ...enforcedProfiles(registry, confirmation),
    ...enforcedRules(registry, confirmation),
    ...otherBypasses(registry, confirmation),
    ...confirmation.products.map((product): Finding => {
      const sentence = `Another firewall is registered on this machine (${product}); whether it or Windows Firewall decides cannot be told.`;
      return {
        effect: 'doubts',
        sentence,
        next: 'Block the ports there too, or remove it, and probe from another machine.',
      };
    }),
  ];
}

function serviceFindings({ services }: Confirmation): readonly Finding[] {
  return neededServices.flatMap((name): readonly Finding[] => {
    const status = services.find((each) => each.name.toLowerCase() === name.toLowerCase())?.status;
    return status === 'Running' ? [] : [stoppedService(name)];
  });
}

/** Where the registry already tells it, it is told once. */
function enforcedProfiles(registry: FirewallRegistry, { profiles }: Confirmation): readonly Finding[] {
  return profiles.flatMap(({ name, enabled, localRules, disabledInterfaces }): readonly Finding[] => {
    if (!isProfile(name)) {
      const sentence = `Windows Firewall tells of a profile that Mortise does not know (${name}).`;
      return [{ effect: 'doubts', sentence, next: 'Look at Windows Firewall, and probe from another machine.' }];
    }
    const written = effectiveProfile(registry, profileNames[name]);
    const findings: Finding[] = [];
    if (enabled !== 'True' && written.enabled) {
      const sentence = `Windows Firewall is not enforced for the ${profileNames[name]} profile.`;
      findings.push({ effect: 'voids', sentence, next: 'Switch it on, then refresh.' });
    }
    if (localRules === 'False' && written.localRules) {
      const sentence = `On the ${profileNames[name]} profile, Windows Firewall ignores the rules of this machine, and so those of Mortise.`;
      findings.push({ effect: 'voids', sentence, next: 'Allow local rules in the policy, then refresh.' });
    }
    const excepted = disabledInterfaces.filter((each) => each !== '' && each !== 'NotConfigured');
    if (excepted.length > 0 && written.interfacesExceptedBy === undefined) {
      const sentence = `On the ${profileNames[name]} profile, Windows Firewall does not apply to network interfaces (${excepted.join(', ')}); through them SQL Server is reached in spite of every rule.`;
      findings.push({ effect: 'voids', sentence, next: 'Remove the exception of interfaces, then refresh.' });
    }
    return findings;
  });
}

/** Every rule that is written and whole has to be among those that are enforced. */
function enforcedRules(registry: FirewallRegistry, { ours }: Confirmation): readonly Finding[] {
  const whole = oursIn(registry).filter((each) => spoiled(each) === undefined);
  return whole.flatMap(({ id }): readonly Finding[] => {
    const active = ours.find(({ name }) => name === id);
    const next = 'Restart the service of Windows Firewall, or switch secure mode on again, then refresh.';
    if (active === undefined || active.enabled !== 'True' || active.action !== 'Block') {
      return [{ effect: 'voids', sentence: `Windows Firewall does not enforce the rule ${id} of Mortise.`, next }];
    }
    if (active.status === 'OK') return [];
    const sentence = `Windows Firewall says of the rule ${id} of Mortise that its state is "${active.status}".`;
    return [{ effect: 'doubts', sentence, next }];
  });
}

/** Those that stand in a store which has no keys that Mortise reads. */
function otherBypasses(registry: FirewallRegistry, { bypass }: Confirmation): readonly Finding[] {
  const known = new Set(everyRule(registry).map(({ id }) => id));
  return bypass.flatMap(({ name, displayName, enabled, direction, source }): readonly Finding[] => {
    if (enabled !== 'True' || direction === 'Outbound' || known.has(name)) return [];
    const sentence = `The rule "${displayName === '' ? name : displayName}" (${source}) lets authenticated machines past every block, perhaps also that of Mortise.`;
    return [{ effect: 'weakens', sentence, next: 'Switch the rule off where it comes from, then refresh.' }];
  });
}
