import { describe, expect, it } from 'vitest';
import { lockdownSteps } from '#electron/operations/lockdown/lockdown-journal.ts';
import { newMachine, withoutChance } from './killed-lockdown.ts';
import type { Machine } from './killed-lockdown.ts';
import type { Tripwire } from './tripwire.ts';

interface Kill {
  readonly name: string;
  readonly wire: Tripwire;
}

/** Killed when the step is announced on the disk but nothing was done, and when all was done but not written down. */
function kills(journal: Tripwire['journal'], step: string, ...holds: readonly string[]): readonly Kill[] {
  const stepHolds = [`"step":"${step}"`, ...holds];
  return [
    {
      name: `${journal} ${step}, before its effect`,
      wire: { journal, holds: ['"kind":"before"', ...stepHolds], when: 'after' },
    },
    {
      name: `${journal} ${step}, after its effect`,
      wire: { journal, holds: ['"kind":"after"', ...stepHolds], when: 'before' },
    },
  ];
}

const forward = '"direction":"forward"';
const back = '"direction":"back"';

const forwardKills = [
  ...lockdownSteps.flatMap((step) => kills('lockdown', step, forward)),
  // The fault matrix has every step of a rotation; here it is that the lockdown around it goes on.
  ...(['stage', 'switch', 'commit'] as const).flatMap((step) => kills('rotation', step)),
];
const backKills = lockdownSteps.filter((step) => step !== 'verify').flatMap((step) => kills('lockdown', step, back));

async function onMachine(act: (site: Machine) => Promise<void>): Promise<void> {
  const site = await newMachine();
  try {
    await act(site);
  } finally {
    await site.remove();
  }
}

let unkilled: Promise<string> | undefined;

/** The end of a lockdown that nobody disturbed. */
async function unkilledImage(): Promise<string> {
  unkilled ??= (async () => {
    let image = '';
    await onMachine(async (site) => {
      expect(await site.mortise('run')).toBe('done');
      image = withoutChance(await site.image());
    });
    return image;
  })();
  return await unkilled;
}

describe('A guided lockdown that is killed', () => {
  it.concurrent.each(forwardKills)('$name, goes on and ends as an unkilled one', async ({ wire }) => {
    await onMachine(async (site) => {
      const before = await site.image();
      expect(await site.mortise('run', wire)).toBe('killed');
      expect(await site.mortise('resume')).toBe('done');
      expect(withoutChance(await site.image())).toBe(await unkilledImage());
      expect(await site.mortise('undo')).toBe('done');
      expect(await site.image()).toBe(before);
    });
  });

  it.concurrent.each(backKills)(
    '$name, while it is taken back, gives back the site byte for byte',
    async ({ wire }) => {
      await onMachine(async (site) => {
        const before = await site.image();
        expect(await site.mortise('run')).toBe('done');
        expect(await site.mortise('undo', wire)).toBe('killed');
        expect(await site.mortise('resume')).toBe('done');
        expect(await site.image()).toBe(before);
      });
    },
  );
});

describe('A server that is stopped in the middle of a step', () => {
  it.concurrent.each(lockdownSteps)(
    '%s: one clear sentence, and the lockdown goes on when it is back',
    async (step) => {
      await onMachine(async (site) => {
        const victim = await site.serverProcess();
        const wire: Tripwire = {
          journal: 'lockdown',
          holds: ['"kind":"before"', `"step":"${step}"`, forward],
          when: 'after',
          victim,
        };
        const told = await site.mortise('run', wire);
        expect(told).toMatch(
          /^apply: (?:SQL Server at .* does not answer|Nothing listens at|The server at .* closed the connection|The connection to SQL Server was lost|The training site is not running)/,
        );
        expect(told.split('\n')).toHaveLength(1);
        expect(await site.mortise('resume')).toBe('done');
        expect(withoutChance(await site.image())).toBe(await unkilledImage());
      });
    },
  );
});
