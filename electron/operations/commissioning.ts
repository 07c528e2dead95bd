import { failure } from '#shared/errors.ts';
import type { Affected, Claim } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Actor } from '#electron/machine/actor.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { SiteDatabase } from '#electron/database/site-database.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { driftOf } from '#electron/site/status-view.ts';
import type { ExpectedGuards } from '#electron/site/status-view.ts';
import type { Change, Draft } from './change.ts';
import { driftText, outcomeOf, verified } from './outcome.ts';

export interface CommissioningParts {
  readonly database: SiteDatabase;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly controllerTable: string;
  /** What the guards must be for a proof to hold. */
  readonly expectedGuards: ExpectedGuards;
}

const step = 'switch';
const version = (status: SiteStatus) =>
  status.state === undefined ? '' : Buffer.from(status.state.version).toString('hex');

function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/** What the preflight found, in sentences that a person weighs before the site is locked. */
function preflight(status: SiteStatus): string[] {
  const { counts } = status;
  const warnings: string[] = [];
  if (counts.total === 0)
    warnings.push('The controller table is empty: the site would be locked without a single controller.');
  if (counts.asleep > 0) {
    warnings.push(
      `${counted(counts.asleep, 'controller is', 'controllers are')} asleep (nothing heard for longer than 2.5 heartbeats). Asleep is not missing: each is registered like the others.`,
    );
  }
  if (counts.unsupported > 0) {
    warnings.push(
      `${counted(counts.unsupported, 'controller is', 'controllers are')} of a model that the next version drops. Replace it before the site is upgraded; replacing it needs commissioning mode.`,
    );
  }
  if (status.registered > 0 && counts.missing > 0) {
    warnings.push(
      `${counted(counts.missing, 'controller of the last register is', 'controllers of the last register are')} no longer in the table and will not be in the new register.`,
    );
  }
  return warnings;
}

function affectedBySwitchingOff(status: SiteStatus, controllerTable: string): Affected[] {
  const { counts } = status;
  return [
    {
      who: `Every client, service and script, whoever it logs in as`,
      how: `The database refuses an added, deleted or re-keyed row in ${controllerTable}, and undoes the whole transaction that tried.`,
    },
    {
      who: counted(counts.total, 'controller', 'controllers'),
      how: 'Registered with this server. Heartbeats and other changes go on.',
    },
    {
      who: 'A sysadmin or the owner of the database',
      how: 'Can disable the guard. That is not prevented; it is detected and named as drift.',
    },
  ];
}

/** Why "off" would not be enforced here; undefined where both guards are the ones that Mortise created. */
function unsoundGuards(status: SiteStatus, expected: ExpectedGuards): string | undefined {
  const guard = status.prepared ? driftOf(status, expected).find(({ name }) => name.startsWith('Guard')) : undefined;
  return (
    guard &&
    `${guard.meaning} "Off" would not be enforced: remove Mortise from this database and prepare it anew first (Database tab).`
  );
}

/** Switches commissioning mode off: registers the controllers and closes the guard, in one transaction. */
export class SwitchCommissioningOff implements Change<{ readonly reason: string }> {
  readonly #parts: CommissioningParts;

  constructor(parts: CommissioningParts) {
    this.#parts = parts;
  }

