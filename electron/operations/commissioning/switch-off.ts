import { failure } from '#shared/errors.ts';
import type { Claim } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { driftOf, otherTriggersOf, refuting } from '#electron/site/drift.ts';
import type { Change, Draft } from '../change.ts';
import { driftText, verified } from '../outcome.ts';
import { counted } from '#shared/counted.ts';
import { affectedByLock, preflight } from './preflight.ts';
import { switchDraft, unsoundGuard } from './switching.ts';
import type { CommissioningParts } from './switching.ts';

/**
 * Switches commissioning mode off: registers the controllers and closes the guard, in one transaction. While a rehearsal
 * runs, it keeps the lock.
 */
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
    const { database, controllerTable, expectedModules } = this.#parts;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    if (!status.prepared && options.notPreparedYet !== true) return failed(failure('not-prepared'));
    if (status.state?.state === 'off') return failed(failure('already-so', { what: 'commissioning mode is off' }));
    const unguarded = unsoundGuard(status, expectedModules);
    if (unguarded !== undefined) return failed(failure('not-allowed', { why: unguarded }));
    const { server, counts } = status;
    const controllers = counted(counts.total, 'controller', 'controllers');
    const rehearsed = status.state?.state === 'rehearsing';
    return succeed(
      switchDraft(this.#parts, status, {
        title: rehearsed ? 'Keep commissioning mode off' : 'Switch commissioning mode off',
        summary: rehearsed
          ? `Keeps the rehearsed lock and registers ${controllers}: no controller can be added or deleted until commissioning mode is switched on.`
          : `Registers ${controllers} and locks the controller table: no controller can be added or deleted until commissioning mode is switched on again.`,
        step: 'Register the controllers and close the guard, in one transaction',
        what: 'commissioning-off',
        values: {},
        reason: input.reason,
        affected: [
          ...affectedByLock(controllerTable),
          { who: controllers, how: 'Registered with this server. Heartbeats and other changes go on.' },
        ],
        warnings: preflight(status),
        takeBack: { possible: true, how: 'Switch commissioning mode on again, with a reason.' },
        consent: null,
        rests: { ...counts, asleep: 0 },
        send: async (request) =>
          await database.commissioningOff({
            ...request,
            server: { name: server.instance, recoveryFork: server.recoveryFork },
            otherTriggers: otherTriggersOf(status),
          }),
        proof: (after) => this.#proof(after),
        done: {
          title: 'Commissioning mode is off',
          summary: 'The controllers are registered; changes are refused by this database.',
        },
      }),
    );
  }

  /** Reads everything back that "off" stands on; `proof-failed` names what is not in place. */
  async proofOfOff(): Promise<Result<Claim[]>> {
    const after = await this.#parts.status();
    return after.ok ? this.#proof(after.value) : after;
  }

  #proof(after: SiteStatus): Result<Claim[]> {
    const { clock, expectedModules } = this.#parts;
    const { state, counts } = after;
    if (state?.state !== 'off')
      return failed(failure('proof-failed', { what: 'commissioning mode does not read back as off' }));
    // What the screen would show as drift refutes it: a guard that is another one, a register that does not fit.
    const drift = refuting(driftOf(after, expectedModules));
    if (drift.length > 0) return failed(failure('proof-failed', { what: driftText(drift) }));
    return succeed([
      verified('Commissioning mode is off', 'State read back from the database', clock),
      verified(
        `${counts.bound} of ${counts.total} controllers are in the register`,
        'Register compared with the controller table',
        clock,
      ),
      verified(
        expectedModules.has('mortise_guard_identity')
          ? 'Both guards are the ones that Mortise created, enabled, and the truncate stop is in place'
          : 'The guard of added and deleted controllers is the one that Mortise created, enabled, and the truncate stop is in place',
        'Read back from sys.triggers, their definitions and sys.foreign_keys',
        clock,
      ),
    ]);
  }
}
