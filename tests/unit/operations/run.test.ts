import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { progressSchema } from '#shared/snapshot.ts';
import type { Progress } from '#shared/snapshot.ts';
import { quietRun, ReportedRun } from '#electron/operations/run.ts';
import { waitUntil } from '#electron/operations/wait.ts';

const start: Progress = {
  operationId: 'run-1',
  change: 'rotation.rotate',
  title: 'Rotate acs_service',
  startedAt: '2026-11-21T20:00:00.000Z',
  steps: [],
  cancellable: true,
  ended: { how: 'not-yet' },
};

function reported() {
  const seen: Progress[] = [];
  const run = new ReportedRun(start, (progress) => seen.push(progress));
  run.announce([
    { id: 'stop', title: 'Stop' },
    { id: 'switch', title: 'Switch' },
  ]);
  const step = (id: string) => seen.at(-1)?.steps.find((each) => each.id === id);
  return { run, seen, step };
}

describe('A run', () => {
  it('is told from its first moment, and each change of it once', () => {
    const { run, seen } = reported();
    run.mark('stop', 'running');
    run.mark('stop', 'done', 'AcsService stopped');
    expect(seen).toHaveLength(4);
    expect(seen[0]).toEqual(start);
    for (const progress of seen) expect(progressSchema.safeParse(progress).success).toBe(true);
  });

  it('does not change what was told before', () => {
    const { run, seen } = reported();
    run.mark('stop', 'done');
    expect(seen[1]?.steps.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  });

  it('keeps the note of a step until it runs again', () => {
    const { run, step } = reported();
    run.mark('stop', 'running', 'Asking it to stop');
    run.mark('stop', 'done');
    expect(step('stop')).toMatchObject({ state: 'done', note: 'Asking it to stop' });
    run.mark('stop', 'running');
    expect(step('stop')).toMatchObject({ note: null });
  });

  it('shows a failure at its step until the step is tried again', () => {
    const { run, step } = reported();
    run.mark('switch', 'failed', null, failure('lock-timeout'));
    expect(step('switch')).toMatchObject({ state: 'failed', failure: { code: 'lock-timeout' } });
    expect(step('stop')).toMatchObject({ state: 'waiting', failure: null });
    run.mark('switch', 'running');
    expect(step('switch')?.failure).toBeNull();
  });

  it('takes no notice of a step that was not announced', () => {
    const { run, seen } = reported();
    run.mark('nowhere', 'done');
    expect(seen.at(-1)?.steps.map(({ id }) => id)).toEqual(['stop', 'switch']);
  });

  it('is asked to stop once and for all', () => {
    const { run } = reported();
    expect(run.stopRequested()).toBe(false);
    run.requestStop();
    expect(run.stopRequested()).toBe(true);
  });
});

describe('A run inside of another one', () => {
  it('shows its steps as notes by their titles, when they begin', () => {
    const notes: string[] = [];
    const run = quietRun('run-1', { note: (text) => notes.push(text) });
    run.announce([{ id: 'stop', title: 'Stop the service' }]);
    run.mark('stop', 'running');
    run.mark('stop', 'done');
    run.mark('switch', 'running');
    run.mark('switch', 'running', 'Waiting');
    expect(notes).toEqual(['Stop the service', 'switch', 'Waiting']);
  });

  it('is asked to stop when the outer one is', () => {
    let stop = false;
    const run = quietRun('run-1', { stopRequested: () => stop });
    expect(run.stopRequested()).toBe(false);
    stop = true;
    expect(run.stopRequested()).toBe(true);
    expect(quietRun('run-2').stopRequested()).toBe(false);
  });
});

describe('Waiting', () => {
  it('asks at least once, until the answer is yes', async () => {
    let asked = 0;
    const answer = (yes: number) => async () => await Promise.resolve((asked += 1) >= yes);
    expect(await waitUntil(0, answer(1))).toBe(true);
    expect(asked).toBe(1);
    asked = 0;
    expect(await waitUntil(10_000, answer(3), 0)).toBe(true);
    expect(asked).toBe(3);
  });

  it('ends with no when the time is over', async () => {
    let asked = 0;
    const no = async () => {
      asked += 1;
      return await Promise.resolve(false);
    };
    expect(await waitUntil(0, no, 0)).toBe(false);
    expect(asked).toBe(1);
  });
});
