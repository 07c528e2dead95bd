import type { SqlTransport } from '#shared/server-address.ts';
import { decodeRegistryText } from '#electron/consumers/registry-text.ts';
import type { RegistryKeyPath } from '#electron/machine/registry.ts';
import type { RegistryLook, RegistryReader } from '#electron/machine/registry-reader.ts';

/** Why the instance, or its settings, are not found in the registry, in words that end a sentence. */
export class NoInstance extends Error {}

/** One address in the settings; IPAll has none, and counts where SQL Server listens on every address. */
export interface AddressSettings {
  /** The name of its key: IP1, IP2, ..., IPAll. */
  readonly key: string;
  readonly address: string;
  readonly enabled: boolean;
  /** Static ports and the dynamic one of the last start: SQL Server listens on both where both are set. */
  readonly ports: readonly number[];
}

/** Where an instance listens, as SQL Server Configuration Manager shows it ("TCP/IP Properties"). */
export interface NetworkSettings {
  readonly tcp: boolean;
  readonly everyAddress: boolean;
  readonly all: AddressSettings;
  readonly addresses: readonly AddressSettings[];
  readonly pipes: boolean;
  /** Of the dedicated admin connection; undefined where it was never given one. */
  readonly adminPorts: readonly number[];
}

export interface FoundInstance {
  readonly name: string;
  /** The service that is the instance. */
  readonly service: string;
  /** The key that holds its network protocols. */
  readonly network: RegistryKeyPath;
}

const root = ['SOFTWARE', 'Microsoft', 'Microsoft SQL Server'];
const defaultName = 'MSSQLSERVER';
const inMachine = (...names: readonly string[]): RegistryKeyPath => ({
  hive: 'HKEY_LOCAL_MACHINE',
  names,
  view: '64-bit',
});

export const below = (path: RegistryKeyPath, ...names: readonly string[]): RegistryKeyPath => ({
  ...path,
  names: [...path.names, ...names],
});

/** The instances of this machine. Throws `RegistryError`, or `NoInstance` where an entry is not understood. */
export function instancesOf(reader: RegistryReader): readonly FoundInstance[] {
  const names = reader.look(inMachine(...root, 'Instance Names', 'SQL'));
  return [...(names?.values ?? [])].map(([name, value]) => {
    const id = decodeRegistryText(value);
    if (typeof id === 'string') throw new NoInstance(`the entry of the instance ${name} is not understood: ${id}`);
    const isDefault = name.toUpperCase() === defaultName;
    return {
      name,
      service: isDefault ? defaultName : `MSSQL$${name}`,
      network: inMachine(...root, id.text, 'MSSQLServer', 'SuperSocketNetLib'),
    };
  });
}

/** The instance that a profile's way to SQL Server leads to. Throws `NoInstance` where it is none of this machine, or not plain which. */
export function instanceFor(reader: RegistryReader, transport: SqlTransport): FoundInstance {
  const all = instancesOf(reader);
  if (all.length === 0) throw new NoInstance('no instance of SQL Server is installed on this machine');
  const wanted = nameOf(transport);
  if (wanted !== undefined) {
    const found = all.find(({ name }) => name.toUpperCase() === wanted.toUpperCase());
    if (found === undefined) throw new NoInstance(`there is no instance ${wanted} on this machine`);
    return found;
  }
  const [only, second] = all;
  if (only !== undefined && second === undefined) return only;
  const port = transport.kind === 'tcp' ? transport.port : undefined;
  const fitting = all.filter((each) => portsOf(settingsOf(reader, each)).some((one) => one === port));
  const [fits, another] = fitting;
  if (fits === undefined || another !== undefined)
    throw new NoInstance(
      `this machine has several instances, and ${fits === undefined ? 'none' : 'more than one'} of them is set to the port of the profile`,
    );
  return fits;
}

function nameOf(transport: SqlTransport): string | undefined {
  switch (transport.kind) {
    case 'instance':
      return transport.instance;
    case 'pipe':
      // "\\.\pipe\MSSQL$NAME\sql\query", or "\\.\pipe\sql\query" of the default instance.
      return /\\MSSQL\$([^\\]+)\\/i.exec(transport.pipe)?.[1] ?? defaultName;
    case 'tcp':
      return undefined;
  }
}

/** The ports that these settings name, whatever is in force. */
const portsOf = ({ all, addresses }: NetworkSettings) => [all, ...addresses].flatMap(({ ports }) => ports);

/** Its settings for the next start. Throws `NoInstance` where they are not what SQL Server writes. */
export function settingsOf(reader: RegistryReader, { name, network }: FoundInstance): NetworkSettings {
  const look = (...names: readonly string[]) => reader.look(below(network, ...names));
  const tcp = look('Tcp');
  if (tcp === undefined) throw new NoInstance(`the network settings of ${name} are not there`);
  const addresses = tcp.subKeys
    .filter((key) => /^IP(?:\d+|All)$/i.test(key))
    .map((key) => addressIn(key, look('Tcp', key)));
  const all = addresses.find(({ key }) => key.toLowerCase() === 'ipall');
  if (all === undefined) throw new NoInstance(`the network settings of ${name} have no IPAll`);
  const admin = look('AdminConnection', 'Tcp');
  return {
    tcp: flagIn(tcp, 'Enabled'),
    everyAddress: flagIn(tcp, 'ListenOnAllIPs'),
    all,
    addresses: addresses.filter((each) => each !== all),
    pipes: flagIn(look('Np'), 'Enabled'),
    adminPorts: admin === undefined ? [] : portsIn(admin, ['TcpDynamicPorts', 'TcpPort']),
  };
}

function addressIn(key: string, look: RegistryLook | undefined): AddressSettings {
  if (look === undefined) throw new NoInstance(`the settings ${key} are gone`);
  const isAll = key.toLowerCase() === 'ipall';
  return {
    key,
    address: isAll ? '' : textIn(look, 'IpAddress'),
    enabled: isAll || flagIn(look, 'Enabled'),
    ports: portsIn(look, ['TcpPort', 'TcpDynamicPorts']),
  };
}

/** Names of values make no difference between upper and lower case. */
export const valueIn = (look: RegistryLook | undefined, name: string) =>
  [...(look?.values ?? [])].find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];

const dword = 4;

function flagIn(look: RegistryLook | undefined, name: string): boolean {
  const value = valueIn(look, name);
  if (value?.type !== dword || value.bytes.length !== 4) throw new NoInstance(`the setting ${name} is not a number`);
  return Buffer.from(value.bytes).readUInt32LE() !== 0;
}

export function textIn(look: RegistryLook, name: string): string {
  const value = valueIn(look, name);
  if (value === undefined) return '';
  const text = decodeRegistryText(value);
  if (typeof text === 'string') throw new NoInstance(`the setting ${name} is not a text: ${text}`);
  return text.text;
}

/** Several stand with commas between them; a dynamic port that is 0 is chosen at the next start. */
function portsIn(look: RegistryLook, names: readonly string[]): readonly number[] {
  const ports = names.flatMap((name) =>
    textIn(look, name)
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '' && each !== '0')
      .map((each) => {
        const port = Number(each);
        if (!Number.isInteger(port) || port < 1 || port > 65_535)
          throw new NoInstance(`the setting ${name} is not the number of a port`);
        return port;
      }),
  );
  return [...new Set(ports)];
}
