import type { Listener } from '#shared/secure-mode.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { ListenerSource } from '../listener-source.ts';
import { sourceReading, Unreadable } from '../source-reading.ts';
import { processesNamed, socketsOf, textOf } from './processes.ts';
import type { FoundProcess } from './processes.ts';
import { waitingSockets } from './socket-table.ts';

const purposes = { sqlservr: 'SQL Server', sqlbrowser: 'SQL Server Browser' } as const;
type Program = keyof typeof purposes;
const programs = Object.keys(purposes) as readonly Program[];
const isProgram = (name: string): name is Program => name in purposes;

const tables = [
  ['tcp', 'tcp'],
  ['tcp6', 'tcp'],
  ['udp', 'udp'],
  ['udp6', 'udp'],
] as const;

/**
 * The sockets that SQL Server and its Browser hold open, from the kernel. A process in a container has tables of its own,
 * and those are read. UDP counts for the Browser alone: SQL Server itself only asks by it.
 */
export function openSockets(proc: string, clock: Clock): ListenerSource {
  return {
    source: 'sockets',
    find: async () =>
      await sourceReading(proc, clock, async () => {
        const found = await Promise.all((await processesNamed(proc, programs)).map(listenersOf));
        return found.flat();
      }),
  };
}

async function listenersOf(process: FoundProcess): Promise<readonly Listener[]> {
  const { name } = process;
  if (!isProgram(name)) return [];
  const held = await socketsOf(process);
  const sockets = await Promise.all(
    tables
      .filter(([, protocol]) => protocol === 'tcp' || name === 'sqlbrowser')
      .map(async ([table, protocol]) => socketsIn(await textOf(process, `net/${table}`), protocol)),
  );
  return sockets
    .flat()
    .filter(({ inode }) => held.has(inode))
    .map(({ address, port, protocol }) => ({ address, port, protocol, purpose: purposes[name] }));
}

function socketsIn(text: string, protocol: 'tcp' | 'udp') {
  try {
    return waitingSockets(text, protocol);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Unreadable('its table of sockets is not understood');
    throw error;
  }
}
