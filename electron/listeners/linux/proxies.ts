import type { Listener } from '#shared/secure-mode.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { ListenerSource } from '../listener-source.ts';
import { sourceReading, Unreadable } from '../source-reading.ts';
import { leadsToServer } from '../leads-to-server.ts';
import { processesNamed, textOf } from './processes.ts';

/** A port of this machine that a process of Docker passes on into a container. */
interface Published {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly target: number;
}

/** The ports that Docker's own processes (docker-proxy) pass on to SQL Server. Arguments: moby, cmd/docker-proxy. */
export function dockerProxies(proc: string, clock: Clock): ListenerSource {
  return {
    source: 'containers',
    find: async (said) =>
      await sourceReading(`docker-proxy (${proc})`, clock, async (): Promise<readonly Listener[]> => {
        const lines = await commandLines(proc);
        return leadsToServer(lines.flatMap(publishedBy), said).map(({ protocol, address, port }) => ({
          protocol,
          address,
          port,
          purpose: 'SQL Server in a container',
        }));
      }),
  };
}

async function commandLines(proc: string): Promise<readonly (readonly string[])[]> {
  const processes = await processesNamed(proc, ['docker-proxy']);
  return await Promise.all(processes.map(async (each) => (await textOf(each, 'cmdline')).split('\0')));
}

function publishedBy(words: readonly string[]): readonly Published[] {
  const after = (name: string) => {
    const at = words.findIndex((word) => word.replace(/^--?/, '') === name && word.startsWith('-'));
    return at < 0 ? undefined : words[at + 1];
  };
  // One that has just ended has no words any more.
  if (words.every((word) => word === '')) return [];
  const protocol = after('proto') ?? 'tcp';
  const [port, target] = [Number(after('host-port')), Number(after('container-port'))];
  if (protocol !== 'tcp' && protocol !== 'udp') return [];
  if (!isPort(port) || !isPort(target))
    throw new Unreadable('a process docker-proxy does not say which port it passes on');
  return [{ protocol, address: after('host-ip') ?? '0.0.0.0', port, target }];
}

const isPort = (value: number) => Number.isInteger(value) && value > 0 && value <= 65_535;
