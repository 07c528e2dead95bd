import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { driftOf, refuting } from '#electron/site/drift.ts';
import type { Change, Draft } from '../change.ts';
import { driftText, verified } from '../outcome.ts';
import type { SetupInput } from '../setup.ts';
import { notProved, setupDraft } from './by-setup.ts';
import type { PreparationParts } from './by-setup.ts';
import { tablePreflight } from './table-preflight.ts';

/** "Prepare this site": creates Mortise's objects in the site's database; nothing changes for anyone yet. */
export class PrepareSite implements Change<{ readonly setup: SetupInput }> {
  readonly #parts: PreparationParts;

  constructor(parts: PreparationParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly setup: SetupInput }): Promise<Result<Draft>> {
    const { database, controllerTable, clock, actor, expectedModules } = this.#parts;
    const setup = this.#parts.setup(input.setup);
    if (!setup.ok) return setup;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    if (status.prepared) return failed(failure('already-so', { what: 'the site is prepared' }));
    const checked = await tablePreflight(this.#parts, setup.value, { prepared: false });
    if (!checked.ok) return checked;
    const { warnings, breaks } = checked.value;
    return succeed(
      setupDraft(this.#parts, status, setup.value, {
        title: 'Prepare this site',
        summary: `Creates Mortise's schema, state, register and guards in the database ${status.server.database}. Nothing changes for anyone until commissioning mode is switched off.`,
        step: { id: 'prepare', title: 'Create the objects in one transaction' },
        batches: database.preparation().map(({ text }) => text),
        affected: [
          {
            who: `Every program that writes to ${controllerTable}`,
            how: 'Two triggers look at each statement that adds, deletes or re-keys a controller. They let it pass while commissioning mode is on.',
          },
        ],
        warnings: [
          'A program that uses OUTPUT without INTO on the controller table gets error 334 from any table with triggers.',
          ...warnings,
        ],
        takeBack: { possible: true, how: 'Remove takes every object away again.' },
        consent: breaks
          ? 'Prepare the site although statements of its software were found that fail as soon as the guard stands (error 334)?'
          : null,
        rests: { prepared: false },
        act: async () => await database.prepare(setup.value, actor.account),
        proof: (after) => {
          if (!after.prepared) return notProved('the objects could not be read back');
          const drift = refuting(driftOf(after, expectedModules));
          if (drift.length > 0) return notProved(driftText(drift));
          return succeed([
            verified(
              'The state and both guards are in the database',
              'Read back, with the definitions of the guards',
              clock,
            ),
          ]);
        },
        done: {
          title: 'The site is prepared',
          summary: "Mortise's objects are in place; commissioning mode is on.",
        },
      }),
    );
  }
}
