import { describe, expect, it } from 'vitest';
import type { PlannedChange, PlanStep } from '#shared/plan.ts';
import { changesDigest, draftDigest } from '#electron/operations/digest.ts';

const step = (...changes: PlannedChange[]): PlanStep => ({ id: 'one', title: 'A step', changes });
const tsql: PlannedChange = { kind: 'tsql', where: 'Acs', as: 'sa', text: 'SELECT 1;' };
const rule: PlannedChange = { kind: 'firewall', action: 'add', rule: 'drop tcp 1433' };
const plain = changesDigest([step(tsql, rule)]);

describe('The digest of changes', () => {
  it('is the same whatever the order of the keys', () => {
    const turned = Object.fromEntries(Object.entries(tsql).toReversed()) as PlannedChange;
    expect(Object.keys(turned)).not.toEqual(Object.keys(tsql));
    expect(changesDigest([step(turned, rule)])).toBe(plain);
  });

  it('is the same under another title: nothing else is done for it', () => {
    expect(changesDigest([{ ...step(tsql, rule), title: 'Another title' }])).toBe(plain);
  });

  const others: readonly (readonly [string, readonly PlanStep[]])[] = [
    ['a character of a statement', [step({ ...tsql, text: 'SELECT 2;' }, rule)]],
    ['a blank', [step({ ...tsql, text: 'SELECT 1; ' }, rule)]],
    ['the place', [step({ ...tsql, where: 'Other' }, rule)]],
    ['as whom', [step({ ...tsql, as: 'mortise_run' }, rule)]],
    ['the rule', [step(tsql, { ...rule, rule: 'drop tcp 1434' })]],
    ['adding to removing', [step(tsql, { ...rule, action: 'remove' })]],
    ['the order', [step(rule, tsql)]],
    ['one more change', [step(tsql, rule, rule)]],
    ['one less', [step(tsql)]],
    ['the step', [{ ...step(tsql, rule), id: 'two' }]],
    ['where one step ends', [step(tsql), step(rule)]],
    ['one more step', [step(tsql, rule), step()]],
    ['text that moves from one field to the next', [step({ ...tsql, where: 'Acss', as: 'a' }, rule)]],
  ];
  it.each(others)('is another when this changes: %s', (_what, steps) => {
    expect(changesDigest(steps)).not.toBe(plain);
  });

  it('differs for each of these', () => {
    const digests = others.map(([, steps]) => changesDigest(steps));
    expect(new Set([plain, ...digests]).size).toBe(others.length + 1);
  });
});

describe('The digest of a draft', () => {
  const body = { steps: [step(tsql)] };

  it('is another when what it rests on differs, though it shows the same', () => {
    const one = draftDigest({ body, rests: 'version 1' });
    expect(draftDigest({ body, rests: 'version 1' })).toBe(one);
    expect(draftDigest({ body, rests: 'version 2' })).not.toBe(one);
    expect(draftDigest({ body: { steps: [step(rule)] }, rests: 'version 1' })).not.toBe(one);
  });
});
