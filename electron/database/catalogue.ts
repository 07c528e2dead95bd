import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The batches of "Prepare this site", in order; each stands in objects/<id>.sql. */
export const preparationIds = [
  '10-schema',
  '11-agent',
  '20-site-state',
  '21-controller-register',
  '22-state-history',
  '23-truncate-stop',
  '24-state-history-append-only',
  '30-effective-state',
  '40-guard-membership',
  '41-guard-identity',
  '50-commissioning-off',
  '51-commissioning-on',
  '60-first-state',
  '70-rights',
] as const;
export type PreparationId = (typeof preparationIds)[number];

/** Every other statement that Mortise sends; each stands in statements/<id>.sql. All run on SQL Server 2016 and newer. */
export const statementIds = [
  'status',
  'login-facts',
  'login-sessions',
  'change-own-password',
  'who-am-i',
  'commissioning-off',
  'commissioning-on',
  'lock-site',
  'server-identity',
  'assessment-server',
  'assessment-connections',
  'assessment-table',
  'assessment-table-kind',
  'assessment-modules',
  'assessment-plans',
  'assessment-principals',
  'assessment-controllers',
  'discover-server',
  'discover-tables',
] as const;
export type StatementId = (typeof statementIds)[number];

function sqlFile(folder: 'objects' | 'statements', id: string): string {
  // Beside this file in the sources, beside the bundle in a build.
  const path = join(import.meta.dirname, folder, `${id}.sql`);
  if (!existsSync(path)) throw new Error(`The statement ${folder}/${id}.sql is missing from this installation.`);
  return readFileSync(path, 'utf8');
}

/**
 * Replaces every `$(Name)`. A variable without a value is a defect. A value may hold `$(`: it is not looked at again.
 */
export function fillVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\((\w+)\)/g, (_whole, name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`The statement wants $(${name}), which has no value.`);
    return value;
  });
}

export function statementText(id: StatementId, variables: ReadonlyMap<string, string>): string {
  return fillVariables(sqlFile('statements', id), variables);
}

/** The batches that prepare a site, filled for it, in the order in which they run. */
export function preparationBatches(
  variables: ReadonlyMap<string, string>,
): readonly { readonly id: PreparationId; readonly text: string }[] {
  return preparationIds.map((id) => ({ id, text: fillVariables(sqlFile('objects', id), variables) }));
}

/** The batch that removes everything again. */
export function removalBatch(variables: ReadonlyMap<string, string>): string {
  return fillVariables(sqlFile('objects', 'remove'), variables);
}
