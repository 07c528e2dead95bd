import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { isLoopback } from '#shared/loopback.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { PlannedChange } from '#shared/plan.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SqlTransport } from '#shared/server-address.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { KeptValue } from '#electron/machine/kept-json.ts';
import { RegistryError, RegistryLink } from '#electron/machine/registry.ts';
import type { Registry, RegistryValue } from '#electron/machine/registry.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import type { InstanceLayer, InstanceNetwork } from '../instance-network.ts';
import { NotWritten, notWritten } from '../not-written.ts';
import { below, instanceFor, NoInstance, settingsOf, valueIn } from './instance-registry.ts';
import type { FoundInstance, NetworkSettings } from './instance-registry.ts';

const content = z.strictObject({ type: z.int(), base64: z.string() });

/** Every value that was changed, as it was before the first change and as it was written last. */
export const keptValuesSchema = z.array(
  z.strictObject({ key: z.array(z.string()), name: z.string(), former: content, written: content }),
);
export type KeptValues = z.infer<typeof keptValuesSchema>;

export interface WindowsInstanceParts {
  readonly reader: RegistryReader;
  readonly registry: Registry;
  readonly transport: SqlTransport;
  readonly kept: KeptValue<KeptValues>;
  readonly clock: Clock;
}

/** A value below the key of the network protocols. */
interface Setting {
  readonly key: readonly string[];
  readonly name: string;
  readonly value: RegistryValue;
}

const flag = (on: boolean): RegistryValue => ({ type: 4, bytes: Uint8Array.of(on ? 1 : 0, 0, 0, 0) });
const same = (a: RegistryValue, b: RegistryValue) => a.type === b.type && Buffer.from(a.bytes).equals(b.bytes);
const placeOf = ({ key, name }: Pick<Setting, 'key' | 'name'>) => [...key, name].join('\\').toLowerCase();
const stored = ({ type, bytes }: RegistryValue) => ({ type, base64: Buffer.from(bytes).toString('base64') });
const loaded = ({ type, base64 }: z.infer<typeof content>): RegistryValue => ({
  type,
  bytes: Buffer.from(base64, 'base64'),
});

/** An instance on Windows: the values of its TCP protocol in the registry, which it reads when it starts. */
export class WindowsInstance implements InstanceNetwork {
  readonly layers = ['this-machine', 'tcp-off'] as const;
  readonly #parts: WindowsInstanceParts;

  constructor(parts: WindowsInstanceParts) {
    this.#parts = parts;
  }

  /** Empty where there is no such instance on this machine. */
  get service(): string {
    try {
      return this.#instance().service;
    } catch (error) {
      causeOf(error);
      return '';
    }
  }

  async read(): Promise<Reading<InstanceLayer>> {
    const { reader, clock } = this.#parts;
    try {
      return await Promise.resolve(known(layerOf(settingsOf(reader, this.#instance())), clock.now()));
    } catch (error) {
      return unknown(failure('instance-not-here', { cause: causeOf(error) }), clock.now());
    }
  }

  async describe(layer: InstanceLayer): Promise<Result<readonly PlannedChange[]>> {
    return await this.#guarded(async () => {
      const { network } = this.#instance();
      const wanted = await this.#wanted(layer);
      return wanted.map((each): PlannedChange => ({
        kind: 'file',
        path: [network.hive, ...network.names, ...each.key, each.name].join('\\'),
        diff: `-${shown(this.#now(each))}\n+${shown(each.value)}\n`,
      }));
    });
  }

  async write(layer: InstanceLayer): Promise<Result<undefined>> {
    const { registry, reader, kept } = this.#parts;
    return await this.#guarded(async () => {
      const instance = this.#instance();
      const wanted = await this.#wanted(layer);
      if (layer !== 'everywhere') await this.#keep(wanted);
      for (const { key, name, value } of wanted)
        registry.withKey(below(instance.network, ...key), (open) => {
          open.write(name, value);
          open.flush();
        });
      if (layerOf(settingsOf(reader, instance)) !== layer) throw new NotWritten('they do not hold what was written');
      if (layer === 'everywhere') orThrow(await kept.forget());
      return undefined;
    });
  }

  #instance(): FoundInstance {
    return instanceFor(this.#parts.reader, this.#parts.transport);
  }

  #now({ key, name }: Pick<Setting, 'key' | 'name'>): RegistryValue {
    const value = valueIn(this.#parts.reader.look(below(this.#instance().network, ...key)), name);
    if (value === undefined) throw new NotWritten(`there is no setting ${[...key, name].join('\\')}`);
    return value;
  }

