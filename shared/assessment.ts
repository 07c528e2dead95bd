import { z } from 'zod';

/** How much a finding stands in the way. `unknown`: it could not be read, which is never good. */
export const severitySchema = z.enum(['blocking', 'attention', 'unknown', 'note', 'good']);
export type Severity = z.infer<typeof severitySchema>;

/** The questions of a first visit, in the order in which they are answered. */
export const assessmentAreas = [
  'endpoint',
  'version',
  'encryption',
  'listeners',
  'controller-table',
  'refused-programs',
  'output-clause',
  'logins',
  'rotation',
  'models',
  'rights',
  'objects',
] as const;

export const findingSchema = z.strictObject({
  id: z.string(),
  area: z.enum(assessmentAreas),
  severity: severitySchema,
  title: z.string(),
  detail: z.string(),
  /** What to do about it; null where nothing is to be done. */
  next: z.string().nullable(),
  /** What was read, line by line: names of programs, modules, exact GRANTs. */
  evidence: z.array(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;

export const verdictSchema = z.strictObject({
  what: z.enum(['commissioning mode', 'credential rotation', 'secure mode']),
  state: z.enum(['ready', 'blocked', 'unknown']),
  sentence: z.string(),
});
export type AssessmentVerdict = z.infer<typeof verdictSchema>;

/** The report of a first visit. Read-only: making it changes nothing on the server. */
export const assessmentSchema = z.strictObject({
  takenAt: z.iso.datetime(),
  site: z.strictObject({ name: z.string(), endpoint: z.string(), database: z.string(), controllerTable: z.string() }),
  /** The login it was read as. */
  as: z.string(),
  verdicts: z.array(verdictSchema),
  findings: z.array(findingSchema),
});
export type Assessment = z.infer<typeof assessmentSchema>;
