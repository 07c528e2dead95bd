import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { lockdownSchema } from '#shared/snapshot.ts';
import {
  lockdownRecordSchema,
  lockdownState,
  lockdownSteps,
  shownLockdown,
} from '#electron/operations/lockdown/lockdown-journal.ts';
import type { LockdownRecord, LockdownStepId } from '#electron/operations/lockdown/lockdown-journal.ts';

const at = '2026-11-21T20:00:00.000Z';
const planned = (id: LockdownStepId, digest = 'd1') => ({ id, title: `Step ${id}`, planned: [], digest });
const begun: LockdownRecord = {
  kind: 'begun',
  at,
  id: 'one',
  engineer: 'Ines',
  reason: 'Handover',
  login: 'acs_service',
  steps: lockdownSteps.map((id) => planned(id)),
};
const direction = 'forward';
const before = (step: LockdownStepId): LockdownRecord => ({ kind: 'before', at, step, direction });
const after = (step: LockdownStepId, state: 'done' | 'already-so' | 'undone' = 'done'): LockdownRecord => ({
  kind: 'after',
  at,
  step,
  direction,
  state,
  note: 'It was done',
  claims: [{ claim: 'It is so', verdict: 'verified', method: 'Read', at }],
});
const why = failure('connection-lost');
const failedAt = (step: LockdownStepId): LockdownRecord => ({ kind: 'failed', at, step, direction, failure: why });
const resumed = (way: 'forward' | 'back', ...steps: ReturnType<typeof planned>[]): LockdownRecord => ({
  kind: 'resumed',
  at,
  direction: way,
  steps,
});
const reached = (how: 'finished' | 'stopped' | 'undone'): LockdownRecord => ({ kind: 'reached', at, how });
const closed: LockdownRecord = { kind: 'closed', at };

const stateOf = (...records: LockdownRecord[]) => {
  const shown = shownLockdown(lockdownState([begun, ...records]), false);
  return shown.state === 'none' ? ['none'] : [shown.state, ...shown.steps.map(({ state }) => state)];
};
const waiting = (count: number) => Array.from({ length: count }, () => 'waiting');

const cases: readonly (readonly [string, readonly LockdownRecord[], readonly string[]])[] = [
  ['has just begun', [], ['interrupted', ...waiting(5)]],
  ['was ended in a step', [before('prepare')], ['interrupted', 'interrupted', ...waiting(4)]],
  ['was ended between steps', [before('prepare'), after('prepare')], ['interrupted', 'done', ...waiting(4)]],
  ['found a step done before', [after('prepare', 'already-so')], ['interrupted', 'already-so', ...waiting(4)]],
  ['failed in a step', [before('prepare'), failedAt('prepare')], ['failed', 'failed', ...waiting(4)]],
  ['failed before a step began', [failedAt('prepare')], ['failed', 'failed', ...waiting(4)]],
  [
    'tries a failed step again',
    [failedAt('prepare'), resumed('forward', planned('prepare')), before('prepare')],
    ['interrupted', 'interrupted', ...waiting(4)],
  ],
  [
    'came to its end',
    [...lockdownSteps.flatMap((step) => [before(step), after(step)]), reached('finished')],
    ['finished', 'done', 'done', 'done', 'done', 'done'],
  ],
  [
    'was stopped where it was',
    [failedAt('rotate'), reached('stopped')],
    ['stopped', 'waiting', 'failed', 'waiting', 'waiting', 'waiting'],
  ],
  [
    'was taken back',
    [
      before('prepare'),
      after('prepare'),
      resumed('back'),
      before('prepare'),
      after('prepare', 'undone'),
      reached('undone'),
    ],
    ['undone', 'undone', ...waiting(4)],
  ],
  ['is being taken back after its end', [reached('finished'), resumed('back')], ['interrupted', ...waiting(5)]],
  ['was closed for the next one', [reached('finished'), closed], ['none']],
];

describe('The journal of a lockdown', () => {
  it('of nothing, or without its beginning, says that there is none', () => {
    expect(lockdownState([])).toBeUndefined();
    expect(lockdownState([reached('finished')])).toBeUndefined();
    expect(shownLockdown(undefined, false)).toEqual({ state: 'none' });
  });

  it.each(cases)('that %s says so', (_what, records, expected) => {
    expect(stateOf(...records)).toEqual(expected);
  });

  it.each(cases)('that %s is shown in a shape that the screens know', (_what, records) => {
    for (const running of [false, true])
      expect(
        lockdownSchema.safeParse(shownLockdown(lockdownState([begun, ...records]), running)).error,
      ).toBeUndefined();
  });

  it('shows the step at work as running while somebody works on it, and in which direction', () => {
    const forward = shownLockdown(lockdownState([begun, before('prepare')]), true);
    expect(forward).toMatchObject({
      state: 'running',
      direction: 'forward',
      steps: [{ state: 'running' }, {}, {}, {}, {}],
    });
    const back = shownLockdown(lockdownState([begun, before('prepare'), resumed('back')]), true);
    expect(back).toMatchObject({ state: 'undoing', direction: 'back' });
  });

  it('keeps what was agreed to again, and forgets where it had ended', () => {
    const state = lockdownState([begun, reached('stopped'), resumed('forward', planned('rotate', 'd2'))]);
    expect(state).toMatchObject({ reached: undefined, endedAt: null, direction: 'forward' });
    expect(state?.steps.map(({ digest }) => digest)).toEqual(['d1', 'd2', 'd1', 'd1', 'd1']);
  });

  it('knows which steps may have touched the site: those that began, whatever became of them', () => {
    const state = lockdownState([
      begun,
      failedAt('prepare'),
      before('rotate'),
      failedAt('rotate'),
      after('verify', 'already-so'),
    ]);
    expect(state?.steps.filter((step) => step.begun).map(({ id }) => id)).toEqual(['rotate']);
  });

  it('shows a failure only until the step is tried again', () => {
    const failing = lockdownState([begun, before('prepare'), failedAt('prepare')]);
    expect(failing?.steps[0]?.failure).toEqual(why);
    expect(lockdownState([begun, failedAt('prepare'), before('prepare')])?.steps[0]?.failure).toBeNull();
  });

  it('takes each kind of record, and none with a key too many', () => {
    for (const record of [
      begun,
      before('rotate'),
      after('rotate'),
      failedAt('rotate'),
      resumed('back'),
      reached('undone'),
      closed,
    ]) {
      expect(lockdownRecordSchema.safeParse(record).success, record.kind).toBe(true);
      expect(lockdownRecordSchema.safeParse({ ...record, setup: { password: 'x' } }).success, record.kind).toBe(false);
    }
  });
});
