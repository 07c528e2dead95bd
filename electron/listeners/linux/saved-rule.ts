import { Unreadable } from '../source-reading.ts';
import { allBut, portRange } from './port-ranges.ts';
import type { PortRange } from './port-ranges.ts';
import type { SavedRule, Word } from './saved-table.ts';

/** What a rule of iptables asks of a packet, as far as it is understood; the rest only makes it apply to less. */
export interface Asked {
  /** undefined: any. */
  readonly protocol?: 'tcp' | 'udp' | 'neither';
  /** One address of this machine that it is for; undefined where it says none, a network, or all but one. */
  readonly address?: string;
  /** Each must hold the port that was asked for. */
  readonly ports: readonly (readonly PortRange[])[];
}

/** What becomes of a packet that a rule is for. */
export type Fate =
  | { readonly kind: 'goes-on' }
  | { readonly kind: 'chain'; readonly chain: string }
  /** Another address, or this machine itself, at one of these ports; undefined: at the one that was asked for. */
  | { readonly kind: 'passed-on'; readonly to: PortRange | undefined };

export interface UnderstoodRule {
  readonly asked: Asked;
  readonly fate: Fate;
}

/** The targets of iptables-extensions(8) that leave a packet's way alone, or end it. */
const leavesAlone = new Set(
  `ACCEPT DROP RETURN REJECT QUEUE AUDIT CHECKSUM CLASSIFY CONNMARK CONNSECMARK CT DSCP ECN HL HMARK IDLETIMER LED LOG
  MARK MASQUERADE NFLOG NFQUEUE NOTRACK RATEEST SECMARK SET SNAT SNPT SYNPROXY TCPMSS TEE TCPOPTSTRIP TOS TRACE TTL ULOG`.split(
    /\s+/u,
  ),
);

/** Whether a target changes where a packet goes, or may. */
export const mayPassOn = (target: string) => !leavesAlone.has(target);

const jumps = new Set(['-j', '-g', '--jump', '--goto']);
const isOption = ({ text, quoted }: Word, name: string) => !quoted && text === name;

/** Understands one rule; `chains` tells a chain from a target, `where` names the chain it stands in. */
export function understand(rule: SavedRule, chains: { has(chain: string): boolean }, where: string): UnderstoodRule {
  const { sections, target } = sectionsOf(rule, where);
  return { asked: askedIn(sections, where), fate: fateOf(target, chains, where) };
}

interface Section {
  /** The name after -m; empty for what stands before the first. */
  readonly name: string;
  readonly words: readonly Word[];
}

/** A rule's parts. What a comment says is no part of it. */
function sectionsOf(rule: SavedRule, where: string): { sections: readonly Section[]; target: readonly Word[] } {
  const sections: { name: string; words: Word[] }[] = [{ name: '', words: [] }];
  let at = 0;
  for (; at < rule.length; at += 1) {
    const word = rule[at];
    if (word === undefined) break;
    const current = sections.at(-1);
    if (isOption(word, '--comment') && current?.name === 'comment') at += 1;
    else if (isOption(word, '-m')) {
      at += 1;
      sections.push({ name: rule[at]?.text ?? '', words: [] });
    } else if (!word.quoted && jumps.has(word.text)) break;
    else current?.words.push(word);
  }
  const target = rule.slice(at + 1);
  if (target.some((word) => !word.quoted && jumps.has(word.text)))
    throw new Unreadable(`a rule in ${where} has two targets`);
  return { sections, target };
}

/** The options of the named sections, each with its value and whether it stands behind a `!`. */
function* optionsOf(sections: readonly Section[], names: readonly string[]) {
  for (const { name, words } of sections) {
    if (!names.includes(name)) continue;
    for (const [index, word] of words.entries()) {
      const before = words[index - 1];
      if (!word.quoted && word.text.startsWith('-'))
        yield {
          option: word.text,
          value: words[index + 1]?.text ?? '',
          negated: before !== undefined && isOption(before, '!'),
        };
    }
  }
}

