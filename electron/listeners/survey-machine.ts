import type { Reading } from '#shared/reading.ts';
import type { Listener, ListenerSurvey } from '#shared/secure-mode.ts';
import type { MachineListeners } from './listener-source.ts';
import { surveyOf } from './survey.ts';

/** Asks everybody on this machine who knows of listeners, and puts their words together. */
export async function surveyMachine(
  server: Reading<readonly Listener[]>,
  machine: MachineListeners,
): Promise<ListenerSurvey> {
  const said = server.state === 'known' ? server.value : [];
  const [words, remotePipes] = await Promise.all([
    Promise.all(machine.sources.map(async (each) => ({ source: each.source, found: await each.find(said) }))),
    machine.remotePipes(),
  ]);
  return surveyOf(server, words, remotePipes);
}