  /** `notPreparedYet`: the guided lockdown shows this plan before it prepares the site. */
  async plan(
    input: { readonly reason: string },
    options: { readonly notPreparedYet?: boolean } = {},
  ): Promise<Result<Draft>> {
    const { database, controllerTable, clock } = this.#parts;
    const status = await this.#parts.status();
    if (!status.ok) return status;
    if (!status.value.prepared && options.notPreparedYet !== true) return failed(failure('not-prepared'));
    if (status.value.state?.state === 'off')
      return failed(failure('already-so', { what: 'commissioning mode is off' }));
    const unguarded = unsoundGuards(status.value, this.#parts.expectedGuards);
    if (unguarded !== undefined) return failed(failure('not-allowed', { why: unguarded }));
    return succeed({
      body: {
        title: 'Switch commissioning mode off',
        summary: `Registers ${counted(status.value.counts.total, 'controller', 'controllers')} and locks the controller table: no controller can be added or deleted until commissioning mode is switched on again.`,
        steps: [
          {
            id: step,
            title: 'Register the controllers and close the guard, in one transaction',
            changes: [
              {
                kind: 'tsql',
                where: status.value.server.database,
                as: status.value.server.login,
                text: database.switching('off', { actor: this.#parts.actor.account, reason: input.reason }).trimEnd(),
              },
            ],
          },
        ],
        affected: affectedBySwitchingOff(status.value, controllerTable),
        warnings: preflight(status.value),
        takeBack: { possible: true, how: 'Switch commissioning mode on again, with a reason.' },
        consent: null,
      },
      rests: JSON.stringify({ version: version(status.value), counts: { ...status.value.counts, asleep: 0 } }),
      apply: async (run) => {
        run.mark(step, 'running');
        const { state, server } = status.value;
        if (state === undefined) return failed(failure('not-prepared'));
        const done = await database.commissioningOff({
          actor: this.#parts.actor.account,
          reason: input.reason,
          expectedVersion: state.version,
          server: { name: server.instance, recoveryFork: server.recoveryFork },
        });
        if (!done.ok && done.error.code !== 'connection-lost') return done;
        const claims = await this.proofOfOff();
        // A lost answer is settled by reading: "off" means that it took effect, anything else that it did not.
        if (!claims.ok) return done.ok ? claims : done;
        run.mark(step, 'done');
        return succeed(
          outcomeOf(
            'Commissioning mode is off',
            'The controllers are registered; changes are refused by this database.',
            claims.value,
            clock,
          ),
        );
      },
    });
  }

  /** Reads everything back that "off" stands on; `proof-failed` names what is not in place. */
  async proofOfOff(): Promise<Result<Claim[]>> {
    const { clock, expectedGuards } = this.#parts;
    const after = await this.#parts.status();
    if (!after.ok) return after;
    const { state, counts } = after.value;
    if (state?.state !== 'off')
      return failed(failure('proof-failed', { what: 'commissioning mode does not read back as off' }));
    // What the screen would show as drift refutes it: a guard that is another one, a register that does not fit.
    const drift = driftOf(after.value, expectedGuards);
    if (drift.length > 0) return failed(failure('proof-failed', { what: driftText(drift) }));
    return succeed([
      verified('Commissioning mode is off', 'State read back from the database', clock),
      verified(
        `${counts.bound} of ${counts.total} controllers are in the register`,
        'Register compared with the controller table',
        clock,
      ),
      verified(
        'Both guards are the ones that Mortise created, enabled, and the truncate stop is in place',
        'Read back from sys.triggers, their definitions and sys.foreign_keys',
        clock,
      ),
    ]);
  }
}

/** Switches commissioning mode on, with a reason and optionally until a time kept by the server's own clock. */
export class SwitchCommissioningOn implements Change<{ readonly reason: string; readonly openUntil: string | null }> {
  readonly #parts: CommissioningParts;

  constructor(parts: CommissioningParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly reason: string; readonly openUntil: string | null }): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const status = await this.#parts.status();
    if (!status.ok) return status;
    if (!status.value.prepared || status.value.state === undefined) return failed(failure('not-prepared'));
    if (status.value.state.state === 'on') return failed(failure('already-so', { what: 'commissioning mode is on' }));
    const until = input.openUntil === null ? null : new Date(input.openUntil);
    if (until !== null && until <= status.value.server.time) {
      return failed(
        failure('not-allowed', { why: "The time until which it stays on is in the past by the server's clock." }),
      );
    }
    const expectedVersion = status.value.state.version;
    const span =
      until === null
        ? 'until somebody switches it off'
        : `until ${until.toISOString()} by the server's clock, then it locks again by itself`;
    return succeed({
      body: {
        title: 'Switch commissioning mode on',
        summary: `Controllers can be added and deleted by every program, ${span}.`,
        steps: [
          {
            id: step,
            title: 'Open the guard, in one transaction',
            changes: [
              {
                kind: 'tsql',
                where: status.value.server.database,
                as: status.value.server.login,
                text: database
                  .switching('on', {
                    actor: this.#parts.actor.account,
                    reason: input.reason,
                    open_until: input.openUntil,
                  })
                  .trimEnd(),
              },
            ],
          },
        ],
        affected: [{ who: 'Every client, service and script', how: 'May add, delete and re-key controllers again.' }],
        warnings: [],
        takeBack: {
          possible: true,
          how: 'Switch commissioning mode off again; what changed in between is shown then.',
        },
        consent: `Let every program add and delete controllers at this site, ${span}?`,
      },
      rests: JSON.stringify({ version: version(status.value) }),
      apply: async (run) => {
        run.mark(step, 'running');
        const done = await database.commissioningOn({
          actor: this.#parts.actor.account,
          reason: input.reason,
          expectedVersion,
          openUntil: until,
        });
        if (!done.ok && done.error.code !== 'connection-lost') return done;
        const after = await this.#parts.status();
        if (!after.ok) return after;
        if (after.value.state?.state !== 'on')
          return done.ok
            ? failed(failure('proof-failed', { what: 'commissioning mode does not read back as on' }))
            : done;
        run.mark(step, 'done');
        return succeed(
          outcomeOf(
            'Commissioning mode is on',
            `Controllers can be added and deleted, ${span}.`,
            [verified('Commissioning mode is on', 'State read back from the database', clock)],
            clock,
          ),
        );
      },
    });
  }
}
