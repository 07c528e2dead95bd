import { createHash } from 'node:crypto';
import type { RegistryReader, RegistryLook } from '#electron/machine/registry-reader.ts';
import { registryType } from '#electron/machine/registry.ts';
import type { RegistryKeyPath, RegistryValue } from '#electron/machine/registry.ts';
import { parseRuleText } from './rule-text.ts';
import type { ProfileName, RuleText } from './rule-text.ts';

/** Who wrote a rule or a setting: this machine, a group policy, or a service that manages devices. */
export type Store = 'local' | 'group-policy' | 'device-management';

export interface StoredRule {
  /** The name of the value, which Windows calls the rule's name or instance. */
  readonly id: string;
  readonly text: string;
  /** Undefined where the text is not in the grammar. */
  readonly rule: RuleText | undefined;
}

/** Undefined where it is not set there; `odd` where it is no number. */
export type Setting = number | 'odd' | undefined;

export interface ProfileSettings {
  readonly enabled: Setting;
  readonly localRules: Setting;
  readonly inbound: Setting;
  /** Some network interfaces are excepted: the firewall does not apply to what comes in or goes out there. */
  readonly exceptsInterfaces: boolean;
}

/** Windows Firewall as its registry keys describe it: what is written, not yet what is enforced. */
export interface FirewallRegistry {
  readonly rules: Readonly<Record<Store, readonly StoredRule[]>>;
  readonly profiles: Readonly<Record<ProfileName, Readonly<Record<Store, ProfileSettings>>>>;
  /** Differs as soon as any value in these keys differs. */
  readonly digest: string;
}

const policy = ['SYSTEM', 'CurrentControlSet', 'Services', 'SharedAccess', 'Parameters', 'FirewallPolicy'];
const group = ['SOFTWARE', 'Policies', 'Microsoft', 'WindowsFirewall'];
const roots: Readonly<Record<Store, readonly string[]>> = {
  local: policy,
  'group-policy': group,
  'device-management': [...policy, 'Mdm'],
};

/** StandardProfile is what the private one was called before Windows Vista, and still is in the local store. */
const profileKeys: Readonly<Record<ProfileName, string>> = {
  domain: 'DomainProfile',
  private: 'PrivateProfile',
  public: 'PublicProfile',
};
const standard = 'StandardProfile';

const pathOf = (names: readonly string[]): RegistryKeyPath => ({ hive: 'HKEY_LOCAL_MACHINE', names, view: '64-bit' });

/** What to wait for: everything that is read here lies in one of these keys. */
export const firewallKeys: readonly RegistryKeyPath[] = [pathOf(policy), pathOf(group)];

function textOf({ type, bytes }: RegistryValue): string | undefined {
  if (type !== registryType.text && type !== registryType.expandableText) return undefined;
  return Buffer.from(bytes).toString('utf16le').replace(/\0+$/u, '');
}

/** Windows makes no difference between upper and lower case in the names of values. */
function settingOf(look: RegistryLook | undefined, name: string): Setting {
  const [, value] = [...(look?.values ?? [])].find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? [];
  if (value === undefined) return undefined;
  return value.type === 4 && value.bytes.length === 4 ? Buffer.from(value.bytes).readUInt32LE(0) : 'odd';
}

/**
 * [MS-GPFAS] 2.2.3.15: a list of GUIDs in a text named "DisabledInterfaces"; empty, it excepts none. What a machine's own
 * store calls it is not documented, so the name need only hold that one, and whatever is there counts.
 */
const exceptsInterfaces = (look: RegistryLook | undefined): boolean =>
  [...(look?.values ?? [])].some(
    ([name, { bytes }]) => name.toLowerCase().includes('disabledinterfaces') && bytes.some((byte) => byte !== 0),
  );

const settingsOf = (look: RegistryLook | undefined): ProfileSettings => ({
  enabled: settingOf(look, 'EnableFirewall'),
  localRules: settingOf(look, 'AllowLocalPolicyMerge'),
  inbound: settingOf(look, 'DefaultInboundAction'),
  exceptsInterfaces: exceptsInterfaces(look),
});

function rulesOf(look: RegistryLook | undefined): readonly StoredRule[] {
  return [...(look?.values ?? [])].map(([id, value]) => {
    const text = textOf(value) ?? '';
    return { id, text, rule: parseRuleText(text) };
  });
}

