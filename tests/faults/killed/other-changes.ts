import { rotationSteps } from '#electron/operations/rotation/rotation-journal.ts';
import type { FaultColumn } from '../fault-columns.ts';
import type { Asked } from './errand.ts';
import type { KilledJob } from './killed-half.ts';

interface Other {
  readonly name: string;
  readonly asked: Asked;
  readonly faults: readonly FaultColumn[];
}

/** What else changes passwords in the same steps: a thinner column each. */
const others: readonly Other[] = [
  {
    name: 'Mortise’s own login',
    asked: { change: 'rotate', login: 'mortise_run' },
    faults: ['crash', 'server-gone-after', 'keychain-locked'],
  },
  {
    name: 'many logins in one go',
    asked: { change: 'rotateMany', logins: ['acs_service', 'mortise_run'] },
    faults: ['crash', 'disk-full'],
  },
  {
    name: 'reset by an administrator',
    asked: { change: 'reset', login: 'acs_service' },
    faults: ['crash', 'server-gone-after', 'service-does-not-start'],
  },
];

const reconcileSteps = ['stop', 'deploy', 'start', 'prove'] as const;

/** One run a cell. */
export function otherJobs(seedOf: (cell: number) => number): readonly KilledJob[] {
  const steps = others.flatMap(({ name, asked, faults }) =>
    rotationSteps.flatMap((step, index) =>
      (['before', 'after'] as const).flatMap((moment) =>
        faults.map((fault) => ({
          row: `${moment} ${step}`,
          column: `${name}: ${fault}`,
          one: {
            asked,
            trigger: {
              kind: 'record',
              step,
              moment,
              login:
                asked.change === 'rotateMany'
                  ? (asked.logins[(index + (moment === 'after' ? 1 : 0)) % 2] ?? null)
                  : null,
            } as const,
            fault,
            before: 'settled',
          } as const,
        })),
      ),
    ),
  );
  const reconcile = reconcileSteps.flatMap((step) =>
    (['running', 'done'] as const).map((state) => ({
      row: `${state === 'running' ? 'before' : 'after'} ${step}`,
      column: 'every copy brought into line: crash',
      one: {
        asked: { change: 'reconcile', login: 'acs_service' },
        trigger: { kind: 'progress', step, state },
        fault: 'crash',
        before: 'a copy changed by hand',
      } as const,
    })),
  );
  return [...steps, ...reconcile].map((job, cell) => ({ ...job, seed: seedOf(cell) }));
}
