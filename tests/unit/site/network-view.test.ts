import { describe, expect, it } from 'vitest';
import { listenersOf, originOf } from '#electron/site/network-view.ts';
import { listenerRow, session, siteStatus } from './sample-status.ts';
import type { Session } from './sample-status.ts';

const origins: readonly (readonly [string, Partial<Session>, 'local' | 'remote' | 'cannot-tell'])[] = [
  ['over loopback', { address: '127.0.0.1' }, 'local'],
  ['over loopback of IPv6', { address: '::1', localAddress: '::1' }, 'local'],
  ['from this machine to its own outer address', { address: '10.0.0.5', localAddress: '10.0.0.5' }, 'local'],
  ['over shared memory', { address: '<local machine>', localAddress: '', transport: 'Shared memory' }, 'local'],
  ['from another machine', { address: '10.0.0.9', localAddress: '10.0.0.5' }, 'remote'],
  ['from another machine over IPv6', { address: 'fe80::9', localAddress: 'fe80::5' }, 'remote'],
  // The training site's other machine is another loopback address.
  ['from 127.0.0.2 to 127.0.0.1', { address: '127.0.0.2', localAddress: '127.0.0.1' }, 'remote'],
  ['over a pipe', { address: '<named pipe>', transport: 'Named pipe' }, 'cannot-tell'],
  ['over a pipe without any address', { address: '', localAddress: '', transport: 'Named pipe' }, 'cannot-tell'],
  ['from an address that the server does not show', { address: '', localAddress: '' }, 'cannot-tell'],
  ['from a host that merely claims our name', { host: 'ACS-SRV-01', address: '10.0.0.9' }, 'remote'],
];

describe('The origin of a session', () => {
  it.each(origins)('%s is told rightly', (_what, different, origin) => {
    expect(originOf(session(different))).toBe(origin);
  });
});

const ports = (rows: Parameters<typeof siteStatus>[0]) =>
  listenersOf(siteStatus(rows)).map(({ protocol, port, purpose }) => `${protocol} ${port} ${purpose}`);

describe('The listeners', () => {
  it('always include the Browser, which answers where instances listen', () => {
    expect(ports({ listeners: [] })).toEqual(['udp 1434 SQL Server Browser']);
  });

  it('are one a port and address, for one that only this machine reaches is none that others do', () => {
    const listeners = [
      listenerRow(1433),
      listenerRow(1433, { address: '::' }),
      listenerRow(1433, { address: '10.0.0.5' }),
      listenerRow(1433),
    ];
    expect(listenersOf(siteStatus({ listeners })).map(({ address, port }) => `${address} ${port}`)).toEqual([
      '0.0.0.0 1433',
      ':: 1433',
      '10.0.0.5 1433',
      '0.0.0.0 1434',
    ]);
  });

  it('leave out what is not online, unless another one on the port is', () => {
    const offline = listenerRow(1433, { state: 'OFFLINE' });
    expect(ports({ listeners: [offline] })).toEqual(['udp 1434 SQL Server Browser']);
    expect(ports({ listeners: [offline, listenerRow(1433)] })).toContain('tcp 1433 T-SQL');
  });

  it('are in the order of their ports, each with its purpose', () => {
    const listeners = [
      listenerRow(49172),
      listenerRow(5022, { type: 'DATABASE_MIRRORING' }),
      listenerRow(4022, { type: 'SERVICE_BROKER' }),
      listenerRow(1434, { type: 'SOMETHING_NEW' }),
    ];
    expect(ports({ listeners })).toEqual([
      'tcp 1434 SOMETHING_NEW',
      'tcp 4022 Service Broker',
      'tcp 5022 mirroring',
      'tcp 49172 T-SQL',
      'udp 1434 SQL Server Browser',
    ]);
  });
});
