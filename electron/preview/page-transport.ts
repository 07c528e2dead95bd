import type { PushName } from '#shared/contract.ts';
import type { Transport } from '#shared/client.ts';

// This file runs in the page, without a build of its own: it imports types only.

type Listener = (value: unknown) => void;

/** Milliseconds until a lost connection is tried again. */
const retryAfter = 1000;
const tokenKey = 'mortise-preview-token';

/** Takes the tab's token out of the address, where the redirect left it, and keeps it for reloads of this tab. */
function takeToken(): string {
  const fromAddress = location.hash.slice(1);
  if (fromAddress !== '') {
    sessionStorage.setItem(tokenKey, fromAddress);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(tokenKey) ?? '';
}

/**
 * Sets `window.mortise`, as the window's preload does, over one WebSocket. Calls wait until it is open; those that were
 * on their way when it was lost get `noAnswer`.
 */
export function startPageTransport(noAnswer: unknown, noToken: string): void {
  const token = takeToken();
  if (token === '') {
    document.body.textContent = noToken;
    return;
  }
  const waiting = new Map<number, Listener>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;

  const hear = (text: string) => {
    const message = JSON.parse(text) as { id?: number; answer?: unknown; push?: string; value?: unknown };
    if (message.id !== undefined) {
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
    } else if (message.push !== undefined) {
      for (const listener of listeners.get(message.push) ?? []) listener(message.value);
    }
  };

  let socket: Promise<WebSocket>;
  const connect = () => {
    socket = new Promise((resolve) => {
      const opening = new WebSocket(`ws://${location.host}/`);
      opening.addEventListener('open', () => {
        opening.send(JSON.stringify({ token }));
        resolve(opening);
      });
      opening.addEventListener('message', (event: MessageEvent<string>) => {
        hear(event.data);
      });
      opening.addEventListener('close', () => {
        resolve(opening);
        for (const answer of waiting.values()) answer(noAnswer);
        waiting.clear();
        setTimeout(connect, retryAfter);
      });
    });
  };
  connect();

  const transport: Transport = {
    call: async (channel, input) => {
      const open = await socket;
      if (open.readyState !== WebSocket.OPEN) return noAnswer;
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        open.send(JSON.stringify({ id, channel, input }));
      });
    },
    on: (push: PushName, listener) => {
      const ofPush = listeners.get(push) ?? new Set<Listener>();
      listeners.set(push, ofPush.add(listener));
      return () => {
        ofPush.delete(listener);
      };
    },
  };
  Object.defineProperty(window, 'mortise', { value: Object.freeze(transport) });
}
