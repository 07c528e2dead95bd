import { readFile } from 'node:fs/promises';
import { openControlServer } from '../control/control-server.ts';
import { asleepPositions } from '../engine/training-rows.ts';
import type { Launcher } from '../launcher.ts';
import { serviceName } from '../practice-logins.ts';
import { firstConfig, withPort } from '../service/service-config.ts';
import type { SteadyClient } from '../service/steady-client.ts';
import { createAccessControlService } from './access-control-service.ts';
import type { AccessControlService } from './access-control-service.ts';
import { controlHandlers } from './control-handlers.ts';
import { replaceFile } from './durable-file.ts';
import type { EngineMaker } from './engine.ts';
import { createFaultSwitches } from './fault-switches.ts';
import type { FaultSwitches } from './fault-switches.ts';
import { firstMachine, openMachineState } from './machine-state.ts';
import type { MachineState } from './machine-state.ts';
import { startRemoteWorkstation } from './remote-workstation.ts';
import { siteCertificate } from './server-certificate.ts';
import { createSimulatedFirewall } from './simulated-firewall.ts';
import type { SimulatedFirewall } from './simulated-firewall.ts';
import { startSimulatedServer } from './simulated-server.ts';
import type { SimulatedServer } from './simulated-server.ts';
import {
  controlAddress,
  openSiteFolder,
  removeAttachment,
  removeControlAddress,
  removeDrafts,
  writeAttachment,
} from './site-folder.ts';
import type { SiteFolder } from './site-folder.ts';
import { takeSiteLock } from './site-lock.ts';
import { createTrainingKeychain } from './training-keychain.ts';
import type { TrainingKeychain } from './training-keychain.ts';

export interface SiteOptions {
  readonly folder: string;
  /** Undefined: the one it had last, or a free one. */
  readonly port: number | undefined;
  /** For a new site. */
  readonly controllers: number;
  readonly serviceLauncher: Launcher;
  readonly makeEngine: EngineMaker;
  readonly onAttachedChange: (attached: number) => void;
  readonly onTrouble: (problem: unknown) => void;
}

/** The parts of a running site. */
export interface SiteParts {
  readonly folder: SiteFolder;
  readonly ca: string;
  readonly machine: MachineState;
  readonly server: SimulatedServer;
  readonly firewall: SimulatedFirewall;
  readonly service: AccessControlService;
  readonly keychain: TrainingKeychain;
  readonly faults: FaultSwitches;
  readonly workstation: SteadyClient;
  image(): Promise<string>;
  reset(controllers: number | undefined): Promise<void>;
}

export interface Site {
  readonly folder: SiteFolder;
  readonly port: number;
  /** Shuts the simulated machine down; back when its disk holds everything. */
  end(): Promise<void>;
}

export type SiteStart =
  | { readonly outcome: 'started'; readonly site: Site }
  /** Another process serves this folder. */
  | { readonly outcome: 'served' }
  | { readonly outcome: 'port-taken'; readonly port: number };

/** How long the service gets to stop when the machine shuts down or is reset, in milliseconds. */
const shutdownLimit = 5000;
const bootLimit = 15_000;

/** Starts the simulated machine: server, firewall, keychain, service, and the workstation that is not part of it. */
export async function startSite(options: SiteOptions): Promise<SiteStart> {
  const folder = await openSiteFolder(options.folder);
  const lock = await takeSiteLock(folder);
  if (lock === undefined) return { outcome: 'served' };
  await removeDrafts(folder);

  const machine = await openMachineState(folder.machine, firstMachine(options.controllers));
  const faults = createFaultSwitches();
  const certificate = await siteCertificate(folder);
  const admits = (address: string, port: number) => firewall.admits(address, port);
  const firewall = createSimulatedFirewall({ machine, faults, cut: () => server.cutUnadmitted() });
  const started = await startOnPort(options, machine, (port) =>
    startSimulatedServer(
      {
        path: folder.server,
        makeEngine: options.makeEngine,
        controllers: machine.now().controllers,
        certificate,
        faults,
        admits,
        onTrouble: options.onTrouble,
      },
      port,
    ),
  );
  if (typeof started === 'number') {
    await lock.release();
    return { outcome: 'port-taken', port: started };
  }
  const server = started;
  await settleConfig(folder, machine.now().port, server.port);
  await machine.change(() => ({ port: server.port }));

  const keychain = createTrainingKeychain(machine, faults);
  const service = createAccessControlService({
    launcher: options.serviceLauncher,
    files: folder,
    asleep: asleepPositions,
    faults,
  });
  const workstation = startRemoteWorkstation(() => server.port, certificate.ca);
  const boot = async () => {
    const begun = await service.start(bootLimit);
    if (!begun.ok) options.onTrouble(begun.error.sentence);
  };

  const parts: SiteParts = {
    folder,
    ca: certificate.ca,
    machine,
    server,
    firewall,
    service,
    keychain,
    faults,
    workstation,
    image: async () => {
      // A service that is just starting is on its way to the same site as one that runs.
      await service.settled(bootLimit);
      const { state } = service.inspect();
      return JSON.stringify({
        config: await readFile(folder.config, 'base64'),
        firewall: (await firewall.read()).rules,
        server: JSON.parse(server.image()) as unknown,
        services: { [serviceName]: state === 'starting' ? 'running' : state },
      });
    },
    reset: async (controllers = machine.now().controllers) => {
      faults.allOff();
      await service.stop(shutdownLimit);
      await server.setEncryption(true);
      await machine.change(() => ({ ...firstMachine(controllers), port: server.port }));
      await replaceFile(folder.config, firstConfig(server.port));
      await server.reset(controllers);
      await boot();
    },
  };

  const control = controlAddress(folder);
  const channel = await openControlServer({
    address: control,
    handlers: controlHandlers(parts),
    onAttachedChange: options.onAttachedChange,
    onDefect: (id, defect) => options.onTrouble(`${id}: ${defect instanceof Error ? defect.stack : String(defect)}`),
  });
  await writeAttachment(folder, { version: 1, processId: process.pid, port: server.port, control });
  if (machine.now().serviceRuns) void boot();

  const end = async () => {
    await channel.close();
    // A service that heeds no stop ends with its machine all the same.
    faults.allOff();
    await Promise.all([workstation.stop(), service.stop(shutdownLimit)]);
    await server.close();
    await removeAttachment(folder);
    await removeControlAddress(folder, control);
    await lock.release();
  };
  return { outcome: 'started', site: { folder, port: server.port, end } };
}

/**
 * The port that was asked for, or none. Left to the site: the port it had last, so that what has been configured for it
 * goes on working; if another program has taken that meanwhile, a free one. Answers the port that was taken, if so.
 */
async function startOnPort(
  options: SiteOptions,
  machine: MachineState,
  start: (port: number) => Promise<SimulatedServer>,
): Promise<SimulatedServer | number> {
  const last = machine.now().port;
  const wanted = options.port ?? last ?? 0;
  try {
    return await start(wanted);
  } catch (problem) {
    const code = (problem as NodeJS.ErrnoException).code;
    // EACCES: Windows keeps ranges of ports for itself.
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw problem;
    return options.port === undefined && wanted !== 0 ? start(0) : wanted;
  }
}

/** Writes the service's first configuration, or lets the kept one follow the server to its port. */
async function settleConfig(folder: SiteFolder, before: number | null, port: number): Promise<void> {
  let kept: string;
  try {
    kept = await readFile(folder.config, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
    await replaceFile(folder.config, firstConfig(port));
    return;
  }
  if (before !== null && before !== port) await replaceFile(folder.config, withPort(kept, before, port));
}
