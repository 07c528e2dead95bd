import { randomUUID } from 'node:crypto';
import type { ChangeInput } from '#shared/contract.ts';
import { failure } from '#shared/errors.ts';
import type { Affected, Claim, PlanStep } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { JournalFile } from '#electron/journal/step-journal.ts';
import type { Change, Draft } from '../change.ts';
import { changesDigest } from '../digest.ts';
import { outcomeOf, saidOf } from '../outcome.ts';
import type { Run } from '../run.ts';
import { guidedSteps } from './guided-steps.ts';
import { lockdownState } from './lockdown-journal.ts';
import type { LockdownRecord, LockdownState, PlannedStep } from './lockdown-journal.ts';
import type { GuidedStep, LockdownCase, LockdownParts } from './lockdown-parts.ts';
import { walkBack, walkForward } from './lockdown-procedure.ts';

interface Planned {
  readonly steps: readonly PlannedStep[];
  readonly shown: readonly PlanStep[];
  readonly affected: readonly Affected[];
  readonly warnings: readonly string[];
  readonly alreadySo: ReadonlySet<string>;
  /** What its steps ask before they are done; null where none does. */
  readonly consent: string | null;
  /** What the drafts of the steps rest on, besides what they show. */
  readonly rests: string;
}

const nothingToDo = 'it is so already';

/** Plans every given step as it would be done after the ones before it. */
async function planSteps(steps: readonly GuidedStep[], about: LockdownCase): Promise<Result<Planned>> {
  const planned: PlannedStep[] = [];
  const affected: Affected[] = [];
  const warnings: string[] = [];
  const alreadySo = new Set<string>();
  const shown: PlanStep[] = [];
  const rests: string[] = [];
  const asked: string[] = [];
  for (const step of steps) {
    const already = await step.check(about);
    if (!already.ok) return already;
    if (already.value) alreadySo.add(step.id);
    const draft = already.value ? undefined : await step.plan(about, true);
    if (draft?.ok === false) return draft;
    const body = draft?.value.body;
    const changes = body?.steps.flatMap((each) => each.changes) ?? [];
    planned.push({ id: step.id, title: step.title, planned: changes, digest: changesDigest(body?.steps ?? []) });
    shown.push({ id: step.id, title: already.value ? `${step.title} (${nothingToDo})` : step.title, changes });
    affected.push(...(body?.affected ?? []));
    warnings.push(...(body?.warnings ?? []));
    if (typeof body?.consent === 'string') asked.push(body.consent);
    rests.push(already.value ? nothingToDo : (draft?.value.rests ?? ''));
  }
  const consent = asked.length === 0 ? null : asked.join(' ');
  return succeed({ steps: planned, shown, affected, warnings, alreadySo, consent, rests: JSON.stringify(rests) });
}

/** The guided lockdown from its beginning. */
export class RunLockdown implements Change<ChangeInput<'lockdown.run'>> {
  readonly #parts: LockdownParts;

  constructor(parts: LockdownParts) {
    this.#parts = parts;
  }

