import { rotationSteps } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationStep } from '#electron/operations/rotation/rotation-journal.ts';

/** A moment of a rotation: a step was announced on the disk and nothing of it done, or all of it done and not written down. */
export interface Transition {
  readonly direction: 'forward' | 'back';
  readonly step: RotationStep;
  readonly moment: 'before' | 'after';
}

export const transitions: readonly Transition[] = (['forward', 'back'] as const).flatMap((direction) =>
  rotationSteps.flatMap((step) => (['before', 'after'] as const).map((moment) => ({ direction, step, moment }))),
);

export const transitionName = ({ direction, step, moment }: Transition) => `${direction}, ${moment} ${step}`;

/** Whether this record of the journal is the one that the transition is known by. */
export function isTransition({ step, moment }: Transition, record: { kind: string; step?: string }): boolean {
  return record.kind === moment && record.step === step;
}
