import type { Registry, RegistryKey, RegistryKeyPath, RegistryValue } from '#electron/machine/registry.ts';
import { RegistryError } from '#electron/machine/registry.ts';
import type { RegistryLook, RegistryReader } from '#electron/machine/registry-reader.ts';

/** A registry of these keys, by their whole paths. Keys on the way to them are there too. */
export class RegistryInMemory implements Registry, RegistryReader {
  readonly keys = new Map<string, Map<string, RegistryValue>>();
  /** Windows' error for whoever writes. */
  refusesWriting: number | undefined;

  constructor(keys: Readonly<Record<string, Readonly<Record<string, string | number>>>>) {
    for (const [path, values] of Object.entries(keys))
      this.keys.set(path, new Map(Object.entries(values).map(([name, value]) => [name, valueOf(value)])));
  }

  look({ names }: RegistryKeyPath): RegistryLook | undefined {
    const path = names.join('\\');
    const under = [...this.keys.keys()].filter((key) => key.startsWith(`${path}\\`));
    const values = this.keys.get(path);
    if (values === undefined && under.length === 0) return undefined;
    const subKeys = [...new Set(under.map((key) => key.slice(path.length + 1).split('\\')[0] ?? ''))];
    return { values: new Map(values), subKeys };
  }

  onceChanged(): () => void {
    return () => undefined;
  }

  withKey<T>({ names }: RegistryKeyPath, work: (key: RegistryKey) => T): T {
    const values = this.keys.get(names.join('\\'));
    if (values === undefined) throw new RegistryError(2);
    if (this.refusesWriting !== undefined) throw new RegistryError(this.refusesWriting);
    return work({
      read: (name) => values.get(name),
      write: (name, value) => void values.set(name, { type: value.type, bytes: Uint8Array.from(value.bytes) }),
      flush: () => undefined,
    });
  }

  /** Everything in it, to compare. */
  dump(): string {
    return JSON.stringify(
      [...this.keys].map(([path, values]) => [
        path,
        [...values].map(([name, { type, bytes }]) => [name, type, Buffer.from(bytes).toString('hex')]),
      ]),
    );
  }
}

export function valueOf(value: string | number): RegistryValue {
  if (typeof value === 'string') return { type: 1, bytes: Buffer.from(`${value}\0`, 'utf16le') };
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return { type: 4, bytes };
}

const root = String.raw`SOFTWARE\Microsoft\Microsoft SQL Server`;

const address = (IpAddress: string) => ({
  Active: 1,
  Enabled: 0,
  IpAddress,
  TcpPort: '',
  TcpDynamicPorts: '0',
  DisplayName: 'Specific IP Address',
});

/** The keys of an instance as setup leaves them, with a static port and a dynamic one. */
export function instanceKeys(name: string, { port = '', dynamic = '', everyAddress = 1, tcp = 1, pipes = 0 } = {}) {
  const network = `${root}\\MSSQL15.${name}\\MSSQLServer\\SuperSocketNetLib`;
  return {
    [`${root}\\Instance Names\\SQL`]: { [name]: `MSSQL15.${name}` },
    [`${network}\\Tcp`]: { Enabled: tcp, ListenOnAllIPs: everyAddress, KeepAlive: 30_000 },
    [`${network}\\Tcp\\IP1`]: address('fe80::1%4'),
    [`${network}\\Tcp\\IP2`]: { ...address('10.0.0.5'), Enabled: 1, TcpPort: '1433' },
    [`${network}\\Tcp\\IP3`]: address('127.0.0.1'),
    [`${network}\\Tcp\\IP4`]: address('::1'),
    [`${network}\\Tcp\\IPAll`]: { TcpPort: port, TcpDynamicPorts: dynamic, DisplayName: 'Any IP Address' },
    [`${network}\\Np`]: { Enabled: pipes, PipeName: String.raw`\\.\pipe\sql\query` },
    [`${network}\\AdminConnection\\Tcp`]: { TcpDynamicPorts: '1434' },
  };
}
