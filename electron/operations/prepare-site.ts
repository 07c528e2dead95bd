import { failure } from '#shared/errors.ts';
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
import type { SetupInput, SetupPrincipal } from './setup.ts';

export interface PreparationParts {
  readonly database: SiteDatabase;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly setup: SetupPrincipal;
  readonly actor: Actor;
  readonly clock: Clock;
  /** `dbo.Controllers`, for people. */
  readonly controllerTable: string;
  /** What the guards must be for a proof to hold. */
  readonly expectedGuards: ExpectedGuards;
}

const preparedStep = 'prepare';
const removedStep = 'remove';

/** "Prepare this site": creates Mortise's objects in the site's database; nothing changes for anyone yet. */
export class PrepareSite implements Change<{ readonly setup: SetupInput }> {
  readonly #parts: PreparationParts;

  constructor(parts: PreparationParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly setup: SetupInput }): Promise<Result<Draft>> {
    const { database, controllerTable } = this.#parts;
    const setup = this.#parts.setup(input.setup);
    if (!setup.ok) return setup;
    const status = await this.#parts.status();
    if (!status.ok) return status;
    if (status.value.prepared) return failed(failure('already-so', { what: 'the site is prepared' }));
    const batches = database.preparation();
    return succeed({
      body: {
        title: 'Prepare this site',
        summary: `Creates Mortise's schema, state, register and guards in the database ${status.value.server.database}. Nothing changes for anyone until commissioning mode is switched off.`,
        steps: [
          {
            id: preparedStep,
            title: 'Create the objects in one transaction',
            changes: [
              {
                kind: 'tsql',
                where: status.value.server.database,
                as: setup.value.login,
                text: batches.map(({ text }) => text.trimEnd()).join('\nGO\n'),
              },
            ],
          },
        ],
        affected: [
          {
            who: `Every program that writes to ${controllerTable}`,
            how: 'Two triggers look at each statement that adds, deletes or re-keys a controller. They let it pass while commissioning mode is on.',
          },
        ],
        warnings: [
          'A program that uses OUTPUT without INTO on the controller table gets error 334 from any table with triggers.',
        ],
        takeBack: { possible: true, how: 'Remove takes every object away again.' },
        consent: null,
      },
      rests: JSON.stringify({ prepared: false, server: status.value.server.instance, as: setup.value.login }),
      apply: async (run) => {
        run.mark(preparedStep, 'running');
        const done = await database.prepare(setup.value, this.#parts.actor.account);
        // A lost answer is settled by looking.
        if (!done.ok && done.error.code !== 'connection-lost') return done;
        return await this.#readBack(true, run, done);
      },
    });
  }

  async #readBack(prepared: boolean, run: { mark(id: string, state: 'done'): void }, done: Result<undefined>) {
    const { clock } = this.#parts;
    const after = await this.#parts.status();
    if (!after.ok) return after;
    if (after.value.prepared !== prepared) {
      return done.ok ? failed(failure('proof-failed', { what: 'the objects could not be read back' })) : done;
    }
    const drift = driftOf(after.value, this.#parts.expectedGuards);
    if (drift.length > 0) return failed(failure('proof-failed', { what: driftText(drift) }));
    run.mark(preparedStep, 'done');
    return succeed(
      outcomeOf(
        'The site is prepared',
        "Mortise's objects are in place; commissioning mode is on.",
        [
          verified(
            'The state and both guards are in the database',
            'Read back, with the definitions of the guards',
            clock,
          ),
        ],
        clock,
      ),
    );
  }
}

/** Takes every object away that "Prepare this site" created. */
export class RemoveFromSite implements Change<{ readonly setup: SetupInput }> {
  readonly #parts: PreparationParts;

  constructor(parts: PreparationParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly setup: SetupInput }): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const setup = this.#parts.setup(input.setup);
    if (!setup.ok) return setup;
    const status = await this.#parts.status();
    if (!status.ok) return status;
    if (!status.value.prepared)
      return failed(failure('already-so', { what: "none of Mortise's objects are in the database" }));
    return succeed({
      body: {
        title: 'Remove Mortise from this database',
        summary: `Drops Mortise's guards, state, register and history from the database ${status.value.server.database}.`,
        steps: [
          {
            id: removedStep,
            title: 'Drop the objects in one transaction',
            changes: [
              {
                kind: 'tsql',
                where: status.value.server.database,
                as: setup.value.login,
                text: database.removal().trimEnd(),
              },
            ],
          },
        ],
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
      },
      rests: JSON.stringify({ prepared: true, server: status.value.server.instance, as: setup.value.login }),
      apply: async (run) => {
        run.mark(removedStep, 'running');
        const done = await database.remove(setup.value);
        if (!done.ok && done.error.code !== 'connection-lost') return done;
        const after = await this.#parts.status();
        if (!after.ok) return after;
        if (after.value.prepared || after.value.guards.some((guard) => guard.name.startsWith('mortise_'))) {
          return done.ok ? failed(failure('proof-failed', { what: 'some objects are still there' })) : done;
        }
        run.mark(removedStep, 'done');
        return succeed(
          outcomeOf(
            'Mortise was removed',
            'The database is as it was before the site was prepared.',
            [
              verified(
                'The state and the guards are gone from the database',
                'Looked for; all was dropped in one transaction',
                clock,
              ),
            ],
            clock,
          ),
        );
      },
    });
  }
}
