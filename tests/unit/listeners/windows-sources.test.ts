import { describe, expect, it } from 'vitest';
import type { Listener } from '#shared/secure-mode.ts';
import type { SqlTransport } from '#shared/server-address.ts';
import { instanceConfiguration, remotePipes } from '#electron/listeners/windows/instance-settings.ts';
import { portProxies } from '#electron/listeners/windows/port-proxies.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { instanceKeys, RegistryInMemory } from '#tests/unit/instance/registry-in-memory.ts';
import { valueIn, whyUnknown } from './reading-of.ts';

const named: SqlTransport = { kind: 'instance', instance: 'net2' };
const tcp = (port: number): SqlTransport => ({ kind: 'tcp', port });
type Keys = ConstructorParameters<typeof RegistryInMemory>[0];
const find = async (keys: Keys, transport: SqlTransport = named) =>
  await instanceConfiguration(new RegistryInMemory(keys), transport, systemClock).find([]);
const ports = async (keys: Keys, transport: SqlTransport = named) =>
  valueIn(await find(keys, transport)).map(({ address, port, purpose }) => `${address} ${port} ${purpose}`);
const pipes = async (keys: Keys) => await remotePipes(new RegistryInMemory(keys), named, systemClock);
const admin = '127.0.0.1 1434 dedicated admin connection';

describe("SQL Server's settings on Windows", () => {
  it('say every port of the next start: static ones, and the dynamic one of the last', async () => {
    expect(await ports(instanceKeys('NET2', { port: '1450, 1451', dynamic: '49626' }))).toEqual([
      ...['0.0.0.0', '::'].flatMap((address) => [1450, 1451, 49_626].map((port) => `${address} ${port} T-SQL`)),
      admin,
    ]);
    expect(await ports(instanceKeys('NET2', { dynamic: '0' }))).toEqual([admin]);
  });

  it('name the addresses that are enabled where SQL Server does not listen on all', async () => {
    expect(await ports(instanceKeys('NET2', { port: '1450', everyAddress: 0 }))).toEqual([
      '10.0.0.5 1433 T-SQL',
      admin,
    ]);
  });

  it('say nothing of ports where TCP is off', async () => {
    expect(await ports(instanceKeys('NET2', { port: '1450', tcp: 0 }))).toEqual([]);
  });

  it('are those of the instance that the profile means', async () => {
    const names = String.raw`SOFTWARE\Microsoft\Microsoft SQL Server\Instance Names\SQL`;
    const two = {
      ...instanceKeys('NET2', { port: '1450' }),
      ...instanceKeys('MSSQLSERVER', { port: '1433' }),
      [names]: { NET2: 'MSSQL15.NET2', MSSQLSERVER: 'MSSQL15.MSSQLSERVER' },
    };
    expect((await ports(two, named))[0]).toContain(' 1450 ');
    expect((await ports(two, tcp(1450)))[0]).toContain(' 1450 ');
    expect((await ports(two, { kind: 'pipe', pipe: String.raw`\\.\pipe\sql\query` }))[0]).toContain(' 1433 ');
    expect((await ports(two, { kind: 'pipe', pipe: String.raw`\\.\pipe\MSSQL$NET2\sql\query` }))[0]).toContain(
      ' 1450 ',
    );
    expect(whyUnknown(await find(two, tcp(1500)))).toContain('none of them is set to the port');
    expect(whyUnknown(await find(two, { kind: 'instance', instance: 'OTHER' }))).toContain('no instance OTHER');
    expect((await ports(instanceKeys('NET2', { port: '1450' }), tcp(1500)))[0]).toContain(' 1450 ');
  });

  it('are unknown where they are not there, or not as SQL Server writes them', async () => {
    expect(whyUnknown(await find({}))).toContain('no instance of SQL Server is installed');
    expect(whyUnknown(await find(instanceKeys('NET2', { port: 'many' })))).toContain('not the number of a port');
    const keys = instanceKeys('NET2');
    const tcpKey = Object.keys(keys).find((key) => key.endsWith(String.raw`\Tcp`)) ?? '';
    expect(whyUnknown(await find({ ...keys, [tcpKey]: { Enabled: 'yes', ListenOnAllIPs: 1 } }))).toContain(
      'Enabled is not a number',
    );
  });

  it('say whether named pipes are taken', async () => {
    expect(valueIn(await pipes(instanceKeys('NET2', { pipes: 1 })))).toBe(true);
    expect(valueIn(await pipes(instanceKeys('NET2')))).toBe(false);
    expect(whyUnknown(await pipes({}))).toContain('no instance');
  });
});

const proxies = async (keys: Keys, said: readonly Listener[]) =>
  await portProxies(new RegistryInMemory(keys), systemClock).find(said);

describe('The port proxies of Windows', () => {
  const said: readonly Listener[] = [{ protocol: 'tcp', address: '0.0.0.0', port: 1433, purpose: 'T-SQL' }];
  const root = String.raw`SYSTEM\CurrentControlSet\Services\PortProxy`;

  it('count where they lead to a port that SQL Server says', async () => {
    const found = await proxies(
      {
        [`${root}\\v4tov4\\tcp`]: { '*/14330': '127.0.0.1/1433', '10.0.0.5/8080': '10.0.0.9/80' },
        [`${root}\\v6tov4\\tcp`]: { '*/14331': 'localhost/1433' },
      },
      said,
    );
    expect(valueIn(found).map(({ address, port }) => `${address} ${port}`)).toEqual(['0.0.0.0 14330', ':: 14331']);
  });

  it('are none where there are none, and unknown where one is not understood or SQL Server does not answer', async () => {
    expect(valueIn(await proxies({}, []))).toEqual([]);
    expect(whyUnknown(await proxies({ [`${root}\\v4tov4\\tcp`]: { odd: '127.0.0.1/1433' } }, said))).toContain('odd');
    expect(whyUnknown(await proxies({ [`${root}\\v4tov4\\tcp`]: { '*/1': '127.0.0.1/1433' } }, []))).toContain(
      'does not answer',
    );
  });
});
