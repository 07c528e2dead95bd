import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { JournalFile } from '#electron/journal/step-journal.ts';
import type { Draft } from '../change.ts';
import { changesDigest } from '../digest.ts';
import { quietRun } from '../run.ts';
import type { Run } from '../run.ts';
import { guidedSteps } from './guided-steps.ts';
import { lockdownState } from './lockdown-journal.ts';
import type { LockdownRecord, LockdownState, LockdownStepId } from './lockdown-journal.ts';
import type { GuidedStep, LockdownCase, LockdownParts } from './lockdown-parts.ts';

interface Walk {
  readonly parts: LockdownParts;
  readonly about: LockdownCase;
  readonly journal: JournalFile<LockdownRecord>;
  readonly run: Run;
}

/** Walks forward from where the journal stands until everything is done, a step fails, or the person stops. */
export async function walkForward(walk: Walk): Promise<Result<undefined>> {
  for (const step of guidedSteps(walk.parts)) {
    const before = stateOf(walk).steps.find(({ id }) => id === step.id);
    if (before === undefined) continue;
    if (before.state === 'done' || before.state === 'already-so') {
      walk.run.mark(step.id, before.state, before.note);
      continue;
    }
    if (walk.run.stopRequested()) return failed(failure('cancelled'));
    const done = await forward(walk, step, before);
    if (!done.ok) return await note(walk, step.id, 'forward', done.error);
  }
  return await write(walk, { kind: 'reached', at: now(walk), how: 'finished' });
}

/** Walks back over everything that this lockdown did, last step first. */
export async function walkBack(walk: Walk): Promise<Result<undefined>> {
  for (const step of guidedSteps(walk.parts).toReversed()) {
    const before = stateOf(walk).steps.find(({ id }) => id === step.id);
    if (before === undefined || !before.begun || before.state === 'undone') continue;
    if (walk.run.stopRequested()) return failed(failure('cancelled'));
    const done = await back(walk, step);
    if (!done.ok) return await note(walk, step.id, 'back', done.error);
  }
  return await write(walk, { kind: 'reached', at: now(walk), how: 'undone' });
}

async function forward(
  walk: Walk,
  step: GuidedStep,
  planned: LockdownState['steps'][number],
): Promise<Result<undefined>> {
  const { parts, about, run } = walk;
  run.mark(step.id, 'running');
  // A step that was interrupted may have taken effect; then it is done, and by this lockdown.
  const already = await step.check(about);
  if (!already.ok) return already;
  if (already.value) {
    const state = planned.begun ? 'done' : 'already-so';
    return await after(
      walk,
      step.id,
      'forward',
      state,
      planned.begun ? 'Took effect before the interruption' : 'Was so before',
    );
  }
  const draft = await step.plan(about, false);
  if (!draft.ok) return draft;
  if (changesDigest(draft.value.body.steps) !== planned.digest) {
    return failed(failure('plan-outdated', { what: `"${step.title}" would do something else than was shown` }));
  }
  const before = await begin(walk, step.id, 'forward');
  if (!before.ok) return before;
  parts.changed();
  const outcome = await draft.value.apply(noting(walk, step.id, draft.value));
  if (!outcome.ok) return outcome;
  return await after(walk, step.id, 'forward', 'done', outcome.value.summary, outcome.value.claims);
}

async function back(walk: Walk, step: GuidedStep): Promise<Result<undefined>> {
  const { parts, about, run } = walk;
  run.mark(step.id, 'running');
  const draft = await step.undo(about);
  if (!draft.ok) return draft;
  const before = await begin(walk, step.id, 'back');
  if (!before.ok) return before;
  parts.changed();
  if (draft.value === undefined) return await after(walk, step.id, 'back', 'undone', 'Nothing to take back');
  const outcome = await draft.value.apply(noting(walk, step.id, draft.value));
  if (!outcome.ok) return outcome;
  return await after(walk, step.id, 'back', 'undone', outcome.value.summary, outcome.value.claims);
}

/** Writes down that a step begins, with space kept for its end: a full disk shows before the step, not in it. */
async function begin(walk: Walk, step: LockdownStepId, direction: 'forward' | 'back'): Promise<Result<undefined>> {
  const reserved = await walk.journal.reserve();
  return reserved.ok ? await write(walk, { kind: 'before', at: now(walk), step, direction }) : reserved;
}

/** The operation's own steps appear as one line in the lockdown's step. */
function noting({ run }: Walk, id: LockdownStepId, { body }: Draft): Run {
  const inner = quietRun(run.id, {
    note: (text) => run.mark(id, 'running', text),
    stopRequested: () => run.stopRequested(),
  });
  inner.announce(body.steps);
  return inner;
}

async function after(
  walk: Walk,
  step: LockdownStepId,
  direction: 'forward' | 'back',
  state: 'done' | 'already-so' | 'undone',
  text: string,
  claims: LockdownState['steps'][number]['claims'] = [],
): Promise<Result<undefined>> {
  const written = await write(walk, {
    kind: 'after',
    at: now(walk),
    step,
    direction,
    state,
    note: text,
    claims: [...claims],
  });
  if (written.ok) walk.run.mark(step, state, text);
  return written;
}

/** Writes the failure of a step down, for the next start; a journal that cannot take it is the graver failure. */
async function note(
  walk: Walk,
  step: LockdownStepId,
  direction: 'forward' | 'back',
  why: Failure,
): Promise<Result<undefined>> {
  walk.run.mark(step, 'failed', null, why);
  const written = await write(walk, { kind: 'failed', at: now(walk), step, direction, failure: why });
  return written.ok ? failed(why) : written;
}

async function write({ journal, parts }: Walk, record: LockdownRecord): Promise<Result<undefined>> {
  const written = await journal.append(record);
  parts.changed();
  return written;
}

function stateOf({ journal }: Walk): LockdownState {
  const state = lockdownState(journal.records);
  if (state === undefined) throw new Error('The journal of the lockdown is empty.');
  return state;
}

const now = ({ parts }: Walk) => parts.clock.now().toISOString();
