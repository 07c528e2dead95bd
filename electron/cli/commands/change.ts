import type { Client } from '#shared/client.ts';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import type { Progress } from '#shared/snapshot.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { outcomeText, planText, printFailure } from '../print.ts';
import type { Output } from '../print.ts';

/** A changing call with its input given, as every command that changes something hands it over. */
export interface PlannedCall {
  plan(): Promise<Result<Plan>>;
  apply(input: { readonly planId: string }): Promise<Result<Outcome>>;
}

export interface ChangeOptions {
  readonly json: boolean;
  readonly yes: boolean;
  readonly ask: (question: string) => Promise<boolean>;
}

/**
 * Prints the plan, asks unless `--yes`, applies it, prints what was proved. With `--json` one document:
 * `{ plan, outcome }` or `{ plan, failure }` (plan null where it could not be made).
 */
export async function carryOutChange(
  client: Client,
  call: PlannedCall,
  options: ChangeOptions,
  output: Output,
): Promise<ExitCode> {
  const plan = await call.plan();
  if (!plan.ok) return fail(null, plan.error, options, output);
  if (!options.json) output.out(planText(plan.value));
  // Nobody is asked about a plan that they do not see.
  else if (!options.yes) output.err(planText(plan.value));
  if (!options.yes && !(await options.ask('Apply this plan?'))) {
    output.err('Nothing was changed. Give --yes to apply without being asked.\n');
    if (options.json) fail(plan.value, failure('consent-refused'), options, output);
    return exitCodes.refused;
  }
  const stop = client.on('progress', progressPrinter(output));
  const outcome = await call.apply({ planId: plan.value.planId });
  stop();
  if (!outcome.ok) return fail(plan.value, outcome.error, options, output);
  output.out(
    options.json
      ? `${JSON.stringify({ plan: plan.value, outcome: outcome.value }, null, 2)}\n`
      : outcomeText(outcome.value),
  );
  return exitCodes.done;
}

function fail(plan: Plan | null, why: Failure, options: ChangeOptions, output: Output): ExitCode {
  printFailure(why, { json: options.json, plan }, output);
  return exitCodeOf(why.code);
}

/** One line when a step begins or ends, to standard error, so that the answer stays clean. */
function progressPrinter(output: Output): (progress: Progress) => void {
  const shown = new Set<string>();
  return (progress) => {
    for (const step of progress.steps) {
      const line = `${step.id} ${step.state}`;
      if (step.state === 'waiting' || shown.has(line)) continue;
      shown.add(line);
      output.err(
        `  ${step.title}: ${step.state}${step.note === null || step.state === 'running' ? '' : ` (${step.note})`}\n`,
      );
    }
  };
}
