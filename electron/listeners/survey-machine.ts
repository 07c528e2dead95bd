import { mapReading } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Listener, ListenerSurvey } from '#shared/secure-mode.ts';
import type { MachineListeners } from './listener-source.ts';

/** Asks everybody on this machine who knows of listeners, and puts their words together. */
export async function surveyMachine(
  server: Reading<readonly Listener[]>,
  machine: MachineListeners,
): Promise<ListenerSurvey> {
  const said = server.state === 'known' ? server.value : [];
  const [found, remotePipes] = await Promise.all([
    Promise.all(machine.sources.map(async (each) => ({ source: each.source, found: await each.find(said) }))),
    machine.remotePipes(),
  ]);
  const asked = [{ source: 'server' as const, found: server }, ...found];
  const listeners = new Map<string, ListenerSurvey['listeners'][number]>();
  for (const { source, found: reading } of asked) {
    if (reading.state === 'unknown') continue;
    for (const { address, port, protocol, purpose } of reading.value) {
      const key = `${protocol} ${address} ${port}`;
      const known = listeners.get(key);
      if (known === undefined) listeners.set(key, { address, port, protocol, purpose, sources: [source] });
      else if (!known.sources.includes(source)) known.sources.push(source);
    }
  }
  return {
    listeners: [...listeners.values()],
    asked: asked.map(({ source, found: reading }) => ({ source, found: mapReading(reading, (all) => all.length) })),
    differences: [],
    remotePipes,
  };
}
