import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { differences, driftOf } from '#electron/site/drift.ts';
import type { Change, Draft } from '../change.ts';
import { counted } from '#shared/counted.ts';
import { changesSinceRegister } from '../commissioning/preflight.ts';
import { driftText, verified } from '../outcome.ts';
import type { SetupInput } from '../setup.ts';
import { notProved, setupDraft } from './by-setup.ts';
import type { PreparationParts } from './by-setup.ts';
import { tablePreflight } from './table-preflight.ts';

/** What putting the guard up again mends. */
const mended = (drift: { readonly wayOut: string | null }) => drift.wayOut === 'site.restoreGuard';

/**
 * Puts the guard up anew: after a vendor's upgrade, or where it was disabled, altered or lost. State, register and history
 * stay, so what was decided before holds again and what changed meanwhile is seen. It never weakens the site.
 */
export class RestoreGuard implements Change<{ readonly setup: SetupInput; readonly reason: string }> {
  readonly #parts: PreparationParts;

  constructor(parts: PreparationParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly setup: SetupInput; readonly reason: string }): Promise<Result<Draft>> {
    const { database, clock, actor, expectedModules, controllerTable } = this.#parts;
    const setup = this.#parts.setup(input.setup);
    if (!setup.ok) return setup;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    if (!status.prepared) return failed(failure('not-prepared'));
    const broken = driftOf(status, expectedModules).filter(mended);
    if (status.state?.state !== 'upgrading' && broken.length === 0)
      return failed(failure('already-so', { what: 'the guard stands as Mortise created it' }));
    // An upgrade may have changed the table.
    const checked = await tablePreflight(this.#parts, setup.value, { prepared: true });
    if (!checked.ok) return checked;
    return succeed(
      setupDraft(this.#parts, status, setup.value, {
        title: 'Put the guard up again',
        summary: `Creates the guard anew in ${status.server.database}. State, register and history stay: what was decided before holds again.`,
        step: { id: 'guard-up', title: 'Create the guard anew, in one transaction' },
        batches: database.guardUp().map(({ text }) => text),
        affected: [
          {
            who: `Every program that writes to ${controllerTable}`,
            how: 'Meets the guard again, as it did before.',
          },
        ],
        warnings: [
          ...broken.map(({ name, meaning }) => `${name}: ${meaning}`),
          ...checked.value.warnings,
          ...changesSinceRegister(status),
        ],
        takeBack: { possible: true, how: 'Begin a vendor upgrade takes it down again.' },
        consent: null,
        rests: { state: status.state?.state ?? null, broken: broken.map(({ name }) => name) },
        act: async () => await database.putGuardUp(setup.value, { actor: actor.account, reason: input.reason }),
        proof: (after) => {
          if (after.state === undefined || after.state.state === 'upgrading')
            return notProved('the guard does not read back as put up');
          const left = driftOf(after, expectedModules).filter(mended);
          if (left.length > 0) return notProved(driftText(left));
          const different = after.registered === 0 ? 0 : differences(after);
          return succeed([
            verified(
              'The guard is the one that Mortise created, enabled and first in order',
              'Read back from sys.triggers, sys.trigger_events and the definitions',
              clock,
            ),
            verified(
              different === 0
                ? 'No controller differs from the register'
                : `${counted(different, 'controller differs', 'controllers differ')} from the register`,
              'Register compared with the controller table',
              clock,
            ),
          ]);
        },
        done: { title: 'The guard stands again', summary: 'What was decided before holds again.' },
      }),
    );
  }
}
