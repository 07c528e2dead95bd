import { createHash } from 'node:crypto';
import type { Commissioning, Controller, Controllers, Drift, Server, SessionGroup } from '#shared/snapshot.ts';
import { asleepAfterHeartbeats } from '#shared/vocabulary.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { originOf } from './network-view.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

/** Eight-kilobyte pages to megabytes. */
const pagesPerMegabyte = 128;

/** The moment before which a controller counts as asleep, by this machine's clock. */
export function asleepBefore(profile: SiteProfile, now: Date): Date {
  return new Date(now.getTime() - asleepAfterHeartbeats * profile.controllerTable.heartbeatSeconds * 1000);
}

export function serverOf({ server }: SiteStatus): Server {
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
      // An unverified server is refused before anything is sent, so a connection that stands was verified.
      certificate: server.encrypted ? 'verified' : 'not-verified',
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

/** The guards as this version of Mortise creates them: name and SHA-256 of the definition as SQL Server stores it. */
export type ExpectedGuards = ReadonlyMap<string, string>;

/** What the guards must hash to, from the batches that create them. */
export function expectedGuards(batches: readonly { readonly id: string; readonly text: string }[]): ExpectedGuards {
  const hashOf = (id: string) => definitionHash(batches.find((batch) => batch.id === id)?.text ?? '');
  return new Map([
    ['mortise_guard_membership', hashOf('40-guard-membership')],
    ['mortise_guard_identity', hashOf('41-guard-identity')],
  ]);
}

/** SHA-256 over UTF-16LE, as HASHBYTES sees an nvarchar. */
export function definitionHash(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}

const next = 'Find out who did it. Then switch commissioning mode on and off again, or prepare the site anew.';

/** What differs between what was locked and what is in force now. */
export function driftOf(status: SiteStatus, expected: ExpectedGuards): Drift[] {
  const drift: Drift[] = [];
  for (const [name, hash] of expected) {
    const guard = status.guards.find((each) => each.name === name);
    if (guard === undefined)
      drift.push({
        name: 'Guard missing',
        meaning: `The trigger ${name} is gone: nothing refuses what it refused.`,
        next,
        wayOut: null,
      });
    else if (guard.disabled)
      drift.push({
        name: 'Guard disabled',
        meaning: `The trigger ${name} is disabled: nothing refuses what it refused.`,
        next,
        wayOut: null,
      });
    else if (guard.definitionHash === '') {
      // SQL Server shows the text of a trigger to nobody once it is encrypted, or where VIEW DEFINITION is missing.
      drift.push({
        name: 'Guard unreadable',
        meaning: `The definition of the trigger ${name} cannot be read: whether it is the one that Mortise created is unknown.`,
        next: "Check the run login's right VIEW ANY DEFINITION. If it is there, the trigger was encrypted: prepare the site anew.",
        wayOut: null,
      });
    } else if (guard.definitionHash !== hash) {
      drift.push({
        name: 'Guard altered',
        meaning: `The trigger ${name} is not the one that Mortise created.`,
        next,
        wayOut: null,
      });
    }
  }
  const { state, counts, server } = status;
  if (state === undefined) {
    drift.push({
      name: 'State missing',
      meaning:
        'The row that says whether commissioning mode is on is gone; the guard refuses every added or deleted controller.',
      next: 'Prepare the site anew.',
      wayOut: null,
    });
    return drift;
  }
  if (state.state === 'on') return drift;
  if (!status.truncateStop)
    drift.push({
      name: 'Truncate stop missing',
      meaning: 'TRUNCATE TABLE would empty the controller table without a guard noticing.',
      next,
      wayOut: null,
    });
  if (state.serverName !== server.instance || (state.recoveryFork ?? '') !== (server.recoveryFork ?? '')) {
    drift.push({
      name: 'Another server',
      meaning: `The register was made on ${state.serverName}; this is ${server.instance}, or a restored copy of the database.`,
      next: 'If this hardware is meant to take over, switch commissioning mode on and off again: that registers the controllers here.',
      wayOut: null,
    });
  }
  const differing = [
    [counts.missing, 'registered and no longer in the table'],
    [counts.changed, 'in the table with another identity'],
    [counts.total - counts.bound - counts.changed, 'in the table and not registered'],
  ] as const;
  for (const [count, what] of differing) {
    if (count > 0)
      drift.push({
        name: 'Register differs',
        meaning: `${count} controller${count === 1 ? ' is' : 's are'} ${what}.`,
        next,
        wayOut: null,
      });
  }
  return drift;
}

export function commissioningOf(status: SiteStatus, expected: ExpectedGuards): Commissioning {
  if (!status.prepared) return { state: 'not-prepared' };
  const { state } = status;
  return {
    // Without its row the guard refuses, which is what "off" means for everyone but a heartbeat; the drift says why.
    state: state?.state ?? 'off',
    since: (state?.changedAt ?? status.server.time).toISOString(),
    by: state?.changedBy ?? 'nobody known',
    reason: state?.reason ?? 'The state is missing',
    until: state?.openUntil?.toISOString() ?? null,
    unreviewed: 0,
    registered: status.registered,
    drift: driftOf(status, expected),
  };
}
