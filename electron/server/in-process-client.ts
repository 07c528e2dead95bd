import { createClient } from '#shared/client.ts';
import type { Client } from '#shared/client.ts';
import type { Composition } from './composition.ts';
import { createServer } from './server.ts';

/** The client of a door in this very process: the same guarded server, without a wire. */
export function inProcessClient(composition: Composition, log: (line: string) => void): Client {
  const server = createServer({ handlers: composition.handlers, isTrusted: () => true, log });
  return createClient({
    call: async (channel, input) => await server.handle(channel, input, undefined),
    on: (push, listener) =>
      composition.subscribe((name, value) => {
        const outgoing = name === push ? server.outgoing(name, value) : undefined;
        if (outgoing !== undefined) listener(outgoing);
      }),
  });
}
