import type { Client } from '#shared/client.ts';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import type { Place, ScreenStore } from './screen-store.ts';
import { createScreenStore } from './screen-store.ts';
import { newerView } from './site-view.ts';

/** One window's connection to main and what it holds. */
export interface Session {
  readonly client: Client;
  readonly store: ScreenStore;
}

export function createSession(client: Client, place: Place = 'tabs'): Session {
  return { client, store: createScreenStore(place) };
}

/** A transport that breaks is a failure like every other, never a page that stands still. */
export async function answered<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call;
  } catch {
    return failed(failure('internal', { id: 'connection to the window' }));
  }
}

/** Mirrors main from now on: pulls one snapshot and takes what is pushed. Returns how to stop. */
export function connect({ client, store }: Session): () => void {
  const take = (snapshot: Snapshot) => store.setState((now) => ({ view: newerView(now.view, snapshot) }));
  const leave = [client.on('snapshot', take), client.on('progress', (progress) => store.setState({ progress }))];
  void load({ client, store });
  return () => {
    for (const stop of leave) stop();
  };
}

/** Pulls the snapshot that main has. */
export async function load({ client, store }: Session): Promise<void> {
  takeAnswer(store, await answered(client.site.snapshot({})));
}

/** Has main read the site again. */
export async function refresh({ client, store }: Session): Promise<void> {
  store.setState({ refreshing: true, refreshFailure: null });
  const answer = await answered(client.site.refresh({}));
  store.setState({ refreshing: false, refreshFailure: answer.ok ? null : answer.error });
  takeAnswer(store, answer);
}

/** A failed answer never takes away a snapshot that is shown: that one says itself how old it is. */
export function takeAnswer(store: ScreenStore, answer: Result<Snapshot>): void {
  store.setState((now) => {
    if (answer.ok) return { view: newerView(now.view, answer.value) };
    return now.view.state === 'shown' ? {} : { view: { state: 'failed', failure: answer.error } };
  });
}
