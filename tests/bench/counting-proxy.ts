import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** What passed through since it was last asked. A round trip is a turn from the client speaking to the server speaking. */
export interface Traffic {
  readonly roundTrips: number;
  readonly sent: number;
  readonly received: number;
}

export interface CountingProxy {
  readonly port: number;
  /** Answers the traffic so far and begins anew. */
  take(): Traffic;
  close(): void;
}

/** Forwards to `target` on loopback, counting bytes and turns. */
export async function countingProxy(target: number): Promise<CountingProxy> {
  let traffic = { roundTrips: 0, sent: 0, received: 0 };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let clientSpoke = false;
    client.on('data', (bytes) => {
      traffic.sent += bytes.length;
      clientSpoke = true;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      traffic.received += bytes.length;
      if (clientSpoke) traffic.roundTrips += 1;
      clientSpoke = false;
      client.write(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.on('error', () => undefined);
    upstream.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    take: () => {
      const taken = traffic;
      traffic = { roundTrips: 0, sent: 0, received: 0 };
      return taken;
    },
    close: () => server.close(),
  };
}
