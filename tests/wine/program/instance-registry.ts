import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { platformInstance } from '#electron/instance/platform-instance.ts';
import { instanceConfiguration, remotePipes } from '#electron/listeners/windows/instance-settings.ts';
import { portProxies } from '#electron/listeners/windows/port-proxies.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { valueIn, whyUnknown } from '#tests/unit/listeners/reading-of.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';

const systemRoot = process.env['SystemRoot'] ?? String.raw`C:\windows`;
const root = String.raw`HKLM\SOFTWARE\Microsoft\Microsoft SQL Server`;
const network = String.raw`${root}\MSSQL15.NET2\MSSQLServer\SuperSocketNetLib`;
const proxies = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\PortProxy\v4tov4\tcp`;

/** Windows' own program for the registry, which shares nothing with the product's way to it. */
function reg(...args: readonly string[]): string {
  const { status, stdout } = spawnSync(String.raw`${systemRoot}\System32\reg.exe`, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`reg ${args.join(' ')} ended with ${status}`);
  return stdout;
}

function put(key: string, values: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(values))
    reg('add', key, '/v', name, '/t', typeof value === 'number' ? 'REG_DWORD' : 'REG_SZ', '/d', String(value), '/f');
}

/** The keys of a named instance on a dynamic port, as its setup leaves them. */
function putInstance(): void {
  put(String.raw`${root}\Instance Names\SQL`, { NET2: 'MSSQL15.NET2' });
  put(String.raw`${network}\Tcp`, { Enabled: 1, ListenOnAllIPs: 1 });
  for (const [key, IpAddress] of Object.entries({ IP1: '10.0.0.5', IP2: '127.0.0.1', IP3: '::1' }))
    put(`${network}\\Tcp\\${key}`, { Enabled: 0, IpAddress, TcpPort: '', TcpDynamicPorts: '0' });
  put(String.raw`${network}\Tcp\IPAll`, { TcpPort: '', TcpDynamicPorts: '49626' });
  put(String.raw`${network}\Np`, { Enabled: 1 });
}

const transport = { kind: 'instance', instance: 'NET2' } as const;
const configured = async () => await instanceConfiguration(windowsRegistryReader, transport, systemClock).find([]);
const places = async () => valueIn(await configured()).map(({ address, port }) => `${address} ${port}`);

const whole = () => reg('query', network, '/s');

/** What only Windows' registry can show of the instance's settings. */
export function instanceRegistryLab(): void {
  it('has no instance before one is installed', async () => {
    expect(whyUnknown(await configured())).toContain('no instance of SQL Server is installed');
  });

  it('says where the instance will listen, whether it takes pipes, and what Windows passes on', async () => {
    putInstance();
    expect(await places()).toEqual(['0.0.0.0 49626', ':: 49626']);
    expect(valueIn(await remotePipes(windowsRegistryReader, transport, systemClock))).toBe(true);
    put(proxies, { '*/14330': '127.0.0.1/49626' });
    const passed = await portProxies(windowsRegistryReader, systemClock).find(valueIn(await configured()));
    expect(valueIn(passed).map(({ address, port }) => `${address} ${port}`)).toEqual(['0.0.0.0 14330']);
  });

  it('takes the settings of this machine alone, and has what stood there before again', async () => {
    putInstance();
    const before = whole();
    const folder = await mkdtemp(join(tmpdir(), 'mortise-instance-'));
    const instance = platformInstance({ transport, folder, clock: systemClock });
    valueOf(await instance.write('this-machine'));
    expect(await places()).toEqual(['127.0.0.1 49626', '::1 49626']);
    valueOf(await instance.write('tcp-off'));
    expect(await places()).toEqual([]);
    valueOf(await instance.write('everywhere'));
    expect(whole()).toBe(before);
  });
}
