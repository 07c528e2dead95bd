import { createHash } from 'node:crypto';
import type { PlanStep } from '#shared/plan.ts';

/** SHA-256 over exactly the changes that a plan shows: what a person agreed to. */
export function changesDigest(steps: readonly PlanStep[]): string {
  return createHash('sha256')
    .update(
      JSON.stringify(
        steps.map((step) => [
          step.id,
          step.changes.map((change) => Object.entries(change).toSorted(([a], [b]) => (a < b ? -1 : 1))),
        ]),
      ),
    )
    .digest('hex');
}

/** SHA-256 over a draft: what it shows and what it rests on. */
export function draftDigest(draft: {
  readonly body: { readonly steps: readonly PlanStep[] };
  readonly rests: string;
}): string {
  return createHash('sha256').update(changesDigest(draft.body.steps)).update('\n').update(draft.rests).digest('hex');
}