/** Reads the keys and remembers all of what was read, so that a change of any value is a change of the digest. */
class Reading {
  readonly #registry: RegistryReader;
  readonly #seen: (readonly [string, readonly (readonly [string, number, string])[] | null])[] = [];

  constructor(registry: RegistryReader) {
    this.#registry = registry;
  }

  look(names: readonly string[]): RegistryLook | undefined {
    const look = this.#registry.look(pathOf(names));
    const values = [...(look?.values ?? [])].map(
      ([name, { type, bytes }]) => [name, type, Buffer.from(bytes).toString('base64')] as const,
    );
    const sorted = values.toSorted(([one], [other]) => (one < other ? -1 : 1));
    this.#seen.push([names.join('\\'), look === undefined ? null : sorted]);
    return look;
  }

  profile(store: Store, name: ProfileName): ProfileSettings {
    const root = roots[store];
    if (name === 'domain') return settingsOf(this.look([...root, profileKeys.domain]));
    if (store === 'local') return settingsOf(this.look([...root, name === 'private' ? standard : profileKeys.public]));
    // [MS-GPFAS] 2.2.3: the old key counts, for both, where neither of the new ones is there.
    const keys = {
      private: this.look([...root, profileKeys.private]),
      public: this.look([...root, profileKeys.public]),
    };
    const none = keys.private === undefined && keys.public === undefined;
    return settingsOf(none ? this.look([...root, standard]) : keys[name]);
  }

  digest(): string {
    return createHash('sha256').update(JSON.stringify(this.#seen)).digest('hex');
  }
}

/** Undefined where Windows Firewall keeps no rules here. Throws `RegistryError` where they may not be read. */
export function readFirewallRegistry(registry: RegistryReader): FirewallRegistry | undefined {
  const reading = new Reading(registry);
  const local = reading.look([...roots.local, 'FirewallRules']);
  if (local === undefined) return undefined;
  const rules = {
    local: rulesOf(local),
    'group-policy': rulesOf(reading.look([...roots['group-policy'], 'FirewallRules'])),
    'device-management': rulesOf(reading.look([...roots['device-management'], 'FirewallRules'])),
  };
  const stores = (name: ProfileName) => ({
    local: reading.profile('local', name),
    'group-policy': reading.profile('group-policy', name),
    'device-management': reading.profile('device-management', name),
  });
  const profiles = { domain: stores('domain'), private: stores('private'), public: stores('public') };
  return { rules, profiles, digest: reading.digest() };
}

export interface EffectiveProfile {
  readonly profile: ProfileName;
  readonly enabled: boolean;
  /** Whether rules of this machine count beside those of a policy. */
  readonly localRules: boolean;
  readonly letsIn: boolean;
  /** Who excepted network interfaces from it; undefined where nobody did. */
  readonly interfacesExceptedBy: Store | undefined;
  /** Who switched it off, and who switched local rules off. */
  readonly by: { readonly enabled: Store; readonly localRules: Store };
  /** Some setting is there that cannot be read. */
  readonly odd: boolean;
}

const strength: readonly Store[] = ['group-policy', 'device-management', 'local'];

/** What counts for a profile: a policy before the machine's own setting, and what Windows does where nobody set it. */
export function effectiveProfile(registry: FirewallRegistry, profile: ProfileName): EffectiveProfile {
  const stores = registry.profiles[profile];
  const decided = (setting: 'enabled' | 'localRules' | 'inbound'): { readonly value: Setting; readonly by: Store } => {
    const by = strength.find((store) => stores[store][setting] !== undefined) ?? 'local';
    return { value: stores[by][setting], by };
  };
  const [enabled, localRules, inbound] = [decided('enabled'), decided('localRules'), decided('inbound')];
  return {
    profile,
    enabled: enabled.value !== 0,
    // The machine's own store cannot switch itself off.
    localRules: localRules.by === 'local' || localRules.value !== 0,
    letsIn: inbound.value === 0,
    // Which store wins for this one is not relied upon: an exception anywhere counts.
    interfacesExceptedBy: strength.find((store) => stores[store].exceptsInterfaces),
    by: { enabled: enabled.by, localRules: localRules.by },
    odd: [enabled, localRules, inbound].some(({ value }) => value === 'odd'),
  };
}
