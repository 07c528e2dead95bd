import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { differences, otherTriggersOf, renewable } from '#electron/site/drift.ts';
import type { Change, Draft } from '../change.ts';
import { verified } from '../outcome.ts';
import { counted } from '#shared/counted.ts';
import { changesSinceRegister } from './preflight.ts';
import { switchDraft } from './switching.ts';
import type { CommissioningParts } from './switching.ts';

/** Registers the controllers as they are now while commissioning mode stays off: accepts what went past the guard. */
export class RenewRegister implements Change<{ readonly reason: string }> {
  readonly #parts: CommissioningParts;

  constructor(parts: CommissioningParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly reason: string }): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    if (!status.prepared || status.state === undefined) return failed(failure('not-prepared'));
    const { counts } = status;
    const found = renewable(status);
    if (found.length === 0) return failed(failure('already-so', { what: 'every controller is as it is registered' }));
    return succeed(
      switchDraft(this.#parts, status, {
        title: 'Renew the register',
        summary: `Registers ${counted(counts.total, 'controller', 'controllers')} as they are now. Commissioning mode stays off.`,
        step: 'Register the controllers anew, in one transaction',
        what: 'renew-register',
        values: {},
        reason: input.reason,
        affected: [
          {
            who: 'Whoever compares later',
            how: 'No longer sees these differences. They stay in the trail, and that the register was renewed in the history.',
          },
        ],
        warnings: [
          ...found.filter(({ name }) => name !== 'Register differs').map(({ meaning }) => meaning),
          ...changesSinceRegister(status),
        ],
        takeBack: { possible: false, why: 'The former register is replaced; its differences are in the trail.' },
        consent: `Accept the controllers as they are now, with ${counted(differences(status), 'difference', 'differences')} from the register?`,
        rests: { ...counts, asleep: 0, found: found.map(({ meaning }) => meaning) },
        send: async (request) => await database.renewRegister({ ...request, otherTriggers: otherTriggersOf(status) }),
        proof: (after) =>
          after.state !== undefined && renewable(after).length === 0
            ? succeed([
                verified(
                  `${after.counts.bound} of ${after.counts.total} controllers are in the register`,
                  'Register compared with the controller table',
                  clock,
                ),
              ])
            : failed(failure('proof-failed', { what: 'the register still differs from the controller table' })),
        done: { title: 'The register was renewed', summary: 'The controllers are registered as they are now.' },
      }),
    );
  }
}
