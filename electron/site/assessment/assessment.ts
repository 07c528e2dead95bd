import type { Assessment } from '#shared/assessment.ts';
import { assessmentAreas } from '#shared/assessment.ts';
import type { Failure } from '#shared/errors.ts';
import { failure } from '#shared/errors.ts';
import { addressText } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { controllerTableFindings } from './controller-table.ts';
import { encryptionFindings } from './encryption.ts';
import { endpointFindings, unreachable } from './endpoint.ts';
import { unread } from './ground.ts';
import type { Area, AssessedSite, AssessmentGround, FindingsOf, Judged } from './ground.ts';
import { listenerFindings } from './listeners.ts';
import { loginFindings } from './logins.ts';
import { modelFindings } from './models.ts';
import { objectFindings } from './objects.ts';
import { outputClauseFindings } from './output-clause.ts';
import { refusedProgramFindings } from './refused-programs.ts';
import { rightFindings } from './rights.ts';
import { rotationFindings } from './rotation.ts';
import { verdictsOf } from './verdicts.ts';
import { versionFindings } from './version.ts';

const findingsOf: Readonly<Record<Area, FindingsOf>> = {
  endpoint: endpointFindings,
  version: versionFindings,
  encryption: encryptionFindings,
  listeners: listenerFindings,
  'controller-table': controllerTableFindings,
  'refused-programs': refusedProgramFindings,
  'output-clause': outputClauseFindings,
  logins: loginFindings,
  rotation: rotationFindings,
  models: modelFindings,
  rights: rightFindings,
  objects: objectFindings,
};

function siteOf({ name, endpoint, controllerTable: table }: SiteProfile): AssessedSite {
  return {
    name,
    endpoint: addressText(endpoint),
    database: endpoint.database,
    controllerTable: `${table.schema}.${table.table}`,
  };
}

/**
 * The report of a first visit, from what was read. Never throws: an area whose own code fails is a finding of severity
 * unknown, and stands in the way of everything.
 */
export function assess(ground: AssessmentGround): Assessment {
  const judged = assessmentAreas.flatMap((area): readonly Judged[] => {
    try {
      return findingsOf[area](ground);
    } catch {
      const cause = failure('internal', { id: `assessment of ${area}` });
      const bears = ['commissioning mode', 'credential rotation', 'secure mode'] as const;
      return [unread(area, 'failed', { what: area, cause, bears })];
    }
  });
  return {
    takenAt: ground.now.toISOString(),
    site: siteOf(ground.profile),
    as: ground.survey.server.ok ? ground.survey.server.value.login : ground.as,
    verdicts: [...verdictsOf(judged, ground)],
    findings: judged.map(({ finding }) => finding),
  };
}

/** The report on a server that nobody could log in to: what was tried, as whom, and why it failed. */
export function assessUnreachable(profile: SiteProfile, as: string, cause: Failure, now: Date): Assessment {
  const judged = [unreachable(profile, cause)];
  return {
    takenAt: now.toISOString(),
    site: siteOf(profile),
    as,
    verdicts: [...verdictsOf(judged, undefined)],
    findings: judged.map(({ finding }) => finding),
  };
}
