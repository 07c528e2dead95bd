import type { Failure } from '#shared/errors.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import type { ChangeRequest } from './change-request.ts';

/**
 * Where one change stands on the screen. It can only be applied from `planned`, so nothing is applied that was not
 * shown. `refused`: there is no plan; `failed`: it was begun and did not end well.
 */
export type ChangePhase =
  | { readonly name: 'asking' }
  | { readonly name: 'planning' }
  | { readonly name: 'refused'; readonly failure: Failure }
  | { readonly name: 'planned'; readonly plan: Plan }
  | { readonly name: 'applying'; readonly plan: Plan; readonly stopAsked: boolean }
  | { readonly name: 'ended'; readonly plan: Plan; readonly outcome: Outcome }
  | { readonly name: 'failed'; readonly plan: Plan; readonly failure: Failure };

export interface ChangeFlow {
  readonly request: ChangeRequest;
  readonly phase: ChangePhase;
  /** The screens of the lockdown and of the rotation show their plans themselves; everything else is shown in the dialog. */
  readonly place: 'dialog' | 'lockdown' | 'rotation';
  /** The dialog or the screen was put away while the change goes on. */
  readonly hidden: boolean;
}

/** Whether this change stands in the dialog before everything else: then the dialog has the keyboard and the focus. */
export const isInDialog = (change: ChangeFlow | null): change is ChangeFlow =>
  change?.place === 'dialog' && !change.hidden;
