import { describe, expect, it } from 'vitest';
import { rotationRecordSchema, rotationState, rotationSteps } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationRecord, RotationStep } from '#electron/operations/rotation/rotation-journal.ts';

const at = '2026-11-21T20:00:00.000Z';
const begun: RotationRecord = {
  kind: 'begun',
  at,
  login: 'acs_service',
  to: 'generated',
  by: 'login',
  partOf: null,
  dependants: [],
  passwordSetAt: at,
};
const before = (step: RotationStep): RotationRecord => ({ kind: 'before', at, step });
const after = (step: RotationStep): RotationRecord => ({ kind: 'after', at, step });
const turned: RotationRecord = { kind: 'turned-back', at };
const ended = (end: 'committed' | 'restored'): RotationRecord => ({ kind: 'ended', at, end });

describe('The journal of a rotation', () => {
  it('of nothing, or without its beginning, says that nothing had begun', () => {
    expect(rotationState([])).toBeUndefined();
    expect(rotationState([before('stage')])).toBeUndefined();
  });

  it('says who it is about, which way it goes and how far it came', () => {
    expect(rotationState([begun, before('stage'), after('stage'), before('stop')])).toEqual({
      login: 'acs_service',
      to: 'generated',
      by: 'login',
      partOf: null,
      dependants: [],
      direction: 'forward',
      passwordSetAt: at,
      began: new Set(['stage', 'stop']),
      finished: new Set(['stage']),
      leftAfter: undefined,
      ended: undefined,
    });
  });

  it.each([
    ['before anything', [], 'stage'],
    ['in staging', [before('stage')], 'stage'],
    ['in stopping', [before('stage'), after('stage'), before('stop')], 'stop'],
    ['in switching', [before('stage'), before('stop'), before('switch')], 'switch'],
    ['in deploying', [before('switch'), after('switch'), before('deploy')], 'switch'],
  ] as const)('that was turned back %s says so, and counts the steps of the way back anew', (_when, way, leftAfter) => {
    expect(rotationState([begun, ...way, turned, before('start')])).toMatchObject({
      direction: 'back',
      leftAfter,
      began: new Set(['start']),
      finished: new Set(),
    });
  });

  it.each(['committed', 'restored'] as const)('that ended says how: %s', (end) => {
    expect(rotationState([begun, ended(end)])?.ended).toBe(end);
  });

  it.each([begun, ...rotationSteps.flatMap((step) => [before(step), after(step)]), turned, ended('restored')])(
    'takes each kind of record, and none with a key too many: $kind $step',
    (record) => {
      expect(rotationRecordSchema.safeParse(record).success).toBe(true);
      for (const key of ['password', 'secret', 'pending'])
        expect(rotationRecordSchema.safeParse({ ...record, [key]: 'hunter2' }).success).toBe(false);
    },
  );
});
