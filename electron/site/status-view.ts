import type { Commissioning, Controller, Controllers, Server, SessionGroup } from '#shared/snapshot.ts';
import { asleepAfterHeartbeats } from '#shared/vocabulary.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { differences, driftOf } from './drift.ts';
import type { ExpectedModules } from './drift.ts';
import { originOf } from './network-view.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

/** Eight-kilobyte pages to megabytes. */
const pagesPerMegabyte = 128;

/** The moment before which a controller counts as asleep, by this machine's clock. */
export function asleepBefore(profile: SiteProfile, now: Date): Date {
  return new Date(now.getTime() - asleepAfterHeartbeats * profile.controllerTable.heartbeatSeconds * 1000);
}

/** What the connection's certificate was judged by; a server that fails it is refused before anything is sent. */
const judged = { ca: 'verified', pinned: 'pinned', 'loopback-unverified': 'not-verified' } as const;

export function serverOf({ server }: SiteStatus, { endpoint }: Pick<SiteProfile, 'endpoint'>): Server {
  return {
    machine: server.machine,
    instance: server.instance,
    version: server.version,
    edition: server.edition,
    serverTime: server.time.toISOString(),
    database: server.database,
    sizeMegabytes: Math.round((server.sizePages / pagesPerMegabyte) * 10) / 10,
    lastBackup: server.lastBackup?.toISOString() ?? null,
    accessMode: server.accessMode,
    connection: {
      login: server.login,
      encrypted: server.encrypted,
      // A server that says the connection is in clear has something else in between that ended the encryption.
      certificate: server.encrypted ? judged[endpoint.trust.kind] : 'not-verified',
      transport: server.transport,
    },
  };
}

export function sessionsOf(status: SiteStatus): SessionGroup[] {
  return status.sessions.map((session) => ({
    login: session.login,
    program: session.program,
    host: session.host,
    address: session.address,
    transport: session.transport,
    sessions: session.sessions,
    origin: originOf(session),
  }));
}

export function controllersOf(status: SiteStatus, profile: SiteProfile, now: Date): Controllers {
  const before = asleepBefore(profile, now);
  const unsupported = new Set(profile.controllerTable.unsupportedModels);
  // Without a register nothing can be new.
  const registered = status.registered > 0;
  const { counts } = status;
  return {
    total: counts.total,
    bound: counts.bound,
    new: registered ? counts.total - counts.bound - counts.changed : 0,
    changed: counts.changed,
    missing: counts.missing,
    asleep: counts.asleep,
    unsupported: counts.unsupported,
    listed: status.controllers.map((controller): Controller => {
      const { lastSeen, state } = controller;
      return {
        key: controller.key,
        serial: controller.serial,
        name: controller.name,
        address: controller.address,
        model: controller.model,
        lastSeen: lastSeen?.toISOString() ?? null,
        state: registered ? state : 'unregistered',
        asleep: state !== 'missing' && (lastSeen === null || lastSeen < before),
        supported: !unsupported.has(controller.model),
      };
    }),
  };
}

/** The names of what of Mortise is in a database, whole or not. */
export function leftovers({ guards, objects, own }: SiteStatus): string[] {
  return [
    ...(own.schema ? ['the schema mortise'] : []),
    ...(own.agent ? ['the user mortise_agent'] : []),
    ...guards.map(({ name }) => name).filter((name) => name.startsWith('mortise_guard_')),
    ...objects.map(({ name }) => `mortise.${name}`),
  ];
}

export function commissioningOf(status: SiteStatus, expected: ExpectedModules): Commissioning {
  if (!status.prepared) {
    const found = leftovers(status);
    return found.length === 0 ? { state: 'not-prepared' } : { state: 'half-prepared', found };
  }
  const { state } = status;
  const until =
    state?.state === 'rehearsing' || state?.state === 'rehearsal-over' ? state.lockedUntil : state?.openUntil;
  return {
    // Without its row the guard refuses, which is what "off" means for everyone but a heartbeat; the drift says why.
    state: state?.state ?? 'off',
    since: (state?.changedAt ?? status.server.time).toISOString(),
    by: state?.changedBy ?? 'nobody known',
    reason: state?.reason ?? 'The state is missing',
    until: until?.toISOString() ?? null,
    registered: status.registered,
    unreviewed: state?.state === 'locked-by-time' && status.registered > 0 ? differences(status) : 0,
    drift: driftOf(status, expected),
  };
}
