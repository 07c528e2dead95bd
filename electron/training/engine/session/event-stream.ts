import type { BackendEvent } from '../../tds/backend.ts';

/**
 * What a running request writes, as the wire layer reads it: events wait until they are taken. A reader that leaves
 * early ends the request by `abandoned`, and waits until it has cleaned up.
 */
export async function* eventStream(
  start: (emit: (event: BackendEvent) => void) => Promise<void>,
  abandoned: () => void,
): AsyncGenerator<BackendEvent> {
  const waiting: BackendEvent[] = [];
  let wake: (() => void) | undefined;
  let ended = false;
  const running = start((event) => {
    waiting.push(event);
    wake?.();
  }).finally(() => {
    ended = true;
    wake?.();
  });
  // Whoever reads sees a failure below; without a reader it must not count as unhandled.
  running.catch(() => {});
  try {
    for (;;) {
      const next = waiting.shift();
      if (next) {
        yield next;
        continue;
      }
      if (ended) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (ended || waiting.length > 0) resolve();
      });
    }
  } finally {
    if (!ended) abandoned();
    await running;
  }
}
