import type { Outcome, PlanBody } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import type { Run } from './run.ts';

/** A change that was thought through: what it will do, what that rests on, and how to do it. */
export interface Draft {
  readonly body: PlanBody;
  /** What the plan rests on, besides the changes it shows. When it differs at apply, the plan is outdated. */
  readonly rests: string;
  apply(run: Run): Promise<Result<Outcome>>;
}

/** What a person asks for, in two halves. `plan` changes nothing. */
export interface Change<Input> {
  plan(input: Input): Promise<Result<Draft>>;
}
