import { failure } from '#shared/errors.ts';
import type { Affected, Claim, Outcome, PlanBody } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SiteDatabase, SwitchRequest, Switching } from '#electron/database/site-database.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { Actor } from '#electron/machine/actor.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { driftOf } from '#electron/site/drift.ts';
import type { ExpectedModules } from '#electron/site/drift.ts';
import type { Draft } from '../change.ts';
import { outcomeOf } from '../outcome.ts';

export interface CommissioningParts {
  readonly database: SiteDatabase;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly controllerTable: string;
  /** What the modules must be for a proof to hold. */
  readonly expectedModules: ExpectedModules;
}

/** One switching of the state: a procedure of the database, run as Mortise's own login, and its proof. */
export interface SwitchDescription {
  readonly title: string;
  readonly summary: string;
  readonly step: string;
  readonly what: Switching;
  /** The values of its parameters that are decided by now, as they are shown. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly reason: string;
  readonly affected: Affected[];
  readonly warnings: string[];
  readonly takeBack: PlanBody['takeBack'];
  readonly consent: string | null;
  /** What the plan rests on besides the version of the state. */
  readonly rests?: unknown;
  readonly send: (request: SwitchRequest) => Promise<Result<unknown>>;
  readonly proof: (after: SiteStatus) => Result<Claim[]>;
  readonly done: { readonly title: string; readonly summary: string };
}

const step = 'switch';

/** The draft of one switching: what is shown, what is sent, and what is read back. */
export function switchDraft(parts: CommissioningParts, status: SiteStatus, what: SwitchDescription): Draft {
  const { state } = status;
  const version = state === undefined ? '' : Buffer.from(state.version).toString('hex');
  return {
    body: {
      title: what.title,
      summary: what.summary,
      steps: [
        {
          id: step,
          title: what.step,
          changes: [
            {
              kind: 'tsql',
              where: status.server.database,
              as: status.server.login,
              text: parts.database
                .switching(what.what, { actor: parts.actor.account, reason: what.reason, ...what.values })
                .trimEnd(),
            },
          ],
        },
      ],
      affected: what.affected,
      warnings: what.warnings,
      takeBack: what.takeBack,
      consent: what.consent,
    },
    rests: JSON.stringify({ version, also: what.rests ?? null }),
    apply: async (run): Promise<Result<Outcome>> => {
      run.mark(step, 'running');
      if (state === undefined) return failed(failure('not-prepared'));
      const sent = await what.send({
        actor: parts.actor.account,
        reason: what.reason,
        expectedVersion: state.version,
      });
      if (!sent.ok && sent.error.code !== 'connection-lost') return sent;
      // A lost answer is settled by reading: the proof holds only where it took effect.
      const after = await parts.status();
      const claims = after.ok ? what.proof(after.value) : after;
      if (!claims.ok) return sent.ok ? claims : sent;
      run.mark(step, 'done');
      return succeed(outcomeOf(what.done.title, what.done.summary, claims.value, parts.clock));
    },
  };
}

/** Why the lock would not be enforced here; undefined where the guard is the one that Mortise created. */
export function unsoundGuard(status: SiteStatus, expected: ExpectedModules): string | undefined {
  if (!status.prepared) return undefined;
  if (status.state?.state === 'upgrading')
    return 'The guard is taken down for a vendor upgrade: put it up again first (Database tab).';
  const unsound = driftOf(status, expected).find(({ name }) => /^(?:Guard|Module|INSTEAD OF)/.test(name));
  if (unsound === undefined) return undefined;
  const what = unsound.wayOut === null ? 'that has to be settled first' : 'put the guard up again first (Database tab)';
  return `${unsound.meaning} "Off" would not be enforced: ${what}.`;
}
