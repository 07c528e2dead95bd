import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { assertNever } from '#shared/assert-never.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import type { RegistryKeyPath, RegistryValue } from '#electron/machine/registry.ts';
import { parseRange } from '../firewall-registry/address-range.ts';
import { parseRuleText } from '../firewall-registry/rule-text.ts';
import type { PowerShellAnswer, PowerShellHost } from './powershell-host.ts';
import { scriptPath } from './scripts.ts';
import type { ScriptName } from './scripts.ts';

const policy = String.raw`SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy`;
const localRules = `${policy}\\FirewallRules`;

const ruleSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  protocol: z.enum(['TCP', 'UDP', 'Any']),
  ports: z.array(z.string()),
  remote: z.array(z.string()),
  program: z.string(),
});

/** A rule as Windows writes it into the registry. */
function textOf(rule: z.infer<typeof ruleSchema>): string {
  const numbers = { TCP: ['Protocol=6'], UDP: ['Protocol=17'], Any: [] };
  const fields = [
    'v2.30',
    'Action=Block',
    'Active=TRUE',
    'Dir=In',
    ...numbers[rule.protocol],
    ...rule.ports.map((port) => (port.includes('-') ? `LPort2_10=${port}` : `LPort=${port}`)),
    ...rule.remote.map((range) => `RA${parseRange(range)?.family ?? 4}=${range}`),
    ...(rule.program === '' ? [] : [`App=${rule.program}`]),
    `Name=${rule.displayName}`,
    `Desc=${rule.description}`,
    'EmbedCtxt=Mortise',
  ];
  return `${fields.join('|')}|`;
}

export const textValue = (text: string): RegistryValue => ({ type: 1, bytes: Buffer.from(`${text}\0`, 'utf16le') });

export function numberValue(number: number): RegistryValue {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return { type: 4, bytes };
}

/** A stand-in for Windows: a firewall whose rules are kept in a registry in memory, and the scripts that change it. */
export class MemoryWindows implements PowerShellHost, RegistryReader {
  /** By the path of the key from HKEY_LOCAL_MACHINE down; what is changed here is told to nobody before `tell`. */
  readonly keys = new Map<string, Map<string, RegistryValue>>([[localRules, new Map<string, RegistryValue>()]]);
  /** What its firewall says besides its rules. */
  services = [
    { name: 'BFE', status: 'Running' },
    { name: 'MpsSvc', status: 'Running' },
  ];
  products: string[] = [];
  /** The interfaces to which the firewall does not apply on the public profile, as Windows names them or their lack. */
  disabledInterfaces: string[] = ['NotConfigured'];
  register: 'present' | 'absent' = 'present';
  /** Where its scheduler keeps the task; a test that needs one gives it a place. */
  taskFile = '';
  /** What to answer in place of running the next scripts of a name. */
  readonly instead = new Map<ScriptName, PowerShellAnswer<never>>();
  /** The scripts that were run. */
  readonly ran: ScriptName[] = [];
  #waiting: { readonly path: string; readonly changed: () => void }[] = [];

  get rules(): Map<string, RegistryValue> {
    const rules = this.keys.get(localRules);
    if (rules === undefined) throw new Error('Its rules were taken away.');
    return rules;
  }

  look({ names }: RegistryKeyPath) {
    const values = this.keys.get(names.join('\\'));
    return values === undefined ? undefined : { values: new Map(values), subKeys: [] };
  }

  onceChanged({ names }: RegistryKeyPath, changed: () => void): () => void {
    const wait = { path: names.join('\\'), changed };
    this.#waiting.push(wait);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== wait);
    };
  }

  /** Writes a value as somebody else would, and tells whoever waits. */
  write(key: string, name: string, value: RegistryValue | undefined): void {
    const values = this.keys.get(key) ?? new Map<string, RegistryValue>();
    if (value === undefined) values.delete(name);
    else values.set(name, value);
    this.keys.set(key, values);
    this.#tell(key);
  }

  #tell(key: string): void {
    const [told, still] = [this.#waiting.filter(({ path }) => key.startsWith(path)), this.#waiting];
    this.#waiting = still.filter((each) => !told.includes(each));
    for (const { changed } of told) changed();
  }

  command(script: ScriptName) {
    return {
      program: String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
      args: ['-File', scriptPath(script)],
    };
  }

  async run<T>(
    script: ScriptName,
    request: Readonly<Record<string, unknown>>,
    value: z.ZodType<T>,
  ): Promise<PowerShellAnswer<T>> {
    this.ran.push(script);
    const instead = this.instead.get(script);
    if (instead !== undefined) return await Promise.resolve(instead);
    const answer = this.#run(script, request);
    const read = value.safeParse(answer);
    // What the stand-in answers and what the product takes must be one.
    if (!read.success || !isDeepStrictEqual(read.data, answer)) throw new Error(`The stand-in for ${script} is wrong.`);
    return { kind: 'answered', value: read.data };
  }

  #run(script: ScriptName, request: Readonly<Record<string, unknown>>): unknown {
    switch (script) {
      case 'block': {
        const rules = z.array(ruleSchema).parse(request['rules']);
        for (const rule of rules) this.write(localRules, rule.name, textValue(textOf(rule)));
        return { added: rules.map(({ name }) => name) };
      }
      case 'unblock': {
        const keep = z.string().parse(request['keep']);
        const older = [...this.rules.keys()].filter(
          (name) => name.startsWith('Mortise-SecureMode-') && (keep === '' || !name.includes(`-${keep}-`)),
        );
        for (const name of older) this.write(localRules, name, undefined);
        return { removed: older, left: [] };
      }
      case 'read':
        return this.#confirmation();
      case 'at-start':
        return this.#keepTask(request);
      default:
        return assertNever(script);
    }
  }

  /** As the scheduler does: a task is a file, in UTF-16 with a mark in front. */
  #keepTask(request: Readonly<Record<string, unknown>>): unknown {
    const { order, xml } = z.object({ order: z.enum(['install', 'remove']), xml: z.string() }).parse(request);
    if (order === 'install') writeFileSync(this.taskFile, `\uFEFF${xml}`, 'utf16le');
    else rmSync(this.taskFile, { force: true });
    const there = existsSync(this.taskFile);
    return { there, xml: there ? readFileSync(this.taskFile, 'utf16le').slice(1) : '' };
  }

  #confirmation(): unknown {
    const read = [...this.rules].flatMap(([name, { bytes }]) => {
      const rule = parseRuleText(Buffer.from(bytes).toString('utf16le').replace(/\0$/u, ''));
      return rule?.active === true ? [{ name, rule }] : [];
    });
    const plain = read.map(({ name, rule }) => ({
      of: rule,
      told: {
        name,
        displayName: rule.name ?? '',
        enabled: 'True',
        action: rule.action === 'block' ? 'Block' : 'Allow',
        direction: rule.inbound ? 'Inbound' : 'Outbound',
        profile: 'Any',
        status: 'OK',
        source: 'Local',
      },
    }));
    return {
      services: this.services,
      profiles: ['Domain', 'Private', 'Public'].map((name) => ({
        name,
        enabled: 'True',
        inbound: 'Block',
        localRules: 'NotConfigured',
        disabledInterfaces: name === 'Public' ? this.disabledInterfaces : ['NotConfigured'],
      })),
      ours: plain.flatMap(({ of, told }) => (of.group === 'Mortise' ? [told] : [])),
      bypass: plain.flatMap(({ of, told }) => (of.action === 'bypass' ? [told] : [])),
      register: this.register,
      products: this.products,
    };
  }
}
