import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { driftOf, refuting } from '#electron/site/drift.ts';
import type { Change, Draft } from '../change.ts';
import { driftText, verified } from '../outcome.ts';
import { counted } from '#shared/counted.ts';
import { affectedByLock, preflight } from './preflight.ts';
import { switchDraft, unsoundGuard } from './switching.ts';
import type { CommissioningParts } from './switching.ts';

/**
 * Locks for some minutes, so that the vendor's software is used against the lock before it stays. The server's own clock
 * takes it back, also when Mortise is closed.
 */
export class RehearseLock implements Change<{ readonly reason: string; readonly minutes: number }> {
  readonly #parts: CommissioningParts;

  constructor(parts: CommissioningParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly reason: string; readonly minutes: number }): Promise<Result<Draft>> {
    const { database, controllerTable, clock, expectedModules } = this.#parts;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    if (!status.prepared || status.state === undefined) return failed(failure('not-prepared'));
    if (status.state.state === 'off' || status.state.state === 'rehearsing')
      return failed(failure('already-so', { what: 'the controller table is locked' }));
    const unguarded = unsoundGuard(status, expectedModules);
    if (unguarded !== undefined) return failed(failure('not-allowed', { why: unguarded }));
    const minutes = counted(input.minutes, 'minute', 'minutes');
    return succeed(
      switchDraft(this.#parts, status, {
        title: 'Rehearse the lock',
        summary: `Locks the controller table for ${minutes}, then opens it again by itself. Use the vendor's software meanwhile: what it cannot do now, it could not do at a locked site.`,
        step: "Close the guard for a trial, kept by the server's clock",
        what: 'rehearse',
        values: { minutes: String(input.minutes) },
        reason: input.reason,
        affected: affectedByLock(controllerTable),
        warnings: preflight(status),
        takeBack: {
          possible: true,
          how: `By itself after ${minutes}, or at once by ending the rehearsal, which also lets TRUNCATE pass again. Switching commissioning mode off keeps the lock.`,
        },
        consent: null,
        send: async (request) => await database.rehearse({ ...request, minutes: input.minutes }),
        proof: (after) => {
          if (after.state?.state !== 'rehearsing' || after.state.lockedUntil === null)
            return failed(failure('proof-failed', { what: 'the rehearsal does not read back' }));
          const drift = refuting(driftOf(after, expectedModules));
          if (drift.length > 0) return failed(failure('proof-failed', { what: driftText(drift) }));
          return succeed([
            verified(
              `The controller table is locked until ${after.state.lockedUntil.toISOString()} by the server's clock`,
              'State read back from the database',
              clock,
            ),
            verified(
              'The guard is the one that Mortise created, and the truncate stop is in place',
              'Read back from sys.triggers, their definitions and sys.foreign_keys',
              clock,
            ),
          ]);
        },
        done: {
          title: 'The lock is rehearsed',
          summary: `Changes are refused by this database for ${minutes}; then it opens again by itself.`,
        },
      }),
    );
  }
}
