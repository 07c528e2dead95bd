import type { StepState } from '#shared/plan.ts';
import { known } from '#shared/reading.ts';
import type { OpenRotation, Progress, Snapshot } from '#shared/snapshot.ts';
import { minutesAgo } from './moments.ts';

const titles = ['Change it on the server', 'Write it where the services read it', 'Prove it'] as const;

/** Progress of a rotation of two logins as main pushes it: three steps each, in the order of the states given. */
export function rotationProgress(states: readonly StepState[], different: Partial<Progress> = {}): Progress {
  const steps = ['acs_service', 'mortise_run'].flatMap((login) =>
    titles.map((title, index) => ({ id: `${login} step-${index}`, title: `${login}: ${title}` })),
  );
  return {
    operationId: 'operation-7',
    change: 'rotation.rotateMany',
    title: 'Rotate 2 logins',
    startedAt: minutesAgo(1),
    steps: steps.map((step, index) => ({ ...step, state: states[index] ?? 'waiting', note: null, failure: null })),
    cancellable: true,
    ended: { how: 'not-yet' },
    ...different,
  };
}

/** A rotation of acs_service that stopped after the server had the new password. */
export function openRotation(different: Partial<OpenRotation> = {}): Snapshot['openRotation'] {
  return known(
    {
      login: 'acs_service',
      startedAt: minutesAgo(25),
      direction: 'forward',
      step: 'deploy',
      switched: true,
      sentence:
        'The rotation of acs_service stopped in the step "deploy". The server may have the new password already; both are kept.',
      ...different,
    },
    new Date(),
  );
}
