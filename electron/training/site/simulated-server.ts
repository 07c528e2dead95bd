import { networkInterfaces } from 'node:os';
import { createTdsServer } from '../tds/tds.ts';
import type { TdsServer } from '../tds/tds.ts';
import type { Backend } from '../tds/backend.ts';
import { durableBackend } from './durable-backend.ts';
import type { EngineMaker, SiteEngine } from './engine.ts';
import type { FaultSwitches } from './fault-switches.ts';
import { faultyBackend } from './faulty-backend.ts';
import type { SiteCertificate } from './server-certificate.ts';
import { createServerDisk, readServerDisk } from './server-disk.ts';

/** The simulated SQL Server: wire, engine and disk. */
export interface SimulatedServer {
  readonly port: number;
  image(): string;
  /** Cuts the connections that the firewall no longer admits. */
  cutUnadmitted(): void;
  /** Starts to decline encryption, or to require it again; cuts every connection when that is a change. */
  setEncryption(required: boolean): Promise<void>;
  /** A new server with so many controllers; cuts every connection. */
  reset(controllers: number): Promise<void>;
  /** Cuts every connection; back when the disk holds everything. */
  close(): Promise<void>;
}

export interface SimulatedServerOptions {
  readonly path: string;
  readonly makeEngine: EngineMaker;
  readonly controllers: number;
  readonly certificate: SiteCertificate;
  readonly faults: FaultSwitches;
  readonly admits: (address: string, port: number) => boolean;
  readonly onTrouble: (problem: unknown) => void;
}

/** SQL Server 2019, as PRELOGIN and LOGINACK tell it. */
const version = { major: 15, minor: 0, build: 4430 };

/**
 * Starts it on this port of the loopback addresses; 0 chooses a free one. Rejects with Node's error when it is taken.
 */
export async function startSimulatedServer(options: SimulatedServerOptions, wanted: number): Promise<SimulatedServer> {
  const { path, makeEngine, faults, certificate, onTrouble } = options;
  let port = wanted;
  let engine: SiteEngine;
  const disk = createServerDisk(path, () => engine.encode(), onTrouble);
  // It says that it listens on every IPv4 address, as SQL Server does; that this is simulated is the socket's affair.
  const listeners = () => [{ address: '0.0.0.0', port }];
  const make = (stored: string | undefined, controllers: number) =>
    makeEngine({ stored, controllers, listeners, onChange: () => disk.changed() });

  const stored = await readServerDisk(path);
  engine = make(stored, options.controllers);
  if (stored === undefined) {
    disk.changed();
    await disk.flush();
  }

  const current: Backend = {
    admits: (address, localPort) => options.admits(address, localPort),
    login: (request, disconnect) => engine.login(request, disconnect),
  };
  // Faults are the outermost: a connection that breaks after a commit breaks after the disk has it.
  const backend = faultyBackend(durableBackend(current, disk), faults);
  const open = async (encryption: 'required' | 'off') => {
    const server = createTdsServer({ backend, certificate, encryption, version });
    port = await server.listen(port, loopbackAddresses());
    return server;
  };
  let tds: TdsServer = await open('required');
  let encrypted = true;

  return {
    get port() {
      return port;
    },
    image: () => engine.image(),
    cutUnadmitted: () => {
      tds.dropWhere(({ remoteAddress, localPort }) => !options.admits(remoteAddress, localPort));
    },
    setEncryption: async (required) => {
      if (required === encrypted) return;
      encrypted = required;
      await tds.close();
      tds = await open(required ? 'required' : 'off');
    },
    reset: async (controllers) => {
      tds.dropWhere(() => true);
      engine = make(undefined, controllers);
      disk.changed();
      await disk.flush();
    },
    close: async () => {
      await tds.close();
      await disk.flush();
    },
  };
}

/** Nothing but loopback, ever. ::1 where this machine has it: clients that say "localhost" may come there first. */
function loopbackAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.some(({ address }) => address === '::1') ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
}
