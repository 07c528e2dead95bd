import type { AssessmentGround } from './ground.ts';
import { writesTo } from './t-sql/writes.ts';
import type { TableWrite } from './t-sql/writes.ts';

/** A statement that writes controllers, and where it was found. */
export interface FoundWrite extends TableWrite {
  /** `dbo.add_controller`, or the plan cache. */
  readonly where: string;
  readonly from: 'module' | 'plan';
}

/** Mortise's own procedures and guards write what they must. */
const isOwn = (schema: string, name: string) =>
  schema.toLowerCase() === 'mortise' || name.toLowerCase().startsWith('mortise_guard');

/** Every statement in modules and the plan cache that writes the controller table, as far as both could be read. */
export function writesFound({ profile, survey }: AssessmentGround): readonly FoundWrite[] {
  const { schema, table } = profile.controllerTable;
  const named = { database: profile.endpoint.database, schema, table };
  const modules = survey.modules.ok ? survey.modules.value.mentioning : [];
  const plans = survey.plans.ok ? survey.plans.value : [];
  return [
    ...modules
      .filter((module) => !isOwn(module.schema, module.name))
      .flatMap((module) =>
        writesTo(module.text, named).map((write) => ({
          ...write,
          where: `${module.schema}.${module.name}`,
          from: 'module' as const,
        })),
      ),
    ...plans.flatMap((plan) =>
      writesTo(plan.text, named).map((write) => ({
        ...write,
        where: `run ${plan.executions} times, last ${plan.lastRun.toISOString()}`,
        from: 'plan' as const,
      })),
    ),
  ];
}

/** Whether the guard would look at the statement: membership always, an update where it sets an identifying column. */
export function isGuarded(write: TableWrite, { profile }: Pick<AssessmentGround, 'profile'>): boolean {
  if (!write.firesTriggers) return false;
  if (write.actions.some((action) => action === 'INSERT' || action === 'DELETE')) return true;
  const { key, identifying, guardUpdates } = profile.controllerTable;
  if (!guardUpdates) return false;
  const identity = new Set([key, ...identifying].map(({ column }) => column.toLowerCase()));
  return write.sets.some((column) => identity.has(column.toLowerCase()));
}

export const lineOf = ({ where, excerpt }: FoundWrite) => `${where}: ${excerpt}`;
