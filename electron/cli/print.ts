import type { Failure } from '#shared/errors.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import { changeText } from '#shared/change-text.ts';

/** Where the command line writes: what was asked for to `out`, everything else to `err`. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const indent = (text: string, by: string) =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : by + line))
    .join('\n');

export function planText(plan: Plan): string {
  const lines = [plan.title, indent(plan.summary, '  '), ''];
  for (const [index, step] of plan.steps.entries()) {
    lines.push(`  ${index + 1}. ${step.title}`);
    for (const change of step.changes) lines.push(indent(changeText(change), '       '));
  }
  for (const { who, how } of plan.affected) lines.push('', `  Who notices: ${who}`, `    ${how}`);
  for (const warning of plan.warnings) lines.push('', `  Note: ${warning}`);
  lines.push(
    '',
    plan.takeBack.possible
      ? `  Can be taken back: ${plan.takeBack.how}`
      : `  Cannot be taken back: ${plan.takeBack.why}`,
    '',
  );
  return lines.join('\n');
}

const words = { verified: 'verified', refuted: 'REFUTED', unknown: 'unknown' } as const;

export function outcomeText(outcome: Outcome): string {
  const claims = outcome.claims.map(
    ({ claim, verdict, method, at }) => `  [${words[verdict]}] ${claim}\n      ${method}, ${at}`,
  );
  return [outcome.title, `  ${outcome.summary}`, ...claims, ''].join('\n');
}

/** The sentences, or with `--json` the one document; `plan` is left out where nothing was to be changed. */
export function printFailure(
  failure: Failure,
  { json, plan }: { readonly json: boolean; readonly plan?: Plan | null | undefined },
  output: Output,
): void {
  if (!json) output.err(failureText(failure));
  else output.out(`${JSON.stringify(plan === undefined ? { failure } : { plan, failure }, null, 2)}\n`);
}

export function failureText(failure: Failure): string {
  return `${failure.sentence}\n${failure.next}\n`;
}
