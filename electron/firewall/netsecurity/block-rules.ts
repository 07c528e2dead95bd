import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { AllowedAddress } from '#shared/secure-mode.ts';
import { rangeOf, rangeText, without } from '../firewall-registry/address-range.ts';
import type { AddressRange } from '../firewall-registry/address-range.ts';
import type { PortRange } from '../firewall-registry/rule-text.ts';
import type { Block } from '../firewall.ts';
import { stillAllowed } from '../still-allowed.ts';
import { allowedText, portText } from './rule-words.ts';

/** The group of Mortise's rules; Windows shows it, and "netsh" and PowerShell find them by it. */
export const group = 'Mortise';
export const namePrefix = 'Mortise-SecureMode-';

export type RuleKind = 'TCP' | 'UDP' | 'PROGRAM';

/** A rule that blocks what comes in, on all profiles. */
export interface WantedRule {
  readonly kind: RuleKind;
  /** Empty for the rule of a program: any. */
  readonly ports: readonly PortRange[];
  /** Null: everybody of both families. */
  readonly remote: readonly AddressRange[] | null;
  readonly program: string | null;
  readonly displayName: string;
  readonly description: string;
}

/** FW_PORT_RANGE_LIST and the texts of a rule ([MS-FASP] 2.2.13 and 2.2.37) hold no more; a name must not hold a "|". */
const mostPortRanges = 1000;
const longestDescription = 8000;

/** As few ranges as hold these ports and no others. */
export function portRanges(ports: readonly number[]): readonly PortRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const port of [...new Set(ports)].toSorted((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last !== undefined && last.to + 1 === port) last.to = port;
    else ranges.push({ from: port, to: port });
  }
  return ranges;
}

/**
 * In Windows a block wins over every allow, so an exception is no rule of its own: the block is for all other addresses.
 * Null where nobody is excepted.
 */
export function remoteOf(allowed: readonly AllowedAddress[]): readonly AddressRange[] | null {
  if (allowed.length === 0) return null;
  const excepted = allowed.map(({ address }) => rangeOf(address));
  return [...without(4, excepted), ...without(6, excepted)];
}

export interface RulesOptions {
  readonly now: Date;
  /** The full path of the server's program; left out where it is not known. */
  readonly program?: string | undefined;
}

const impossible = (cause: string) => failed(failure('block-impossible', { cause }));

/** The rules of a block, or why Windows Firewall cannot hold them. */
export function wantedRules(block: Block, { now, program }: RulesOptions): Result<readonly WantedRule[]> {
  const { listeners } = block;
  const wrong = listeners.find(({ port }) => !Number.isInteger(port) || port < 1 || port > 65_535);
  if (wrong !== undefined) return impossible(`${wrong.port} is no port`);
  if (listeners.length === 0) return impossible('nothing is known to listen');
  const mirrored = listeners.find(({ purpose }) => purpose === 'mirroring');
  if (program !== undefined && mirrored !== undefined) {
    return impossible(
      `SQL Server takes part in mirroring or an availability group (port ${mirrored.port}), and the rule for its program would cut its partners off too`,
    );
  }
  const allowed = stillAllowed(block.allowed, now);
  const remote = remoteOf(allowed);
  if (remote?.length === 0) return impossible('the addresses that stay allowed are all there are');
  const description = `Mortise secure mode: other machines do not reach SQL Server. Allowed: ${allowedText(allowed)}.`;
  if (description.length > longestDescription) return impossible('too many addresses stay allowed');
  const made = (kind: RuleKind, ports: readonly PortRange[], what: string): WantedRule => ({
    kind,
    ports,
    remote,
    program: kind === 'PROGRAM' ? (program ?? null) : null,
    displayName: `Mortise secure mode: ${what}`,
    description,
  });
  const rules = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const ports = portRanges(listeners.filter((each) => each.protocol === protocol).map(({ port }) => port));
    const kind = protocol === 'tcp' ? 'TCP' : 'UDP';
    return ports.length === 0 ? [] : [made(kind, ports, `${kind} ${shortened(portText(ports))}`)];
  });
  const tooMany = rules.find(({ ports }) => ports.length > mostPortRanges);
  if (tooMany !== undefined) return impossible(`${tooMany.ports.length} ranges of ports are too many for one rule`);
  return succeed(program === undefined ? rules : [...rules, made('PROGRAM', [], 'the program of SQL Server')]);
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 76)} ...` : text);

/** The request of the script that adds the rules, but for its nonce. */
export function blockRequest(rules: readonly WantedRule[], version: string) {
  return {
    rules: rules.map((rule) => ({
      name: `${namePrefix}${version}-${rule.kind}`,
      displayName: rule.displayName,
      description: rule.description,
      protocol: rule.kind === 'PROGRAM' ? 'Any' : rule.kind,
      ports: rule.ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)),
      remote: (rule.remote ?? []).map(rangeText),
      program: rule.program ?? '',
    })),
  };
}
