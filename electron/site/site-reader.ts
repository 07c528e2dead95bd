import type { Failure } from '#shared/errors.ts';
import { known, mapReading, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { Lockdown, Notice, Progress, Snapshot } from '#shared/snapshot.ts';
import type { Consumer } from '#electron/consumers/consumer.ts';
import type { SiteDatabase } from '#electron/database/site-database.ts';
import { rightsOf } from '#electron/database/run-login/needed-rights.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import type { KeptProbe } from '#electron/firewall/kept-probe.ts';
import type { InstanceNetwork } from '#electron/instance/instance-network.ts';
import type { Actor } from '#electron/machine/actor.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { KeptValue } from '#electron/machine/kept-json.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import { loginsOf } from './logins-view.ts';
import { permissionsOf } from './permissions.ts';
import type { MeantBlock } from './secure-mode/meant-block.ts';
import { secureModeOf } from './secure-mode/secure-mode-view.ts';
import type { SiteNetwork } from './site-network.ts';
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
  readonly network: SiteNetwork;
  readonly atStart: AtStart;
  readonly instance: InstanceNetwork;
  readonly meant: KeptValue<MeantBlock>;
  readonly keptProbe: KeptValue<KeptProbe>;
  /** Why changes of the firewall are not seen at once; null while they are, or nobody watches. */
  readonly watch: () => Failure | null;
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

  /** `thorough`: a person waits for it, so that what takes long or asks for rights is read too. */
  async snapshot({ thorough = false }: { readonly thorough?: boolean } = {}): Promise<Snapshot> {
    const { profile, kind, actor, clock, network, instance, services, store } = this.#parts;
    const [answer, firewall, lockdown, openRotation, trail, notices, faults, inspected] = await Promise.all([
      this.status(),
      network.firewall.read({ thorough }),
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
    const sessions = mapReading(status, sessionsOf);
    const listeners = await network.survey(status);
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
      secureMode: secureModeOf({
        kind: network.firewall.kind,
        survey: listeners,
        firewall,
        sessions,
        canProbe: network.probe.possible,
        besides: network.besides(),
        layers: instance.layers,
        watch: this.#parts.watch(),
        ...(await this.#secureModeGround(now)),
        now,
      }),
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
      sessions,
      services: inspected,
      operation: this.#parts.operation(),
      permissions: permissionsOf(ground),
      trail,
      notices: [...notices],
      faults: [...faults],
    };
  }

  async #secureModeGround(now: Date) {
    const { meant, keptProbe, atStart, instance } = this.#parts;
    const [block, probe, layer] = await Promise.all([meant.read(), keptProbe.read(), instance.read()]);
    return {
      meant: block.ok ? known(block.value, now) : unknown(block.error, now),
      // One that cannot be read proves nothing, which is what "not probed" says.
      probe: probe.ok ? (probe.value?.answer ?? null) : null,
      instance: layer,
      atStart: await atStart.read(block.ok ? block.value : undefined),
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
