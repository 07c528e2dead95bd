import {
  guardBatch,
  guardBatchIds,
  preparationBatches,
  statementIds,
  statementText,
  type StatementId,
} from '#electron/database/catalogue.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

export interface GeneratedText {
  /** The name of the `.sql` file without its ending. */
  readonly id: string;
  readonly text: string;
}

/** The values of statements that are about one login and not about a site. */
const loginVariables: Readonly<Partial<Record<StatementId, ReadonlyMap<string, string>>>> = {
  'change-own-password': new Map([
    ['Login', '[acs_service]'],
    ['NewPassword', "N'new'"],
    ['OldPassword', "N'old'"],
  ]),
  'create-run-login': new Map([
    ['Database', '[Acs]'],
    ['OnServer', 'GRANT VIEW SERVER STATE TO [mortise_run];'],
    ['InDatabase', 'GRANT VIEW DATABASE STATE TO [mortise_run];'],
  ]),
  'run-login-create': new Map([
    ['Login', '[mortise_run]'],
    ['NewPassword', "N'new'"],
    ['Database', '[Acs]'],
  ]),
  'set-login-password': new Map([
    ['Login', '[mortise_run]'],
    ['NewPassword', "N'new'"],
  ]),
  'run-login-enable': new Map([['Login', '[mortise_run]']]),
  'run-login-user': new Map([['Login', '[mortise_run]']]),
  'run-login-user-again': new Map([['Login', '[mortise_run]']]),
};

/** Everything in the catalogue that takes nothing but a site's values, filled for it. */
export function siteTexts(profile: SiteProfile, variablesOf: typeof siteVariables = siteVariables): GeneratedText[] {
  const variables = variablesOf(profile);
  return [
    ...preparationBatches(variables),
    ...guardBatchIds.map((id) => guardBatch(id, variables)),
    ...statementIds
      .filter((id) => loginVariables[id] === undefined)
      .map((id) => ({ id, text: statementText(id, variables) })),
  ];
}

/** The whole catalogue, filled for a site. */
export function catalogueTexts(profile: SiteProfile): GeneratedText[] {
  const others = statementIds.flatMap((id) => {
    const variables = loginVariables[id];
    return variables === undefined ? [] : [{ id, text: statementText(id, variables) }];
  });
  return [...siteTexts(profile), ...others];
}