function askedIn(sections: readonly Section[], where: string): Asked {
  let asked: Asked = { ports: [] };
  for (const { option, value, negated } of optionsOf(sections, [''])) {
    if (option === '-p' && !negated) asked = { ...asked, ...protocolOf(value) };
    if (option === '-d' && !negated) asked = { ...asked, ...addressOf(value) };
  }
  for (const { option, value, negated } of optionsOf(sections, ['', 'tcp', 'udp', 'multiport'])) {
    if (option !== '--dport' && option !== '--dports') continue;
    const ranges = value.split(',').flatMap((each): readonly PortRange[] => {
      const range = portRange(each, ':');
      return range === undefined ? [] : [range];
    });
    if (ranges.length !== value.split(',').length)
      throw new Unreadable(`a rule in ${where} names its ports in a way that is not understood`);
    asked = { ...asked, ports: [...asked.ports, negated ? allBut(ranges) : ranges] };
  }
  return asked;
}

function protocolOf(said: string): Pick<Asked, 'protocol'> {
  if (said === 'tcp' || said === '6') return { protocol: 'tcp' };
  if (said === 'udp' || said === '17') return { protocol: 'udp' };
  return said === 'all' || said === '0' ? {} : { protocol: 'neither' };
}

function addressOf(said: string): Pick<Asked, 'address'> {
  const [, address, length] = /^([\da-f:.]+)(?:\/(\d+|255\.255\.255\.255))?$/iu.exec(said) ?? [];
  if (address === undefined) return {};
  const whole = address.includes(':') ? ['128'] : ['32', '255.255.255.255'];
  return length === undefined || whole.includes(length) ? { address } : {};
}

function fateOf([name, ...words]: readonly Word[], chains: { has(chain: string): boolean }, where: string): Fate {
  if (name === undefined) return { kind: 'goes-on' };
  if (chains.has(name.text)) return { kind: 'chain', chain: name.text };
  if (!mayPassOn(name.text)) return { kind: 'goes-on' };
  const read = targets[name.text];
  const to = read?.((option) => valuesOf(words, option));
  if (to === undefined)
    throw new Unreadable(
      `a rule in ${where} passes connections on in a way that is not understood${read === undefined ? ' (its target is not known)' : ''}`,
    );
  return { kind: 'passed-on', to: to === 'as-asked' ? undefined : to };
}

type Values = (option: string) => readonly string[];
type To = PortRange | 'as-asked' | undefined;

/** What the targets that change where a packet goes say of the port; undefined where it is not understood. */
const targets: Readonly<Record<string, ((values: Values) => To) | undefined>> = {
  DNAT: (values) => {
    const [to, ...others] = values('--to-destination');
    return to === undefined || others.length > 0 ? undefined : destinationPorts(to);
  },
  REDIRECT: (values) => {
    const [to, ...others] = values('--to-ports');
    if (others.length > 0) return undefined;
    return to === undefined ? 'as-asked' : portRange(to, '-');
  },
  TPROXY: (values) => {
    const [to, ...others] = values('--on-port');
    if (to === undefined || others.length > 0) return undefined;
    return to === '0' ? 'as-asked' : portRange(to, '-');
  },
  // Whole networks are mapped; ports stay.
  NETMAP: (values) => (values('--to').length === 1 ? 'as-asked' : undefined),
  DNPT: (values) => (values('--dst-pfx').length === 1 ? 'as-asked' : undefined),
};

const harmlessAdditions = new Set(['--random', '--persistent']);

/** Every value of an option. None, and a `[unsupported revision]` in its place, is for the target to judge. */
function valuesOf(words: readonly Word[], option: string): readonly string[] {
  // What iptables-save itself could not write out stands in brackets between blanks.
  if (words.some(({ text }) => text.startsWith('[unsupported'))) return ['not shown', 'not shown'];
  return words.flatMap((word, index) => {
    const next = words[index + 1];
    return isOption(word, option) ? [next === undefined || harmlessAdditions.has(next.text) ? '' : next.text] : [];
  });
}

/** `ADDR`, `ADDR-ADDR`, either with `:PORT`, `:PORT-PORT` or `:PORT-PORT/BASE`, or these ports alone; IPv6 in brackets. */
function destinationPorts(said: string): To {
  if (/^(?:\d[\d.]*(?:-\d[\d.]*)?|[\da-f]*:[\da-f]*:[\da-f:.]*(?:-[\da-f:.]+)?)$/iu.test(said)) return 'as-asked';
  const [, ports] =
    /^(?:\d[\d.]*(?:-\d[\d.]*)?|\[[\da-f:.]+(?:-[\da-f:.]+)?\])?:([\d-]+)(?:\/\d+)?$/iu.exec(said) ?? [];
  return ports === undefined ? undefined : portRange(ports, '-');
}
