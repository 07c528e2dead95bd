import { failure } from '#shared/errors.ts';
import type { Claim, Outcome, PlanBody } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Credential, SiteDatabase } from '#electron/database/site-database.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { Actor } from '#electron/machine/actor.ts';
import type { ExpectedModules } from '#electron/site/drift.ts';
import type { Draft } from '../change.ts';
import { outcomeOf } from '../outcome.ts';
import type { SetupPrincipal } from '../setup.ts';
import type { TablePreflightParts } from './table-preflight.ts';

export interface PreparationParts extends TablePreflightParts {
  readonly database: SiteDatabase;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly setup: SetupPrincipal;
  readonly actor: Actor;
  /** `dbo.Controllers`, for people. */
  readonly controllerTable: string;
  /** What the modules must be for a proof to hold. */
  readonly expectedModules: ExpectedModules;
}

/** One change of the database's objects: batches run by the setup principal in one transaction, and their proof. */
export interface SetupDescription extends Omit<PlanBody, 'steps'> {
  readonly step: { readonly id: string; readonly title: string };
  readonly batches: readonly string[];
  readonly rests: unknown;
  readonly act: () => Promise<Result<undefined>>;
  readonly proof: (after: SiteStatus) => Result<Claim[]>;
  readonly done: { readonly title: string; readonly summary: string };
}

/** The draft of one change by the setup principal: what is shown, what is run, and what is read back. */
export function setupDraft(
  parts: PreparationParts,
  status: SiteStatus,
  setup: Credential,
  { step, batches, rests, act, proof, done, ...body }: SetupDescription,
): Draft {
  const { server } = status;
  return {
    body: {
      ...body,
      steps: [
        {
          ...step,
          changes: [
            {
              kind: 'tsql',
              where: server.database,
              as: setup.login,
              text: batches.map((text) => text.trimEnd()).join('\nGO\n'),
            },
          ],
        },
      ],
    },
    rests: JSON.stringify({ rests, server: server.instance, as: setup.login }),
    apply: async (run): Promise<Result<Outcome>> => {
      run.mark(step.id, 'running');
      const acted = await act();
      if (!acted.ok && acted.error.code !== 'connection-lost') return acted;
      // A lost answer is settled by looking.
      const after = await parts.status();
      if (!after.ok) return after;
      const claims = proof(after.value);
      if (!claims.ok) return acted.ok ? claims : acted;
      run.mark(step.id, 'done');
      return succeed(outcomeOf(done.title, done.summary, claims.value, parts.clock));
    },
  };
}

export const notProved = (what: string) => failed(failure('proof-failed', { what }));
