import type { SiteProfile } from '#shared/site-profile.ts';
import type { Right } from '#shared/snapshot.ts';
import { quoteIdentifier } from '../quoting.ts';
import type { RunRights } from './run-rights.ts';

/** One right that Mortise's own login needs, and the statement that gives it, to be run in `master` or in the site's database. */
export interface NeededRight extends Omit<Right, 'grant'> {
  readonly place: 'master' | 'database';
  readonly statement: string;
}

/** The columns of the controller table that Mortise reads. */
export function usedColumns({ controllerTable: table }: Pick<SiteProfile, 'controllerTable'>): readonly string[] {
  const named = [table.displayName, table.address, table.model, table.lastSeen?.column ?? null];
  const columns = [table.key.column, ...table.identifying.map(({ column }) => column), table.serial, ...named];
  return [...new Set(columns.filter((column) => column !== null))];
}

/** What opens when Mortise may change logins itself; it is asked for, never assumed. */
export const loginRightsOpen =
  'With ALTER ANY LOGIN and ALTER ANY CONNECTION, whoever has the password of this login can change the passwords of all other logins but those of sysadmins, create new ones, and end every session.';

const inDatabase = (name: string, why: string, has: boolean, statement: string): NeededRight => ({
  name,
  why,
  held: has,
  required: true,
  place: 'database',
  statement,
});

/** Every right that the run login needs, one by one (those that only a wish needs: `required` false). */
export function neededRights(held: RunRights, profile: SiteProfile): readonly NeededRight[] {
  const user = quoteIdentifier(profile.runLogin);
  const { schema, table } = profile.controllerTable;
  const onServer = (name: string, why: string, has: boolean, required = true): NeededRight => ({
    name,
    why,
    held: has,
    required,
    place: 'master',
    statement: `GRANT ${name} TO ${user};`,
  });
  const columns = held.unreadable.length === 0 ? usedColumns(profile) : held.unreadable;
  const ownSchema = (right: string, why: string, has: boolean | null) =>
    has === null
      ? []
      : [inDatabase(`${right} on schema mortise`, why, has, `GRANT ${right} ON SCHEMA::[mortise] TO ${user};`)];
  return [
    onServer(
      'VIEW SERVER STATE',
      'To see listeners, connections and sessions, and whether they are encrypted.',
      held.viewServerState,
    ),
    onServer(
      'VIEW ANY DEFINITION',
      'To read the state of logins and the text of the guards, so that a changed one is noticed.',
      held.viewAnyDefinition,
    ),
    inDatabase(
      'VIEW DATABASE STATE',
      'To read the state of the database, such as which restore it comes from.',
      held.viewDatabaseState,
      `GRANT VIEW DATABASE STATE TO ${user};`,
    ),
    inDatabase(
      `SELECT on the columns of ${schema}.${table} that the profile names`,
      'To count the controllers and compare them with the register.',
      held.unreadable.length === 0,
      `GRANT SELECT ON OBJECT::${quoteIdentifier(schema)}.${quoteIdentifier(table)} (${columns.map(quoteIdentifier).join(', ')}) TO ${user};`,
    ),
    ...ownSchema('SELECT', "To read Mortise's own state, register and history.", held.selectMortise),
    ...ownSchema(
      'EXECUTE',
      'To switch commissioning mode by its procedures, and in no other way.',
      held.executeMortise,
    ),
    inDatabase(
      'Member of db_backupoperator',
      'To back the database up and verify a backup.',
      held.backup,
      `ALTER ROLE [db_backupoperator] ADD MEMBER ${user};`,
    ),
    onServer(
      'ALTER ANY LOGIN',
      'Only to change the password of a login that cannot change its own, if you want that.',
      held.alterAnyLogin,
      false,
    ),
    onServer(
      'ALTER ANY CONNECTION',
      'Only to end sessions that still use a former password, if you want that.',
      held.alterAnyConnection,
      false,
    ),
  ];
}

/** As the snapshot shows them, each with the whole text that gives it. */
export function rightsOf(held: RunRights, profile: SiteProfile): Right[] {
  return neededRights(held, profile).map(({ place, statement, ...right }) => ({
    ...right,
    grant: `USE ${place === 'master' ? '[master]' : quoteIdentifier(profile.endpoint.database)}; ${statement}`,
  }));
}
