import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { StepState } from '#shared/plan.ts';
import type { Lockdown, LockdownStep, Progress } from '#shared/snapshot.ts';
import { minutesAgo } from './moments.ts';
import { samplePlan } from './plans.ts';

type StartedLockdown = Exclude<Lockdown, { state: 'none' }>;

export const didNotStart: Failure = failure('service-did-not-start', {
  service: 'AcsService',
  cause: 'exit code 1067',
});

function stepsIn(states: readonly StepState[]): LockdownStep[] {
  return samplePlan('lockdown.run').steps.map((step, index) => {
    const state = states[index] ?? 'waiting';
    return {
      id: step.id,
      title: step.title,
      state,
      note: state === 'done' ? 'Read back after the change.' : state === 'running' ? 'Waiting for the service …' : null,
      failure: state === 'failed' ? didNotStart : null,
      planned: step.changes,
      claims:
        state === 'done'
          ? [
              {
                claim: `${step.title}: done and read back.`,
                verdict: 'verified',
                method: 'Read on a new connection',
                at: minutesAgo(6 - index),
              },
            ]
          : [],
    };
  });
}

const statesOf: { readonly [S in StartedLockdown['state']]: readonly StepState[] } = {
  running: ['done', 'running'],
  undoing: ['done', 'undone', 'running'],
  interrupted: ['done', 'interrupted'],
  failed: ['done', 'failed'],
  finished: ['done', 'done', 'done', 'done', 'done'],
  stopped: ['done', 'failed'],
  undone: ['undone', 'undone', 'undone', 'undone', 'undone'],
};

/** A lockdown of five steps in the given state. */
export function sampleLockdown(
  state: StartedLockdown['state'],
  different: Partial<StartedLockdown> = {},
): StartedLockdown {
  const isOpen = state === 'running' || state === 'undoing' || state === 'interrupted' || state === 'failed';
  return {
    state,
    direction: state === 'undoing' || state === 'undone' ? 'back' : 'forward',
    id: 'lockdown-1',
    engineer: 'Ines Okafor',
    startedAt: minutesAgo(9),
    endedAt: isOpen ? null : minutesAgo(1),
    steps: stepsIn(statesOf[state]),
    ...different,
  };
}

/** Progress of a lockdown as main pushes it while it runs. */
export function sampleProgress(states: readonly StepState[], different: Partial<Progress> = {}): Progress {
  return {
    operationId: 'operation-1',
    change: 'lockdown.run',
    title: 'Guided lockdown',
    startedAt: minutesAgo(1),
    steps: stepsIn(states).map(({ id, title, state, note, failure: why }) => ({
      id,
      title,
      state,
      note,
      failure: why,
    })),
    cancellable: true,
    ended: { how: 'not-yet' },
    ...different,
  };
}
