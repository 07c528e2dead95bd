import { allowedAddressSchema } from '#shared/secure-mode.ts';
import type { AllowedAddress } from '#shared/secure-mode.ts';
import type { PortRange } from '../firewall-registry/rule-text.ts';

export const portText = (ports: readonly PortRange[]) =>
  ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');

/** How the description of a rule tells who is let through, and until when: Windows itself keeps only the ranges. */
export const allowedText = (allowed: readonly AllowedAddress[]) =>
  allowed.length === 0
    ? 'nobody'
    : allowed.map(({ address, until }) => (until === null ? address : `${address} until ${until}`)).join(', ');

/** Reads that back; what is not in that form is left out, and the ranges of the rule tell of it all the same. */
export function allowedIn(description: string | null): readonly AllowedAddress[] {
  const [, list] = / Allowed: (.*)\.$/u.exec(description ?? '') ?? [];
  if (list === undefined || list === 'nobody') return [];
  return list.split(', ').flatMap((text) => {
    const [address, until] = text.split(' until ');
    const read = allowedAddressSchema.safeParse({ address, until: until ?? null });
    return read.success ? [read.data] : [];
  });
}

export interface SpokenRule {
  /** "TCP", "UDP", or null for every protocol. */
  readonly protocol: string | null;
  readonly ports: readonly PortRange[];
  readonly program: string | null;
}

/** One rule in words. */
export function ruleWords({ protocol, ports, program }: SpokenRule, allowed: readonly AllowedAddress[]): string {
  const what = protocol === null ? `everything for ${program ?? 'every program'}` : `${protocol} ${portText(ports)}`;
  const but = allowed.length === 0 ? '' : ` but ${allowedText(allowed)}`;
  return `Windows Firewall: block ${what}, inbound, all profiles, from every other machine${but}`;
}
