import { randomUUID } from 'node:crypto';
import type { ChangeName } from '#shared/change-names.ts';
import type { ChangeInput } from '#shared/contract.ts';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Permission, Progress } from '#shared/snapshot.ts';
import { planLifetime } from '#shared/vocabulary.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Consent } from '#electron/machine/consent.ts';
import type { MachineLock } from '#electron/machine/machine-lock.ts';
import type { Change, Draft } from './change.ts';
import { draftDigest } from './digest.ts';
import { ReportedRun } from './run.ts';

export type Changes = { readonly [N in ChangeName]: Change<ChangeInput<N>> };

/** Where every operation leaves its entries, before and after. */
export interface OperationTrail {
  /** Keeps space for an operation's entries, or answers `disk-full`. */
  reserve(): Promise<Result<undefined>>;
  record(operation: string, phase: 'begun' | 'ended' | 'failed' | 'noted', text: string): Promise<Result<undefined>>;
}

interface KeptPlan {
  readonly change: ChangeName;
  readonly title: string;
  readonly consent: string | null;
  readonly digest: string;
  readonly expiresAt: number;
  /** Thinks the same input through again, so that `apply` sees what the site is like by then. */
  readonly again: () => Promise<Result<Draft>>;
}

export interface PlanDeskParts {
  readonly changes: Changes;
  readonly clock: Clock;
  readonly consent: Consent;
  readonly lock: MachineLock;
  readonly trail: OperationTrail;
  /** Whether this change is allowed now, as the snapshot says; asked at plan and again at apply. */
  readonly permission: (change: ChangeName) => Promise<Permission>;
  readonly publish: (progress: Progress) => void;
  /** Called when a change has ended, whichever way. */
  readonly ended: () => Promise<void>;
}

/**
 * Where every change of the site passes: planned and shown first, applied by the plan's id alone, once, within ten
 * minutes, and only if the site is still as it was planned for.
 */
export class PlanDesk {
  readonly #parts: PlanDeskParts;
  readonly #plans = new Map<string, KeptPlan>();
  #running: { readonly change: ChangeName; readonly run: ReportedRun } | undefined;
  readonly #underway = new Set<Promise<unknown>>();
  #closed = false;

  constructor(parts: PlanDeskParts) {
    this.#parts = parts;
  }

  isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Whether the guided lockdown, in either direction, is what runs now. */
  isLockdownRunning(): boolean {
    return this.#running?.change.startsWith('lockdown.') === true;
  }

  async plan<N extends ChangeName>(change: N, input: ChangeInput<N>): Promise<Result<Plan>> {
    const { changes, clock } = this.#parts;
    const refused = await this.#refusal(change);
    if (refused !== undefined) return failed(refused);
    const again = () => changes[change].plan(input);
    const draft = await again();
    if (!draft.ok) return draft;
    this.#forgetExpired();
    const planId = randomUUID();
    const digest = draftDigest(draft.value);
    const expiresAt = clock.now().getTime() + planLifetime;
    const { title, consent } = draft.value.body;
    this.#plans.set(planId, { change, title, consent, digest, expiresAt, again });
    return succeed({ ...draft.value.body, planId, digest, expiresAt: new Date(expiresAt).toISOString() });
  }

