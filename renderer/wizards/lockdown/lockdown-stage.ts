import type { ChangeFlow } from '../../store/change-flow.ts';
import type { Lockdown } from '#shared/snapshot.ts';

export const stages = ['ask', 'plan', 'run', 'outcome'] as const;
export type Stage = (typeof stages)[number];

const ofPhase: { readonly [P in ChangeFlow['phase']['name']]: Stage } = {
  asking: 'ask',
  planning: 'plan',
  refused: 'plan',
  planned: 'plan',
  applying: 'run',
  failed: 'run',
  ended: 'outcome',
};

const ofState: { readonly [S in Lockdown['state']]: Stage } = {
  none: 'ask',
  running: 'run',
  undoing: 'run',
  interrupted: 'run',
  failed: 'run',
  finished: 'outcome',
  stopped: 'outcome',
  undone: 'outcome',
};

/** Which part of the lockdown's screen is shown: by the change that this window asked for, else by what main says. */
export function stageOf(flow: ChangeFlow | null, lockdown: Lockdown, asks: boolean): Stage {
  if (flow?.place === 'lockdown') return ofPhase[flow.phase.name];
  const stage = ofState[lockdown.state];
  return stage === 'outcome' && asks ? 'ask' : stage;
}
