import { parseRange } from './address-range.ts';
import type { AddressRange } from './address-range.ts';

/**
 * A rule of Windows Firewall as the registry holds it: one text, in the grammar of [MS-GPFAS] 2.2.2.19. Only what decides
 * whether a rule blocks is read out of it; every other field but its names is a condition, also one that nobody knows.
 */
export interface RuleText {
  readonly action: 'allow' | 'block' | 'bypass';
  readonly active: boolean;
  readonly inbound: boolean;
  /** Empty: all of them. */
  readonly profiles: readonly ProfileName[];
  /** The number of IANA; null: any. */
  readonly protocol: number | null;
  /** Local ports; null: any. Those of keywords ("RPC") are not in it and are no numbers that could be known. */
  readonly ports: readonly PortRange[] | null;
  /** Remote addresses; null: any of both families. Those of keywords ("LocalSubnet") are not in it. */
  readonly remote: readonly AddressRange[] | null;
  readonly program: string | null;
  readonly group: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** The list of machines it is for (an SDDL text), where it names one. */
  readonly machines: string | null;
  /** The names of fields that hold for some traffic only: an interface, a service, a user, a keyword, ... */
  readonly conditions: readonly string[];
}

export type ProfileName = 'domain' | 'private' | 'public';

/** Both ends belong to it. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

const actions: Readonly<Record<string, RuleText['action']>> = { Allow: 'allow', Block: 'block', ByPass: 'bypass' };
const profiles: Readonly<Record<string, ProfileName>> = { Domain: 'domain', Private: 'private', Public: 'public' };
const booleans: Readonly<Record<string, boolean>> = { TRUE: true, FALSE: false };
/** "RPC", "LocalSubnet", ...: a name for numbers that only the machine itself knows. */
const isKeyword = (text: string) => /^[A-Za-z][A-Za-z0-9-]*$/u.test(text);

/** Fields that only name the rule. An owner (LUOwn) and a version that skips it (SkipVer) make it one for some only. */
const inconsequential: ReadonlySet<string> = new Set(['Name', 'Desc', 'EmbedCtxt']);

/**
 * Flags that say nothing where they are not set, as Windows Vista wrote them; Windows writes none of them into a rule like
 * ours. What they do to a rule that blocks is not documented ([MS-FASP] 2.2.35), so one that is set is a condition.
 */
const flags: ReadonlySet<string> = new Set(['Edge', 'LSM', 'LOM', 'PCross']);

const once: ReadonlySet<string> = new Set([
  'Action',
  'Dir',
  'Protocol',
  'App',
  'Name',
  'Desc',
  'EmbedCtxt',
  'Active',
  'RMauth',
]);

const portFields: ReadonlySet<string> = new Set([
  'LPort',
  'LPort2_10',
  'LPort2_20',
  'LPort2_24',
  'LPort2_25',
  'LPort2_29',
]);
const remoteFields: ReadonlySet<string> = new Set(['RA4', 'RA6', 'RA42', 'RA62']);

/** The fields by name, in order; undefined where the text is not in the grammar. Names are told apart as they are written. */
function fieldsOf(text: string): ReadonlyMap<string, readonly string[]> | undefined {
  const parts = text.split('|');
  if (!/^v\d{1,3}\.\d{1,3}$/u.test(parts[0] ?? '') || parts.at(-1) !== '' || parts.length < 3) return undefined;
  const fields = new Map<string, string[]>();
  for (const part of parts.slice(1, -1)) {
    const [, name, value] = /^(\w+)=(.*)$/su.exec(part) ?? [];
    if (name === undefined || value === undefined) return undefined;
    // The grammar writes "RMauth"; Windows writes it in both ways.
    const known = name.toLowerCase() === 'rmauth' ? 'RMauth' : name;
    const before = fields.get(known);
    if (before === undefined) fields.set(known, [value]);
    else if (once.has(known)) return undefined;
    else before.push(value);
  }
  return fields;
}

function portRange(text: string): PortRange | undefined {
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/u.exec(text) ?? [];
  if (from === undefined) return undefined;
  const range = { from: Number(from), to: Number(to ?? from) };
  return range.from <= range.to && range.to <= 65_535 ? range : undefined;
}

/** Values of a list in which a keyword stands for numbers that are not in the text. */
interface Listed<T> {
  readonly values: readonly T[] | null;
  readonly keywords: boolean;
}

/** Undefined where one is neither. No field at all: any. */
function listed<T>(texts: readonly string[], read: (text: string) => T | undefined): Listed<T> | undefined {
  if (texts.length === 0) return { values: null, keywords: false };
  const values: T[] = [];
  let keywords = false;
  for (const text of texts) {
    const value = read(text);
    if (value !== undefined) values.push(value);
    else if (isKeyword(text)) keywords = true;
    else return undefined;
  }
  return { values, keywords };
}

/** Reads the text of a rule; undefined where it is not in the grammar, so that nothing is concluded from a half. */
export function parseRuleText(text: string): RuleText | undefined {
  const fields = fieldsOf(text);
  if (fields === undefined) return undefined;
  const all = (names: ReadonlySet<string>) => [...fields].flatMap(([name, values]) => (names.has(name) ? values : []));
  const one = (name: string) => fields.get(name)?.[0] ?? null;

  const action = actions[one('Action') ?? ''];
  const direction = one('Dir');
  const active = booleans[one('Active') ?? 'FALSE'];
  const protocol = one('Protocol');
  const named = (fields.get('Profile') ?? []).map((name) => profiles[name]);
  const ports = listed(all(portFields), portRange);
  const remote = listed(all(remoteFields), parseRange);
  if (action === undefined || active === undefined || ports === undefined || remote === undefined) return undefined;
  if (direction !== 'In' && direction !== 'Out') return undefined;
  // One that is not known must not make it a rule for all of them.
  if (named.includes(undefined)) return undefined;
  if (protocol !== null && !(/^\d{1,3}$/u.test(protocol) && Number(protocol) <= 255)) return undefined;
  // Ports have a meaning for TCP and UDP only, and a text that names them elsewhere is not to be trusted.
  if (ports.values !== null && protocol !== '6' && protocol !== '17') return undefined;

  const read = new Set(['Action', 'Dir', 'Active', 'Protocol', 'Profile', 'App', ...portFields, ...remoteFields]);
  const conditions = [...fields].flatMap(([name, values]) => {
    const nothing = inconsequential.has(name) || (flags.has(name) && values.every((value) => value === 'FALSE'));
    return read.has(name) || nothing ? [] : [name];
  });
  return {
    action,
    active,
    inbound: direction === 'In',
    profiles: named.filter((name) => name !== undefined),
    protocol: protocol === null ? null : Number(protocol),
    ports: ports.values,
    remote: remote.values,
    program: one('App'),
    group: one('EmbedCtxt'),
    name: one('Name'),
    description: one('Desc'),
    machines: one('RMauth'),
    conditions: [...conditions, ...(ports.keywords ? ['LPort'] : []), ...(remote.keywords ? ['RA4'] : [])],
  };
}
