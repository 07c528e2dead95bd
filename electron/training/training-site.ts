import { Secret } from '#shared/secret.ts';
import type { Failure } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import type { Firewall, OutsideProbe } from '#electron/firewall/firewall.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import type { ResultOf } from './control/control.ts';
import type { ControlClient } from './control/control-client.ts';
import { done } from './control/done.ts';
import type { FaultSetting, FaultState } from './faults.ts';
import { serviceName } from './practice-logins.ts';
import { trainingFirewall } from './training-firewall.ts';
import { trainingOutsideProbe } from './training-outside-probe.ts';
import { trainingSecretStore } from './training-secret-store.ts';
import { trainingServices } from './training-services.ts';

/** How to reach the site's SQL Server and what lies where. */
export interface TrainingSiteFacts {
  readonly host: string;
  readonly port: number;
  /** The private CA that signed the server's certificate, PEM. */
  readonly ca: string;
  readonly database: string;
  readonly folder: string;
  /** The service that logs in to the database, and the file from which it reads its connection string. */
  readonly serviceName: string;
  readonly configPath: string;
  /** Of the site's own process. */
  readonly processId: number;
  /** An administrator's login, lent for preparing the site. */
  readonly setup: { readonly login: string; readonly secret: Secret };
}

/** The training site, as one Mortise is attached to it. Every part answers `training-site-stopped` once it is gone. */
export interface TrainingSite {
  readonly facts: TrainingSiteFacts;
  readonly firewall: Firewall;
  readonly services: Services;
  readonly secretStore: SecretStore;
  readonly outsideProbe: OutsideProbe;
  readonly faults: TrainingFaults;
  /** Whether the remote workstation has its session now. */
  workstationConnected(): Promise<Result<boolean>>;
  /** Everything that makes up the site, as one canonical text: two sites that mean the same have the same image. */
  image(): Promise<Result<string>>;
  /** Everything as on the first day. Cuts every session. */
  reset(controllers?: number): Promise<Result<undefined>>;
  /** Settles when the site's process has gone although nobody closed this. */
  readonly stopped: Promise<Failure>;
  /** Lets go of the site; without anyone attached it ends after its grace. */
  close(): Promise<void>;
}

/** The bad days that can be practised. */
export interface TrainingFaults {
  list(): Promise<Result<readonly FaultState[]>>;
  /** `bad-request` for a pattern that is no regular expression. */
  set(setting: FaultSetting): Promise<Result<undefined>>;
}

/** A reset restarts the service and writes a new disk; a large site takes its time. In milliseconds. */
const resetLimit = 120_000;

export function attachedSite(client: ControlClient, info: ResultOf<'info'>): TrainingSite {
  return {
    facts: {
      host: info.host,
      port: info.port,
      ca: info.ca,
      database: info.database,
      folder: info.folder,
      serviceName,
      configPath: info.configPath,
      processId: info.processId,
      setup: { login: info.setup.login, secret: new Secret(info.setup.password) },
    },
    firewall: trainingFirewall(client),
    services: trainingServices(client),
    secretStore: trainingSecretStore(client),
    outsideProbe: trainingOutsideProbe(client),
    faults: {
      list: () => client.call('faults.list', {}),
      set: async (setting) => done(await client.call('faults.set', { ...setting })),
    },
    workstationConnected: async () => {
      const answer = await client.call('info', {});
      return answer.ok ? { ok: true, value: answer.value.workstationConnected } : answer;
    },
    image: () => client.call('image', {}),
    reset: async (controllers) =>
      done(await client.call('reset', controllers === undefined ? {} : { controllers }, resetLimit)),
    stopped: client.lost,
    close: () => client.close(),
  };
}