  async apply(change: ChangeName, planId: string): Promise<Result<Outcome>> {
    this.#forgetExpired();
    const kept = this.#plans.get(planId);
    if (kept === undefined || kept.change !== change) return failed(failure('plan-unknown'));
    this.#plans.delete(planId);
    const refused = await this.#refusal(change);
    if (refused !== undefined) return failed(refused);
    if (kept.consent !== null) {
      const now = await this.#asPlanned(kept);
      if (!now.ok) return now;
      if (!(await this.#consented(kept.title, kept.consent))) return failed(failure('consent-refused'));
    }
    const work = this.#underLock(change, kept);
    this.#underway.add(work);
    try {
      return await work;
    } finally {
      this.#underway.delete(work);
    }
  }

  /** Asks a running change to stop at its next safe point. */
  cancel(change: ChangeName): { readonly asked: boolean } {
    if (this.#running?.change !== change) return { asked: false };
    this.#running.run.requestStop();
    return { asked: true };
  }

  /** Asks what runs to stop at its next safe point, and comes back when it has; nothing begins after it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#plans.clear();
    this.#running?.run.requestStop();
    await Promise.allSettled(this.#underway);
  }

  async #underLock(change: ChangeName, kept: KeptPlan): Promise<Result<Outcome>> {
    const lock = await this.#parts.lock.take(kept.title);
    if (!lock.ok) return lock;
    try {
      // Before the lock was held, somebody else may have changed the site, and a dialog may have stood open for minutes:
      // only what is allowed and thought through now, while nobody else can change anything, is applied.
      const permission = await this.#parts.permission(change);
      if (!permission.allowed) return failed(failure('not-allowed', { why: permission.why }));
      const draft = await this.#asPlanned(kept);
      if (!draft.ok) return draft;
      return this.#closed ? failed(failure('cancelled')) : await this.#perform(change, draft.value);
    } finally {
      await lock.value.release();
    }
  }

  /** The same input thought through now; `plan-outdated` where that is not what was shown. */
  async #asPlanned(kept: KeptPlan): Promise<Result<Draft>> {
    const draft = await kept.again();
    if (!draft.ok) return draft;
    return draftDigest(draft.value) === kept.digest && draft.value.body.consent === kept.consent
      ? draft
      : failed(failure('plan-outdated', { what: 'what it rests on is different now' }));
  }

  async #perform(change: ChangeName, draft: Draft): Promise<Result<Outcome>> {
    const { trail, clock, publish, ended } = this.#parts;
    const reserved = await trail.reserve();
    if (!reserved.ok) return reserved;
    const begun = await trail.record(change, 'begun', draft.body.summary);
    if (!begun.ok) return begun;
    const run = new ReportedRun(
      {
        operationId: randomUUID(),
        change,
        title: draft.body.title,
        startedAt: clock.now().toISOString(),
        steps: draft.body.steps.map(({ id, title }) => ({ id, title, state: 'waiting', note: null, failure: null })),
        cancellable: cancellable.has(change),
        ended: { how: 'not-yet' },
      },
      publish,
    );
    this.#running = { change, run };
    try {
      const outcome = await draft.apply(run);
      const recorded = outcome.ok
        ? await trail.record(change, 'ended', outcome.value.summary)
        : await trail.record(change, 'failed', outcome.error.sentence);
      run.end(outcome.ok ? { how: 'done', outcome: outcome.value } : { how: 'failed', failure: outcome.error });
      // What was done stands; but without its entry nobody can show it, so the person is told.
      return outcome.ok && !recorded.ok ? recorded : outcome;
    } catch (defect) {
      const why = failure('internal', { id: run.id });
      run.end({ how: 'failed', failure: why });
      await trail.record(change, 'failed', why.sentence);
      throw defect;
    } finally {
      this.#running = undefined;
      await ended();
    }
  }

  async #refusal(change: ChangeName): Promise<Failure | undefined> {
    if (this.#running !== undefined) {
      const { progress } = this.#running.run;
      return failure('busy', { holder: `This window (${progress.title})`, since: progress.startedAt });
    }
    // Asked first: what another process is in the middle of doing looks from here like something left unfinished.
    const elsewhere = await this.#parts.lock.heldElsewhere();
    if (elsewhere !== undefined) return elsewhere;
    const permission = await this.#parts.permission(change);
    return permission.allowed ? undefined : failure('not-allowed', { why: permission.why });
  }

  async #consented(title: string, sentence: string): Promise<boolean> {
    return await this.#parts.consent.ask({ title, sentence, confirm: title });
  }

  #forgetExpired(): void {
    const now = this.#parts.clock.now().getTime();
    for (const [id, plan] of this.#plans) if (plan.expiresAt <= now) this.#plans.delete(id);
  }
}

const cancellable: ReadonlySet<ChangeName> = new Set([
  'rotation.rotate',
  'rotation.rotateMany',
  'rotation.restore',
  'rotation.reconcile',
  'rotation.reset',
  'lockdown.run',
  'lockdown.resume',
  'lockdown.undo',
]);
