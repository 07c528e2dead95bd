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
  '42-guards-first',
  '43-guard-identity-first',
  '50-commissioning-off',
  '51-commissioning-on',
  '52-rehearse',
  '53-renew-register',
  '54-adopt-server',
  '60-first-state',
  '70-rights',
] as const;
export type PreparationId = (typeof preparationIds)[number];

/** The batches that take the guard down, make room for it, put it up again, and remove everything. */
export const guardBatchIds = ['guard-down', 'guard-away', 'guard-up', 'remove'] as const;
export type GuardBatchId = (typeof guardBatchIds)[number];

/** The batches that belong to the guard of updates; a profile can leave it out. */
const identityGuard: ReadonlySet<PreparationId> = new Set(['41-guard-identity', '43-guard-identity-first']);

/** The batches that hold no data: dropped and created anew when the guard is put up again. */
const guardModules: ReadonlySet<PreparationId> = new Set([
  '24-state-history-append-only',
  '30-effective-state',
  '40-guard-membership',
  '41-guard-identity',
  '42-guards-first',
  '43-guard-identity-first',
  '50-commissioning-off',
  '51-commissioning-on',
  '52-rehearse',
  '53-renew-register',
  '54-adopt-server',
  '70-rights',
]);

/** Every other statement that Mortise sends; each stands in statements/<id>.sql. All run on SQL Server 2016 and newer. */
export const statementIds = [
  'status',
  'rights',
  'login-facts',
  'login-sessions',
  'login-holders',
  'refused-logins',
  'open-sessions',
  'end-session',
  'change-own-password',
  'who-am-i',
  'run-login-look',
  'create-run-login',
  'run-login-create',
  'set-login-password',
  'run-login-enable',
  'run-login-user',
  'run-login-user-again',
  'commissioning-off',
  'commissioning-on',
  'rehearse',
  'renew-register',
  'adopt-server',
  'lock-site',
  'server-identity',
  'assessment-server',
  'assessment-database',
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

/** Those that are about one login: filled with its name and password, which are no values of a site. */
export const loginStatementIds: ReadonlySet<StatementId> = new Set<StatementId>([
  'change-own-password',
  'create-run-login',
  'run-login-create',
  'set-login-password',
  'run-login-enable',
  'run-login-user',
  'run-login-user-again',
]);

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

/** One batch with its name in the catalogue. */
export interface Batch<Id extends string = string> {
  readonly id: Id;
  readonly text: string;
}

/** The batches that prepare a site, filled for it, in the order in which they run. */
export function preparationBatches(
  variables: ReadonlyMap<string, string>,
  { guardUpdates }: { readonly guardUpdates: boolean } = { guardUpdates: true },
): readonly Batch<PreparationId>[] {
  return preparationIds
    .filter((id) => guardUpdates || !identityGuard.has(id))
    .map((id) => ({ id, text: fillVariables(sqlFile('objects', id), variables) }));
}

export function guardBatch<Id extends GuardBatchId>(id: Id, variables: ReadonlyMap<string, string>): Batch<Id> {
  return { id, text: fillVariables(sqlFile('objects', id), variables) };
}

/** The batches that put the guard up anew, in one transaction: state, register and history stay as they are. */
export function guardUpBatches(
  variables: ReadonlyMap<string, string>,
  choice: { readonly guardUpdates: boolean } = { guardUpdates: true },
): readonly Batch<PreparationId | GuardBatchId>[] {
  return [
    guardBatch('guard-away', variables),
    ...preparationBatches(variables, choice).filter(({ id }) => guardModules.has(id)),
    guardBatch('guard-up', variables),
  ];
}

/** The batch that removes everything again. */
export function removalBatch(variables: ReadonlyMap<string, string>): string {
  return guardBatch('remove', variables).text;
}
