import { quoteIdentifier } from '#electron/database/quoting.ts';
import type { AssessmentGround } from './ground.ts';

/** The exact statements that would let the login read what it could not. */
export function grantsFor({ profile, as, survey }: Pick<AssessmentGround, 'profile' | 'as' | 'survey'>) {
  const login = quoteIdentifier(survey.server.ok ? survey.server.value.login : as);
  const user = quoteIdentifier(survey.server.ok && survey.server.value.user !== '' ? survey.server.value.user : as);
  const { schema, table } = profile.controllerTable;
  const here = `USE ${quoteIdentifier(profile.endpoint.database)};`;
  return {
    viewServerState: `USE [master]; GRANT VIEW SERVER STATE TO ${login};`,
    viewAnyDefinition: `USE [master]; GRANT VIEW ANY DEFINITION TO ${login};`,
    selectControllers: `${here} GRANT SELECT ON OBJECT::${quoteIdentifier(schema)}.${quoteIdentifier(table)} TO ${user};`,
    enterDatabase: `${here} CREATE USER ${user} FOR LOGIN ${login};`,
  } as const;
}

/** Whether the catalogue of this database hides nothing from the login. False where it is not known. */
export function seesDefinitions({ survey }: Pick<AssessmentGround, 'survey'>): boolean {
  if (!survey.server.ok) return false;
  const { sysadmin, viewAnyDefinition, viewDefinition } = survey.server.value.rights;
  return sysadmin || viewAnyDefinition || viewDefinition;
}

/** Whether every login of the server and its rights are visible. */
export function seesLogins({ survey }: Pick<AssessmentGround, 'survey'>): boolean {
  if (!survey.server.ok) return false;
  const { sysadmin, viewAnyDefinition } = survey.server.value.rights;
  return sysadmin || viewAnyDefinition;
}
