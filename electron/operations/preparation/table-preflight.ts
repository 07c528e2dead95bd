import { failure } from '#shared/errors.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Surveyor } from '#electron/database/assessment/surveyor.ts';
import type { Credential } from '#electron/database/site-database.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { controllerTableFindings } from '#electron/site/assessment/controller-table.ts';
import type { AssessmentGround, Judged } from '#electron/site/assessment/ground.ts';
import { objectFindings } from '#electron/site/assessment/objects.ts';
import { outputClauseFindings } from '#electron/site/assessment/output-clause.ts';
import { versionFindings } from '#electron/site/assessment/version.ts';
import { asleepBefore } from '#electron/site/status-view.ts';

export interface TablePreflightParts {
  readonly surveyor: Surveyor;
  readonly profile: SiteProfile;
  readonly clock: Clock;
}

/** What is known of a table that a guard can stand on. */
export interface TablePreflight {
  readonly warnings: readonly string[];
  /** Statements of the software that would fail with error 334 as soon as the guard stands. */
  readonly breaks: boolean;
}

/** Lines of evidence that a sentence carries. */
const mostNamed = 20;

function sentenceOf({ finding }: Judged): string {
  const { title, detail, next, evidence } = finding;
  const left = evidence.length - mostNamed;
  const named =
    evidence.length === 0 ? '' : ` (${evidence.slice(0, mostNamed).join('; ')}${left > 0 ? `; and ${left} more` : ''})`;
  return [`${title}${named}.`, detail, next].filter((part) => part !== null && part !== '').join(' ');
}

const stands = ({ bears, finding }: Judged): boolean =>
  bears.includes('commissioning mode') && (finding.severity === 'blocking' || finding.severity === 'unknown');

/**
 * Whether a guard can stand on the controller table, as the setup principal sees it: by the same findings as the first
 * visit's assessment. `not-allowed` names everything that is in the way at once.
 */
export async function tablePreflight(
  { surveyor, profile, clock }: TablePreflightParts,
  setup: Credential,
  { prepared }: { readonly prepared: boolean },
): Promise<Result<TablePreflight>> {
  const now = clock.now();
  const survey = await surveyor.survey(setup, asleepBefore(profile, now));
  if (!survey.ok) return survey;
  const ground: AssessmentGround = {
    profile,
    as: setup.login,
    survey: survey.value,
    consumers: [],
    firewall: unknown(failure('not-allowed', { why: 'The firewall is not asked about here.' }), now),
    now,
  };
  const table = [
    ...versionFindings(ground),
    ...controllerTableFindings(ground),
    // A prepared site has Mortise's objects; what of them is broken is said as drift.
    ...(prepared ? [] : objectFindings(ground)),
  ];
  const inTheWay = table.filter(stands);
  if (inTheWay.length > 0) return failed(failure('not-allowed', { why: inTheWay.map(sentenceOf).join(' ') }));
  const output = outputClauseFindings(ground);
  const worth = [...table.filter(({ finding }) => finding.severity === 'attention'), ...output.filter(stands)];
  return succeed({
    warnings: worth.map(sentenceOf),
    breaks: output.some(({ finding }) => finding.severity === 'blocking'),
  });
}
