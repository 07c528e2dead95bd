import type { Reading } from '#shared/reading.ts';
import type { Listener, ListenerSourceName } from '#shared/secure-mode.ts';
import { openToOthers } from './local-only.ts';

type Readings = ReadonlyMap<ListenerSourceName, Reading<readonly Listener[]>>;

/** What the configuration speaks of; endpoints of mirroring and the like are made in the server, not there. */
export const clientsPurpose = 'T-SQL';

/**
 * Where those who could be read contradict each other, in sentences. Only what other machines reach is compared: that
 * one of them does not tell of a port of this machine alone is no danger.
 */
export function differencesOf(readings: Readings): string[] {
  const all = knownOf(readings, 'server');
  if (all === undefined) return [];
  const server = openToOthers(all);
  return [...againstSockets(server, readings), ...againstConfiguration(server, readings)];
}

function againstSockets(server: readonly Listener[], readings: Readings): string[] {
  const all = knownOf(readings, 'sockets');
  if (all === undefined) return [];
  if (all.length === 0)
    return ['SQL Server answers, but no socket of it is open on this machine: it may run on another one.'];
  const open = tcpPorts(openToOthers(all));
  const said = tcpPorts(server);
  return [
    ...open
      .filter((port) => !said.includes(port))
      .map((port) => `A socket of sqlservr is open on TCP ${port} that SQL Server does not tell of.`),
    ...said
      .filter((port) => !open.includes(port))
      .map((port) => `SQL Server says that it listens on TCP ${port}, but no such socket is open on this machine.`),
  ];
}

function againstConfiguration(server: readonly Listener[], readings: Readings): string[] {
  const all = knownOf(readings, 'configuration');
  if (all === undefined || all.length === 0) return [];
  const now = tcpPorts(server.filter(({ purpose }) => purpose === clientsPurpose));
  const next = tcpPorts(openToOthers(all).filter(({ purpose }) => purpose === clientsPurpose));
  if (next.length === 0)
    return now.length === 0
      ? []
      : [
          'SQL Server takes connections from other machines now; its configuration no longer lets it at the next start.',
        ];
  if (now.length === 0)
    return [
      `SQL Server takes no connection from another machine now, but its configuration says TCP ${said(next)} for the next start.`,
    ];
  return now.join() === next.join()
    ? []
    : [`SQL Server listens on TCP ${said(now)}, but its configuration says ${said(next)} for the next start.`];
}

function knownOf(readings: Readings, source: ListenerSourceName): readonly Listener[] | undefined {
  const reading = readings.get(source);
  return reading?.state === 'known' ? reading.value : undefined;
}

const tcpPorts = (listeners: readonly Listener[]): readonly number[] =>
  [...new Set(listeners.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port))].toSorted(
    (a, b) => a - b,
  );

const said = (ports: readonly number[]) => ports.join(' and ');
