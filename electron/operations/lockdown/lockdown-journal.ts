import { z } from 'zod';
import { failureSchema } from '#shared/errors.ts';
import { claimSchema, plannedChangeSchema } from '#shared/plan.ts';
import type { Lockdown, LockdownStep } from '#shared/snapshot.ts';

/** The steps of the guided lockdown, in order. The last one changes nothing: it proves. */
export const lockdownSteps = ['prepare', 'rotate', 'commissioning-off', 'secure-mode-on', 'verify'] as const;
export type LockdownStepId = (typeof lockdownSteps)[number];

const at = z.iso.datetime();
const stepId = z.enum(lockdownSteps);
const direction = z.enum(['forward', 'back']);

const plannedStep = z.strictObject({
  id: stepId,
  title: z.string(),
  planned: z.array(plannedChangeSchema),
  /** Of the changes that were agreed to; a step whose changes are others by then is not applied. */
  digest: z.string(),
});
export type PlannedStep = z.infer<typeof plannedStep>;

export const lockdownRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begun'),
    at,
    id: z.string(),
    engineer: z.string(),
    reason: z.string(),
    login: z.string(),
    steps: z.array(plannedStep),
  }),
  /** What a person agreed to again before going on. */
  z.strictObject({ kind: z.literal('resumed'), at, direction, steps: z.array(plannedStep) }),
  z.strictObject({ kind: z.literal('before'), at, step: stepId, direction }),
  z.strictObject({
    kind: z.literal('after'),
    at,
    step: stepId,
    direction,
    /** `already-so`: it was so before the lockdown, so taking back leaves it. */
    state: z.enum(['done', 'already-so', 'undone']),
    note: z.string().nullable(),
    claims: z.array(claimSchema),
  }),
  z.strictObject({ kind: z.literal('failed'), at, step: stepId, direction, failure: failureSchema }),
  z.strictObject({ kind: z.literal('reached'), at, how: z.enum(['finished', 'stopped', 'undone']) }),
  /** Nothing comes after it: the next lockdown has begun, or what was done has been taken back. */
  z.strictObject({ kind: z.literal('closed'), at }),
]);
export type LockdownRecord = z.infer<typeof lockdownRecordSchema>;
export type LockdownBegun = Extract<LockdownRecord, { readonly kind: 'begun' }>;

type Direction = z.infer<typeof direction>;
type ShownLockdown = Exclude<Lockdown, { readonly state: 'none' }>;

/** What a journal says: where the lockdown stands, which way it was going, and each step. */
export interface LockdownState {
  readonly begun: LockdownBegun;
  readonly direction: Direction;
  readonly reached: 'finished' | 'stopped' | 'undone' | undefined;
  readonly endedAt: string | null;
  readonly steps: readonly (LockdownStep & {
    readonly id: LockdownStepId;
    readonly digest: string;
    /** Whether it may have touched the site: a step that failed before it began leaves nothing to take back. */
    readonly begun: boolean;
  })[];
}

type MutableStep = { -readonly [K in keyof LockdownState['steps'][number]]: LockdownState['steps'][number][K] };

/** Reads a journal from its first record to its last. Undefined for an empty one, and for one that was closed. */
export function lockdownState(records: readonly LockdownRecord[]): LockdownState | undefined {
  const [first, ...rest] = records;
  if (first?.kind !== 'begun' || rest.at(-1)?.kind === 'closed') return undefined;
  const steps: MutableStep[] = first.steps.map((step) => ({
    ...step,
    state: 'waiting',
    note: null,
    failure: null,
    claims: [],
    begun: false,
  }));
  let direction: Direction = 'forward';
  let reached: LockdownState['reached'];
  let endedAt: string | null = null;
  for (const record of rest) {
    const step = 'step' in record ? steps.find(({ id }) => id === record.step) : undefined;
    switch (record.kind) {
      case 'resumed':
        direction = record.direction;
        reached = undefined;
        endedAt = null;
        for (const agreed of record.steps)
          Object.assign(steps.find(({ id }) => id === agreed.id) ?? {}, record.direction === 'forward' ? agreed : {});
        break;
      case 'before':
        if (step !== undefined) Object.assign(step, { state: 'interrupted', failure: null, begun: true });
        break;
      case 'after':
        if (step !== undefined)
          Object.assign(step, { state: record.state, note: record.note, claims: record.claims, failure: null });
        break;
      case 'failed':
        if (step !== undefined) Object.assign(step, { state: 'failed', failure: record.failure });
        break;
      case 'reached':
        reached = record.how;
        endedAt = record.at;
        break;
      case 'begun':
      case 'closed':
        break;
    }
  }
  return { begun: first, direction, reached, endedAt, steps };
}

/** The lockdown as the screens show it. `running`: whether this process is working on it now. */
export function shownLockdown(state: LockdownState | undefined, running: boolean): Lockdown {
  if (state === undefined) return { state: 'none' };
  const { begun, direction, endedAt } = state;
  return {
    state: shownState(state, running),
    direction,
    id: begun.id,
    engineer: begun.engineer,
    startedAt: begun.at,
    endedAt,
    steps: state.steps.map(({ digest: _digest, begun: _begun, ...step }) =>
      running && step.state === 'interrupted' ? { ...step, state: 'running' } : step,
    ),
  };
}

function shownState(state: LockdownState, running: boolean): ShownLockdown['state'] {
  if (running) return state.direction === 'forward' ? 'running' : 'undoing';
  if (state.reached !== undefined) return state.reached;
  return state.steps.some((step) => step.state === 'failed') ? 'failed' : 'interrupted';
}
