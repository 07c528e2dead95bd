import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { leftovers } from '#electron/site/status-view.ts';
import type { Change, Draft } from '../change.ts';
import { verified } from '../outcome.ts';
import type { SetupInput } from '../setup.ts';
import { notProved, setupDraft } from './by-setup.ts';
import type { PreparationParts } from './by-setup.ts';

/** Takes every object away that "Prepare this site" created, also where only some of them are left. */
export class RemoveFromSite implements Change<{ readonly setup: SetupInput }> {
  readonly #parts: PreparationParts;

  constructor(parts: PreparationParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly setup: SetupInput }): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const setup = this.#parts.setup(input.setup);
    if (!setup.ok) return setup;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    const found = leftovers(status);
    if (found.length === 0)
      return failed(failure('already-so', { what: "none of Mortise's objects are in the database" }));
    return succeed(
      setupDraft(this.#parts, status, setup.value, {
        title: 'Remove Mortise from this database',
        summary: status.prepared
          ? `Drops Mortise's guards, state, register and history from the database ${status.server.database}.`
          : `Drops what is left of Mortise in the database ${status.server.database}: ${found.join(', ')}.`,
        step: { id: 'remove', title: 'Drop the objects in one transaction' },
        batches: [database.removal()],
        affected: [
          {
            who: 'Everyone',
            how: 'Controllers can be added and deleted by any program again. The controller register and the history of commissioning mode are deleted.',
          },
        ],
        warnings: [],
        takeBack: { possible: false, why: 'The site can be prepared again, but register and history are gone.' },
        consent:
          "Remove the guards, the controller register and the history of commissioning mode from this site's database?",
        rests: { prepared: status.prepared, found },
        act: async () => await database.remove(setup.value),
        proof: (after) =>
          after.prepared || leftovers(after).length > 0
            ? notProved('some objects are still there')
            : succeed([
                verified(
                  'The state and the guards are gone from the database',
                  'Looked for; all was dropped in one transaction',
                  clock,
                ),
              ]),
        done: {
          title: 'Mortise was removed',
          summary: 'The database is as it was before the site was prepared.',
        },
      }),
    );
  }
}
