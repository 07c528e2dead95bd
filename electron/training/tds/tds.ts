import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Backend } from './backend.ts';
import { Connection, type EstablishedConnection } from './connection.ts';
import { plainAddress } from './plain-address.ts';
import type { EncryptionPolicy, ProductVersion } from './prelogin.ts';
import { createTdsSecureContext, type ServerCertificate } from './tls-in-prelogin.ts';

export interface TdsServerOptions {
  readonly backend: Backend;
  readonly certificate: ServerCertificate;
  readonly encryption: EncryptionPolicy;
  /** The product version that clients are told, which some choose their statements by. */
  readonly version: ProductVersion;
  /** The server's name in errors and messages. */
  readonly serverName?: string;
}

export interface TdsServer {
  /**
   * Listens on the same port of every host (addresses, not names) and answers that port; 0 chooses a free one. Rejects
   * with Node's error when a host has no such address or the port is taken, and then listens nowhere.
   */
  listen(port: number, hosts: readonly string[]): Promise<number>;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
  /** Cuts the established connections that the predicate chooses, without a word to them, and answers how many. */
  dropWhere(predicate: (connection: EstablishedConnection) => boolean): number;
}

/** With port 0 the first host chooses; how often another choice is tried when a later host has that port taken. */
const portChoices = 10;

/** A TDS 7.4 server for `backend`, which it asks for every login and hands every request to. */
export function createTdsServer(options: TdsServerOptions): TdsServer {
  const settings = {
    ...options,
    serverName: options.serverName ?? 'TRAINING',
    secureContext: createTdsSecureContext(options.certificate),
  };
  const connections = new Set<Connection>();
  let servers: Server[] = [];

  function admit(socket: Socket): void {
    if (!options.backend.admits(plainAddress(socket.remoteAddress), socket.localPort ?? 0)) {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    const connection = new Connection(socket, settings, () => {
      connections.delete(connection);
    });
    connections.add(connection);
    socket.resume();
  }

  async function listenOnAll(port: number, hosts: readonly string[]): Promise<number> {
    let actual = port;
    try {
      for (const host of hosts) {
        // Paused, so that not a byte is read before the backend has admitted the client.
        const server = createServer({ pauseOnConnect: true }, admit);
        servers.push(server);
        actual = await listenOn(server, actual, host);
      }
    } catch (error) {
      await closeServers();
      throw error;
    }
    return actual;
  }

  async function closeServers(): Promise<void> {
    const closing = servers;
    servers = [];
    await Promise.all(closing.map(closeServer));
  }

  return {
    async listen(port, hosts) {
      for (let choice = 1; ; choice += 1) {
        try {
          return await listenOnAll(port, hosts);
        } catch (error) {
          if (port !== 0 || choice === portChoices || !isAddressInUse(error)) {
            throw error;
          }
        }
      }
    },
    async close() {
      for (const connection of connections) {
        connection.destroy();
      }
      await closeServers();
    },
    dropWhere(predicate) {
      const chosen = Array.from(connections).filter((connection) => predicate(connection.describe()));
      for (const connection of chosen) {
        // Taken off the list at once: a socket reports its end only later.
        connections.delete(connection);
        connection.destroy();
      }
      return chosen.length;
    },
  };
}

async function listenOn(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
