import type { FaultColumn } from '../fault-columns.ts';
import type { RotationStep } from '#electron/operations/rotation/rotation-journal.ts';

/** Which moment of the change strikes: a record of a rotation's journal, or a step of a change that keeps no journal. */
export type Trigger =
  | {
      readonly kind: 'record';
      readonly step: RotationStep;
      readonly moment: 'before' | 'after';
      /** Of which login's rotation, where there are several; the first that is met when null. */
      readonly login: string | null;
    }
  | { readonly kind: 'progress'; readonly step: string; readonly state: 'running' | 'done' };

/** What Mortise is asked for. */
export type Asked =
  | { readonly change: 'rotate' | 'restore' | 'reconcile'; readonly login: string }
  | { readonly change: 'reset'; readonly login: string }
  | { readonly change: 'rotateMany'; readonly logins: readonly string[] };

/** For a Mortise in a process of its own, which ends by SIGKILL whatever it does. */
export interface Errand {
  readonly stateFolder: string;
  readonly asked: Asked;
  readonly trigger: Trigger;
  readonly fault: FaultColumn;
  /** When after the fault: in the same moment, when it would write its next record, or so many milliseconds later. */
  readonly killed: 'at once' | 'at the next record' | number;
}

/** Exit code of a Mortise that came to its end without having met the trigger. */
export const notMet = 3;
