import { z } from 'zod';

/**
 * What a changing call will do, before it does it. One shape for every operation, so that the window, the command line
 * and the report show plans in one way. Secrets stand as `[secret]` in every text.
 */
export const plannedChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tsql'), where: z.string(), as: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal('file'), path: z.string(), diff: z.string() }),
  z.strictObject({ kind: z.literal('firewall'), action: z.enum(['add', 'remove']), rule: z.string() }),
  z.strictObject({ kind: z.literal('service'), name: z.string(), action: z.enum(['stop', 'start']) }),
  z.strictObject({ kind: z.literal('secret'), store: z.string(), entry: z.string(), action: z.string() }),
  /** A program of the operating system, by its full path, with its arguments. */
  z.strictObject({ kind: z.literal('command'), text: z.string() }),
  z.strictObject({ kind: z.literal('training'), text: z.string() }),
]);
export type PlannedChange = z.infer<typeof plannedChangeSchema>;

/** Who or what notices: a session that is cut off, a service that stops, a person who can no longer add controllers. */
export const affectedSchema = z.strictObject({ who: z.string(), how: z.string() });
export type Affected = z.infer<typeof affectedSchema>;

export const takeBackSchema = z.discriminatedUnion('possible', [
  z.strictObject({ possible: z.literal(true), how: z.string() }),
  z.strictObject({ possible: z.literal(false), why: z.string() }),
]);

export const planStepSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  changes: z.array(plannedChangeSchema),
});
export type PlanStep = z.infer<typeof planStepSchema>;

export const planBodySchema = z.strictObject({
  title: z.string(),
  summary: z.string(),
  /** In order. A simple operation has one step. */
  steps: z.array(planStepSchema),
  affected: z.array(affectedSchema),
  warnings: z.array(z.string()),
  takeBack: takeBackSchema,
  /** Set where the operation weakens the site: the question that main asks in its own dialog before it applies. */
  consent: z.string().nullable(),
});
export type PlanBody = z.infer<typeof planBodySchema>;

export const planSchema = planBodySchema.extend({
  planId: z.string(),
  digest: z.string(),
  expiresAt: z.iso.datetime(),
});
export type Plan = z.infer<typeof planSchema>;

/** One claim of an outcome. `verified` means read back or probed just before; the screen never words it stronger. */
export const claimSchema = z.strictObject({
  claim: z.string(),
  verdict: z.enum(['verified', 'refuted', 'unknown']),
  method: z.string(),
  at: z.iso.datetime(),
});
export type Claim = z.infer<typeof claimSchema>;

export const outcomeSchema = z.strictObject({
  title: z.string(),
  summary: z.string(),
  claims: z.array(claimSchema),
  endedAt: z.iso.datetime(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

export const stepStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'interrupted', 'undone', 'already-so']);
export type StepState = z.infer<typeof stepStateSchema>;
