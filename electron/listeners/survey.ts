import type { Reading } from '#shared/reading.ts';
import type { Listener, ListenerSourceName, ListenerSurvey } from '#shared/secure-mode.ts';
import { differencesOf } from './differences.ts';

/** What one source answered. A source may be asked in several ways; each is a word of its own. */
export interface Word {
  readonly source: ListenerSourceName;
  readonly found: Reading<readonly Listener[]>;
}

const placeOf = ({ protocol, address, port }: Listener) => `${protocol} ${address} ${port}`;

/**
 * Puts together what SQL Server and the machine say. What is known stays known even where another way of the same source
 * could not be read; that source then counts as unread.
 */
export function surveyOf(
  server: Reading<readonly Listener[]>,
  machine: readonly Word[],
  remotePipes: Reading<boolean>,
): ListenerSurvey {
  const words: readonly Word[] = [{ source: 'server', found: server }, ...machine];
  const listeners = new Map<string, ListenerSurvey['listeners'][number]>();
  for (const { source, found } of words) {
    if (found.state === 'unknown') continue;
    for (const { address, port, protocol, purpose } of found.value) {
      const place = placeOf({ address, port, protocol, purpose });
      const there = listeners.get(place);
      if (there === undefined) listeners.set(place, { address, port, protocol, purpose, sources: [source] });
      else if (!there.sources.includes(source)) there.sources.push(source);
    }
  }
  const asked = [...new Set(words.map(({ source }) => source))].map((source) => ({
    source,
    found: together(words.filter((word) => word.source === source).map(({ found }) => found)),
  }));
  return {
    listeners: [...listeners.values()].toSorted(byPort),
    asked: asked.map(({ source, found }) => ({
      source,
      found: found.state === 'known' ? { ...found, value: found.value.length } : found,
    })),
    differences: differencesOf(new Map(asked.map(({ source, found }) => [source, found]))),
    remotePipes,
  };
}

/** One reading of several; unknown where one of them is. */
function together(readings: readonly Reading<readonly Listener[]>[]): Reading<readonly Listener[]> {
  const places = new Map<string, Listener>();
  let at = '';
  for (const reading of readings) {
    if (reading.state === 'unknown') return reading;
    if (at === '' || reading.at < at) ({ at } = reading);
    for (const listener of reading.value) places.set(placeOf(listener), listener);
  }
  return { state: 'known', at, value: [...places.values()] };
}

const byPort = (one: Listener, other: Listener) => one.protocol.localeCompare(other.protocol) || one.port - other.port;
