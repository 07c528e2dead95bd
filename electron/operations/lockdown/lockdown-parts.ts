import type { Result } from '#shared/result.ts';
import type { StepJournal } from '#electron/journal/step-journal.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { Draft } from '../change.ts';
import type { PrepareSite } from '../preparation/prepare-site.ts';
import type { RemoveFromSite } from '../preparation/remove-from-site.ts';
import type { SwitchCommissioningOff } from '../commissioning/switch-off.ts';
import type { SwitchCommissioningOn } from '../commissioning/switch-on.ts';
import type { RotateLogin } from '../rotation/rotate-login.ts';
import type { SwitchSecureModeOff } from '../secure-mode/switch-off.ts';
import type { SwitchSecureModeOn } from '../secure-mode/switch-on.ts';
import type { SetupInput } from '../setup.ts';
import type { LockdownRecord, LockdownStepId } from './lockdown-journal.ts';

/** The operations that the lockdown leads through: the same ones that stand on the screens by themselves. */
export interface LockdownOperations {
  readonly prepare: PrepareSite;
  readonly remove: RemoveFromSite;
  readonly rotate: RotateLogin;
  readonly restore: RotateLogin;
  readonly off: SwitchCommissioningOff;
  readonly on: SwitchCommissioningOn;
  readonly secureModeOn: SwitchSecureModeOn;
  readonly secureModeOff: SwitchSecureModeOff;
}

export interface LockdownParts {
  readonly operations: LockdownOperations;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly journal: StepJournal<LockdownRecord>;
  readonly clock: Clock;
  /** Told when records were written, so that the screens follow. */
  readonly changed: () => void;
}

/** What one lockdown is about. */
export interface LockdownCase {
  readonly login: string;
  readonly reason: string;
  readonly setup: SetupInput;
  /** When it began, which names it: a rotation that is a part of it says so. */
  readonly since: string;
}

/** One step: how to find it done, do it, prove it, take it back. */
export interface GuidedStep {
  readonly id: LockdownStepId;
  readonly title: string;
  /** Whether it is so already; then nothing is done, and nothing is taken back later. */
  check(about: LockdownCase): Promise<Result<boolean>>;
  /** `ahead`: planned before the steps in front of it were done. */
  plan(about: LockdownCase, ahead: boolean): Promise<Result<Draft>>;
  /** Undefined where there is nothing to take back. */
  undo(about: LockdownCase): Promise<Result<Draft | undefined>>;
}
