import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { outOfReach } from '#shared/server-errors.ts';
import type { Claim } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { JournalFile } from '#electron/journal/step-journal.ts';
import { quietRun } from '../run.ts';
import type { Run } from '../run.ts';
import { rotationState, rotationSteps } from './rotation-journal.ts';
import type { RotationRecord, RotationState, RotationStep } from './rotation-journal.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';
import { performStep } from './rotation-steps.ts';

/** How a rotation ended, with what was proved on the way. */
export interface RotationEnd {
  readonly end: 'committed' | 'restored';
  readonly claims: readonly Claim[];
}

/** Failures after which nobody can say what is in force, or no way back is known: the journal stays open. */
const undecided: ReadonlySet<string> = new Set<string>([
  ...outOfReach,
  'connection-lost',
  'training-site-stopped',
  'keychain-locked',
  'keychain-restarted',
  'keychain-denied',
  'disk-full',
  'state-folder-unusable',
  'internal',
  'rotation-needs-a-person',
]);

/**
 * Carries a rotation from where its journal stands to its end. Every step can be done again, so a rotation that was
 * killed anywhere is simply carried out once more. `begun`'s record stands in the journal already.
 */
export async function carryOut(
  parts: RotationParts,
  target: RotatedLogin,
  journal: JournalFile<RotationRecord>,
  run: Run,
): Promise<Result<RotationEnd>> {
  const state = rotationState(journal.records);
  if (state === undefined || state.ended !== undefined) throw new Error('There is no open rotation in this journal.');
  const claims: Claim[] = [];
  for (const step of remaining(state)) {
    if (run.stopRequested() && state.direction === 'forward' && beforeSwitch(step)) {
      return await turnBack(parts, target, journal, run, failure('cancelled'));
    }
    run.mark(step, 'running');
    const done = await journalled(
      parts,
      journal,
      step,
      async () => await (parts.perform ?? performStep)(step, { parts, target, state, claims }),
    );
    if (!done.ok) {
      run.mark(step, 'failed', null, done.error);
      if (state.direction === 'back' && step === 'switch' && done.error.code === 'password-refused') {
        return await turnForward(parts, target, journal, run, done.error);
      }
      const settled =
        state.direction === 'forward' && (beforeSwitch(step) || step === 'switch') && !undecided.has(done.error.code);
      return settled ? await turnBack(parts, target, journal, run, done.error) : done;
    }
    run.mark(step, 'done', done.value);
  }
  const end = state.direction === 'forward' ? 'committed' : 'restored';
  const ended = await journal.end({ kind: 'ended', at: parts.clock.now().toISOString(), end });
  return ended.ok ? succeed({ end, claims }) : ended;
}

/** Leaves the way forward and puts the password back that was current at the beginning; answers the failure that caused it. */
async function turnBack(
  parts: RotationParts,
  target: RotatedLogin,
  journal: JournalFile<RotationRecord>,
  run: Run,
  cause: Failure,
): Promise<Result<RotationEnd>> {
  const turned = await journal.append({ kind: 'turned-back', at: parts.clock.now().toISOString() });
  if (!turned.ok) return turned;
  const back = await carryOut(parts, target, journal, quietRun(run.id));
  return back.ok ? failed(cause) : back;
}

/**
 * The server takes the new password and refuses to set the former one (15114, 15115): staying here would leave the
 * services stopped for good. Brings the new one everywhere; answers the failure that caused it.
 */
async function turnForward(
  parts: RotationParts,
  target: RotatedLogin,
  journal: JournalFile<RotationRecord>,
  run: Run,
  cause: Failure,
): Promise<Result<RotationEnd>> {
  const turned = await journal.append({ kind: 'turned-forward', at: parts.clock.now().toISOString() });
  if (!turned.ok) return turned;
  const forward = await carryOut(parts, target, journal, quietRun(run.id));
  return forward.ok ? failed(cause) : forward;
}

const beforeSwitch = (step: RotationStep) => step === 'stage' || step === 'stop';

/**
 * The steps that are left. What was proved need not be proved again. What was deployed everywhere only needs its services;
 * one that runs already may have been started before it could log in, so it is stopped once more.
 */
function remaining(state: RotationState): readonly RotationStep[] {
  if (state.finished.has('prove')) return rotationSteps.slice(rotationSteps.indexOf('commit'));
  if (state.finished.has('deploy')) return ['stop', ...rotationSteps.slice(rotationSteps.indexOf('start'))];
  // The way back from before the switch: the password is as it was, so the services only have to run again; where none
  // was stopped yet, none is. One that was started on this way already and did not get in is stopped once more.
  if (state.leftAfter === 'stop')
    return [
      ...(state.began.has('start') ? ['stop' as const] : []),
      ...rotationSteps.slice(rotationSteps.indexOf('start')),
    ];
  return state.leftAfter === 'stage' ? ['commit'] : rotationSteps;
}

async function journalled<T>(
  parts: RotationParts,
  journal: JournalFile<RotationRecord>,
  step: RotationStep,
  perform: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const reserved = await journal.reserve();
  if (!reserved.ok) return reserved;
  const before = await journal.append({ kind: 'before', at: parts.clock.now().toISOString(), step });
  if (!before.ok) return before;
  const done = await perform();
  if (!done.ok) return done;
  const after = await journal.append({ kind: 'after', at: parts.clock.now().toISOString(), step });
  return after.ok ? done : after;
}
