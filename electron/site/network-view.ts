import type { Listener } from '#shared/secure-mode.ts';
import type { SessionGroup } from '#shared/snapshot.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';

/** The Browser service answers where instances listen; it is blocked with them even while it is silent. */
const browser: Listener = { address: '0.0.0.0', port: 1434, protocol: 'udp', purpose: 'SQL Server Browser' };

const purposes: Readonly<Record<string, string>> = {
  TSQL: 'T-SQL',
  SERVICE_BROKER: 'Service Broker',
  DATABASE_MIRRORING: 'mirroring',
};

/** The listeners the server reports (sys.dm_tcp_listener_states), and the Browser's port. One entry a port and address. */
export function listenersOf(status: SiteStatus): readonly Listener[] {
  const found = new Map<string, Listener>();
  for (const { address, port, type, state } of status.listeners) {
    const key = `${address} ${port}`;
    if (state !== 'ONLINE' || found.has(key)) continue;
    found.set(key, { address, port, protocol: 'tcp', purpose: purposes[type] ?? type });
  }
  return [...[...found.values()].toSorted((a, b) => a.port - b.port), browser];
}

/** Whether a session comes from this machine. A pipe shows no address, so it cannot be told; nor can one whose address the server keeps to itself. */
export function originOf(
  session: Pick<SiteStatus['sessions'][number], 'address' | 'localAddress' | 'transport'>,
): SessionGroup['origin'] {
  if (session.address === '<local machine>' || session.transport === 'Shared memory') return 'local';
  if (session.transport === 'Named pipe' || session.address === '') return 'cannot-tell';
  const local =
    session.address === session.localAddress || session.address === '127.0.0.1' || session.address === '::1';
  return local ? 'local' : 'remote';
}