  async plan(input: ChangeInput<'lockdown.run'>): Promise<Result<Draft>> {
    const { clock, journal } = this.#parts;
    const about: LockdownCase = {
      login: input.login,
      reason: input.reason,
      setup: input.setup,
      since: clock.now().toISOString(),
    };
    const planned = await planSteps(guidedSteps(this.#parts), about);
    if (!planned.ok) return planned;
    const { steps, shown, affected, warnings, consent, rests } = planned.value;
    return succeed({
      body: {
        title: 'Start the guided lockdown',
        summary:
          'Prepares the site, rotates the service login, switches commissioning mode off and secure mode on, and verifies every claim. It can be stopped between steps and taken back as a whole.',
        steps: [...shown],
        affected: [...affected],
        warnings: [...warnings],
        takeBack: {
          possible: true,
          how: 'Take everything back returns the site to the state before, from the same screen.',
        },
        consent,
      },
      rests,
      apply: async (run) => {
        run.announce(steps);
        const closed = await closeLatest(this.#parts);
        if (!closed.ok) return closed;
        const at = clock.now().toISOString();
        const begun = await journal.begin({
          kind: 'begun',
          at,
          id: randomUUID(),
          engineer: input.engineer,
          reason: input.reason,
          login: input.login,
          steps: [...steps],
        });
        if (!begun.ok) return begun;
        return await finish(this.#parts, begun.value, { ...about, since: at }, run, walkForward);
      },
    });
  }
}

/** A lockdown that ended keeps its journal open for taking it back; the next one closes it. */
async function closeLatest({ journal, clock }: LockdownParts): Promise<Result<undefined>> {
  const latest = await journal.resume();
  if (!latest.ok) return latest;
  const open = latest.value !== undefined && latest.value.records.at(-1)?.kind !== 'closed';
  const closed = open ? await latest.value.end({ kind: 'closed', at: clock.now().toISOString() }) : succeed();
  await latest.value?.close();
  return closed;
}

async function stateNow(parts: LockdownParts): Promise<Result<LockdownState>> {
  const records = await parts.journal.read();
  if (!records.ok) return records;
  const state = records.value && lockdownState(records.value);
  return state === undefined ? failed(failure('nothing-to-resume')) : succeed(state);
}

const caseOf = (state: LockdownState, setup: LockdownCase['setup']): LockdownCase => ({
  login: state.begun.login,
  reason: state.begun.reason,
  setup,
  since: state.begun.at,
});

/** Goes on with a lockdown that was interrupted or failed, in the direction in which it was going. */
export class ResumeLockdown implements Change<ChangeInput<'lockdown.resume'>> {
  readonly #parts: LockdownParts;
  readonly #undo: UndoLockdown;

  constructor(parts: LockdownParts, undo: UndoLockdown) {
    this.#parts = parts;
    this.#undo = undo;
  }

  async plan(input: ChangeInput<'lockdown.resume'>): Promise<Result<Draft>> {
    const state = await stateNow(this.#parts);
    if (!state.ok) return state;
    if (state.value.direction === 'back') return await this.#undo.plan(input);
    const about = caseOf(state.value, input.setup);
    const left = new Set(
      state.value.steps.filter((step) => step.state !== 'done' && step.state !== 'already-so').map(({ id }) => id),
    );
    const planned = await planSteps(
      guidedSteps(this.#parts).filter(({ id }) => left.has(id)),
      about,
    );
    if (!planned.ok) return planned;
    const { steps, shown, affected, warnings, alreadySo, consent, rests } = planned.value;
    return succeed({
      body: {
        title: 'Continue the guided lockdown',
        summary: `Goes on at "${shown[0]?.title ?? 'the end'}". What was done before is kept.`,
        steps: [...shown],
        affected: [...affected],
        warnings: [...warnings],
        takeBack: { possible: true, how: 'Take everything back returns the site to the state before.' },
        consent,
      },
      rests,
      apply: async (run) => {
        run.announce(state.value.steps);
        const journal = await reopen(
          this.#parts,
          'forward',
          steps.filter(({ id }) => !alreadySo.has(id)),
        );
        return journal.ok ? await finish(this.#parts, journal.value, about, run, walkForward) : journal;
      },
    });
  }
}

/** Takes a lockdown back, last step first. */
export class UndoLockdown implements Change<ChangeInput<'lockdown.undo'>> {
  readonly #parts: LockdownParts;

  constructor(parts: LockdownParts) {
    this.#parts = parts;
  }

  async plan(input: ChangeInput<'lockdown.undo'>): Promise<Result<Draft>> {
    const state = await stateNow(this.#parts);
    if (!state.ok) return state;
    const about = caseOf(state.value, input.setup);
    const shown: PlanStep[] = [];
    const affected: Affected[] = [];
    const warnings: string[] = [];
    for (const step of guidedSteps(this.#parts).toReversed()) {
      const before = state.value.steps.find(({ id }) => id === step.id);
      if (before === undefined || !before.begun || before.state === 'undone') continue;
      const draft = await step.undo(about);
      if (!draft.ok) return draft;
      if (draft.value === undefined) continue;
      shown.push({
        id: step.id,
        title: draft.value.body.title,
        changes: draft.value.body.steps.flatMap((each) => each.changes),
      });
      affected.push(...draft.value.body.affected);
      warnings.push(...draft.value.body.warnings);
    }
    return succeed({
      body: {
        title: 'Take the guided lockdown back',
        summary:
          'Returns the site to the state before the lockdown, last step first. What was so before the lockdown stays.',
        steps: shown,
        affected,
        warnings,
        takeBack: { possible: true, how: 'Run the guided lockdown again.' },
        consent:
          'Take the lockdown back? Other machines reach SQL Server again, and controllers can be added and deleted.',
      },
      rests: '',
      apply: async (run) => {
        run.announce(shown);
        const journal = await reopen(this.#parts, 'back', []);
        return journal.ok ? await finish(this.#parts, journal.value, about, run, walkBack) : journal;
      },
    });
  }
}

/** Ends an interrupted or failed lockdown where it is: what was done stays done. */
export class StopLockdown implements Change<Record<string, never>> {
  readonly #parts: LockdownParts;

  constructor(parts: LockdownParts) {
    this.#parts = parts;
  }

  async plan(): Promise<Result<Draft>> {
    const { clock } = this.#parts;
    const state = await stateNow(this.#parts);
    if (!state.ok) return state;
    const done = state.value.steps.filter((step) => step.state === 'done').map(({ title }) => title);
    const { login, at } = state.value.begun;
    const rotation = await this.#parts.operations.rotate.rotatedIn(login, at);
    if (!rotation.ok) return rotation;
    return succeed({
      body: {
        title: 'Stop the guided lockdown here',
        summary:
          done.length === 0
            ? 'Nothing was done yet, and nothing more will be.'
            : `Keeps what was done: ${done.join('; ')}. The rest is not done.`,
        steps: [{ id: 'stop', title: 'Close the journal', changes: [] }],
        affected: [],
        warnings: [
          'The site is only partly locked: the tabs show what is in force.',
          ...(rotation.value === 'open'
            ? [
                `The rotation of ${login} is in its middle: its services may be stopped, and the server may have the new password already. Bring it to its end on the Security tab right after this.`,
              ]
            : []),
        ],
        takeBack: { possible: true, how: 'What was done can still be taken back.' },
        consent: null,
      },
      rests: JSON.stringify(done),
      apply: async (run) => {
        run.mark('stop', 'running');
        const journal = await this.#parts.journal.resume();
        if (!journal.ok) return journal;
        if (journal.value === undefined) return failed(failure('nothing-to-resume'));
        const written = await journal.value.append({ kind: 'reached', at: clock.now().toISOString(), how: 'stopped' });
        await journal.value.close();
        this.#parts.changed();
        if (!written.ok) return written;
        run.mark('stop', 'done');
        return succeed(
          outcomeOf('The guided lockdown was stopped', 'What was done is kept; the rest was not done.', [], clock),
        );
      },
    });
  }
}

async function reopen(
  parts: LockdownParts,
  direction: 'forward' | 'back',
  steps: readonly PlannedStep[],
): Promise<Result<JournalFile<LockdownRecord>>> {
  const journal = await parts.journal.resume();
  if (!journal.ok) return journal;
  if (journal.value === undefined) return failed(failure('nothing-to-resume'));
  const written = await journal.value.append({
    kind: 'resumed',
    at: parts.clock.now().toISOString(),
    direction,
    steps: [...steps],
  });
  if (written.ok) return succeed(journal.value);
  await journal.value.close();
  return written;
}

async function finish(
  parts: LockdownParts,
  journal: JournalFile<LockdownRecord>,
  about: LockdownCase,
  run: Run,
  walk: typeof walkForward,
) {
  try {
    parts.changed();
    const walked = await walk({ parts, about, journal, run });
    if (!walked.ok) return walked;
    const state = lockdownState(journal.records);
    const claims: Claim[] = state?.steps.flatMap((step) => step.claims) ?? [];
    const undone = state?.reached === 'undone';
    return succeed(
      outcomeOf(
        undone ? 'The lockdown was taken back' : 'The site is locked down',
        undone
          ? 'What the guided lockdown did was taken back.'
          : `Every step is done. ${saidOf(claims, `All ${claims.length} claims were verified.`)}`,
        claims,
        parts.clock,
      ),
    );
  } finally {
    await journal.close();
  }
}