  /** The values that differ from what they have to be. What others changed since stays as they made it. */
  async #wanted(layer: InstanceLayer): Promise<readonly Setting[]> {
    const kept = orThrow(await this.#parts.kept.read()) ?? [];
    const settings = settingsOf(this.#parts.reader, this.#instance());
    const all = new Map<string, Setting>();
    for (const { key, name, former, written } of kept)
      if (same(this.#now({ key, name }), loaded(written)))
        all.set(placeOf({ key, name }), { key, name, value: loaded(former) });
    const put = (setting: Setting) => all.set(placeOf(setting), setting);
    if (layer === 'tcp-off') put({ key: ['Tcp'], name: 'Enabled', value: flag(false) });
    if (layer === 'this-machine') for (const each of this.#forThisMachine(settings)) put(each);
    // Nothing was kept, so a person set it: what they meant before is not known.
    if (layer === 'everywhere' && kept.length === 0) {
      if (!settings.tcp) put({ key: ['Tcp'], name: 'Enabled', value: flag(true) });
      if (!settings.everyAddress) put({ key: ['Tcp'], name: 'ListenOnAllIPs', value: flag(true) });
    }
    return [...all.values()].filter((each) => !same(this.#now(each), each.value));
  }

  /** On its own addresses it listens on the ports that it had on all. */
  #forThisMachine({ addresses, everyAddress }: NetworkSettings): readonly Setting[] {
    if (!addresses.some(({ address }) => isLoopback(address))) throw new NotWritten('they have no entry for 127.0.0.1');
    const ports = (key: string) =>
      ['TcpPort', 'TcpDynamicPorts'].map((name) => ({
        key: ['Tcp', key],
        name,
        value: this.#now({ key: ['Tcp', 'IPAll'], name }),
      }));
    return [
      { key: ['Tcp'], name: 'Enabled', value: flag(true) },
      { key: ['Tcp'], name: 'ListenOnAllIPs', value: flag(false) },
      ...addresses.flatMap(({ key, address }) => [
        { key: ['Tcp', key], name: 'Enabled', value: flag(isLoopback(address)) },
        ...(isLoopback(address) && everyAddress ? ports(key) : []),
      ]),
    ];
  }

  async #keep(wanted: readonly Setting[]): Promise<void> {
    const { kept } = this.#parts;
    const before = orThrow(await kept.read()) ?? [];
    const values = new Map(before.map((each) => [placeOf(each), each]));
    for (const { key, name, value } of wanted) {
      const place = placeOf({ key, name });
      const now = stored(this.#now({ key, name }));
      const there = values.get(place);
      // One that somebody else changed since is theirs: what they set is what comes back.
      const former = there !== undefined && same(loaded(there.written), loaded(now)) ? there.former : now;
      values.set(place, { key: [...key], name, former, written: stored(value) });
    }
    orThrow(await kept.keep([...values.values()]));
  }

  async #guarded<T>(work: () => Promise<T>): Promise<Result<T>> {
    try {
      return succeed(await work());
    } catch (error) {
      return notWritten(causeOf(error));
    }
  }
}

function layerOf({ tcp, everyAddress, addresses }: NetworkSettings): InstanceLayer {
  const enabled = addresses.filter((each) => each.enabled);
  if (!tcp) return 'tcp-off';
  if (everyAddress) return 'everywhere';
  if (enabled.length === 0) throw new NoInstance('TCP is on, and no address is enabled');
  return enabled.every(({ address }) => isLoopback(address)) ? 'this-machine' : 'everywhere';
}

const shown = ({ type, bytes }: RegistryValue) =>
  type === 4 && bytes.length === 4
    ? String(Buffer.from(bytes).readUInt32LE())
    : Buffer.from(bytes).toString('utf16le').replaceAll('\0', '');

function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new NotWritten(result.error.sentence.replace(/\.$/, ''));
  return result.value;
}

const accessDenied = 5;

function causeOf(error: unknown): string {
  if (error instanceof NotWritten || error instanceof NoInstance) return error.message;
  if (error instanceof RegistryLink) return 'a key on the way is a link to another one';
  if (!(error instanceof RegistryError)) throw error;
  return error.code === accessDenied
    ? 'this account may not; start Mortise as an administrator'
    : `Windows answers with error ${error.code}`;
}
