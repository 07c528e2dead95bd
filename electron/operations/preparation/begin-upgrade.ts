import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Change, Draft } from '../change.ts';
import { verified } from '../outcome.ts';
import type { SetupInput } from '../setup.ts';
import { notProved, setupDraft } from './by-setup.ts';
import type { PreparationParts } from './by-setup.ts';

/** Takes guard and truncate stop down, so that the vendor's upgrade can rebuild its tables; state and register stay. */
export class BeginUpgrade implements Change<{ readonly setup: SetupInput; readonly reason: string }> {
  readonly #parts: PreparationParts;

  constructor(parts: PreparationParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly setup: SetupInput; readonly reason: string }): Promise<Result<Draft>> {
    const { database, clock, actor } = this.#parts;
    const setup = this.#parts.setup(input.setup);
    if (!setup.ok) return setup;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    if (!status.prepared) return failed(failure('not-prepared'));
    if (status.state?.state === 'upgrading')
      return failed(failure('already-so', { what: 'the guard is taken down for an upgrade' }));
    return succeed(
      setupDraft(this.#parts, status, setup.value, {
        title: 'Begin a vendor upgrade',
        summary: `Takes the guard and the truncate stop down in ${status.server.database}, so that the vendor's upgrade can change its tables. State, register and history stay.`,
        step: { id: 'guard-down', title: 'Take the guard down, and record it' },
        batches: [database.guardDown()],
        affected: [
          {
            who: 'Every client, service and script',
            how: 'May add, delete and re-key controllers until the guard is put up again.',
          },
        ],
        warnings: ['Nothing puts the guard up again by itself: do it as soon as the upgrade is done.'],
        takeBack: { possible: true, how: 'Put the guard up again; what changed in between is shown.' },
        consent:
          'Take the guard down for an upgrade? Until it is put up again, nothing refuses changes to the controllers.',
        rests: { state: status.state?.state ?? null },
        act: async () => await database.takeGuardDown(setup.value, { actor: actor.account, reason: input.reason }),
        proof: (after) =>
          after.state?.state === 'upgrading' &&
          !after.truncateStop &&
          !after.guards.some(({ name }) => name.startsWith('mortise_guard_'))
            ? succeed([
                verified(
                  'Guard and truncate stop are down; state and register are there',
                  'Read back from the database',
                  clock,
                ),
              ])
            : notProved('the guard does not read back as taken down'),
        done: { title: 'The guard is down', summary: "The vendor's upgrade can run. Put the guard up again after it." },
      }),
    );
  }
}
