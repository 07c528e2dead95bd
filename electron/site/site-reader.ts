import { known, mapReading, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Lockdown, Notice, Progress, Snapshot } from '#shared/snapshot.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { SiteDatabase } from '#electron/database/site-database.ts';
import { rightsOf } from '#electron/database/run-login/needed-rights.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { RememberedProbe } from '#electron/firewall/remembered-probe.ts';
import type { Actor } from '#electron/machine/actor.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import { loginsOf } from './logins-view.ts';
import { listenersOf } from './network-view.ts';
import { permissionsOf } from './permissions.ts';
import { secureModeOf } from './secure-mode-view.ts';
import { addressText } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { asleepBefore, commissioningOf, controllersOf, serverOf, sessionsOf } from './status-view.ts';
import type { ExpectedModules } from './drift.ts';

export interface SiteReaderParts {
  readonly profile: SiteProfile;
  readonly kind: 'training' | 'real';
  /** Its name in the library; null where it is not from there. */
  readonly siteId: string | null;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly database: SiteDatabase;
  readonly network: RememberedProbe;
  readonly services: Services;
  readonly store: SecretStore;
  readonly consumers: readonly Consumer[];
  readonly expectedModules: ExpectedModules;
  readonly isPublishedDefault: (login: string, secret: Secret) => boolean;
  readonly lockdown: () => Promise<Lockdown>;
  readonly openRotation: () => Promise<Snapshot['openRotation']>;
  readonly operation: () => Progress | null;
  readonly trail: () => Promise<Snapshot['trail']>;
  readonly notices: () => Promise<readonly Notice[]>;
  readonly faults: () => Promise<readonly string[]>;
}

/** Builds the one snapshot that every screen shows. What cannot be read stands in it as unknown, with the cause. */
export class SiteReader {
  readonly #parts: SiteReaderParts;
  #sequence = 0;

  constructor(parts: SiteReaderParts) {
    this.#parts = parts;
  }

  /** The site's database, read now, in one round trip. */
  async status(): Promise<Result<SiteStatus>> {
    const { database, profile, clock } = this.#parts;
    return await database.status(asleepBefore(profile, clock.now()));
  }

  async snapshot(): Promise<Snapshot> {
    const { profile, kind, actor, clock, network, services, store } = this.#parts;
    const [answer, firewall, lockdown, openRotation, trail, notices, faults, inspected] = await Promise.all([
      this.status(),
      network.firewall.read(),
      this.#parts.lockdown(),
      this.#parts.openRotation(),
      this.#parts.trail(),
      this.#parts.notices(),
      this.#parts.faults(),
      Promise.all(
        profile.services.map(async ({ name }) => ({
          name,
          state: mapReading(await services.inspect(name), ({ state }) => state),
        })),
      ),
    ]);
    const now = clock.now();
    const status: Reading<SiteStatus> = answer.ok ? known(answer.value, now) : unknown(answer.error, now);
    const listeners = mapReading(status, (value) => [...listenersOf(value)]);
    const { endpoint, controllerTable: table } = profile;
    const ground = {
      site: {
        id: this.#parts.siteId,
        name: profile.name,
        kind,
        endpoint: addressText(endpoint),
        database: endpoint.database,
        controllerTable: `${table.schema}.${table.table}`,
      },
      commissioning: mapReading(status, (value) => commissioningOf(value, this.#parts.expectedModules)),
      secureMode: secureModeOf(firewall, listeners, network.last()),
      logins: await this.#logins(status, now),
      lockdown,
      openRotation,
    };
    this.#sequence += 1;
    return {
      ...ground,
      sequence: this.#sequence,
      takenAt: now.toISOString(),
      actor: { account: actor.account, elevated: actor.elevated },
      secretStore: { kind: store.kind, sentence: store.sentence },
      server: mapReading(status, (value) => serverOf(value, profile)),
      controllers: mapReading(status, (value) => controllersOf(value, profile, now)),
      listeners,
      rights: await this.#rights(status, now),
      sessions: mapReading(status, sessionsOf),
      services: inspected,
      operation: this.#parts.operation(),
      permissions: permissionsOf(ground),
      trail,
      notices: [...notices],
      faults: [...faults],
    };
  }

  /** In the same round trip; where the rest cannot be read, perhaps for want of a right, by themselves. */
  async #rights(status: Reading<SiteStatus>, now: Date): Promise<Snapshot['rights']> {
    const { profile, database } = this.#parts;
    if (status.state === 'known') return known(rightsOf(status.value.runRights, profile), now);
    const { code } = status.cause;
    if (code !== 'no-right' && code !== 'statement-failed') return status;
    const held = await database.rights();
    return held.ok ? known(rightsOf(held.value, profile), now) : unknown(held.error, now);
  }

  async #logins(status: Reading<SiteStatus>, now: Date): Promise<Snapshot['logins']> {
    if (status.state === 'unknown') return status;
    const { profile, consumers, store, isPublishedDefault } = this.#parts;
    return known(await loginsOf(status.value, { profile, consumers, store, isPublishedDefault, now }), now);
  }
}
