import { assessmentAreas, severitySchema } from '#shared/assessment.ts';
import type { Finding, Severity } from '#shared/assessment.ts';

const ranks = new Map(severitySchema.options.map((severity, rank) => [severity, rank]));
const rankOf = ({ severity }: Finding): number => ranks.get(severity) ?? 0;

interface AreaOfFindings {
  readonly area: Finding['area'];
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** The findings by area: the area whose worst finding stands most in the way comes first, else in the report's order. */
function findingsByArea(findings: readonly Finding[]): readonly AreaOfFindings[] {
  return assessmentAreas
    .map((area) => ({
      area,
      findings: findings.filter((finding) => finding.area === area).toSorted((a, b) => rankOf(a) - rankOf(b)),
    }))
    .filter((group) => group.findings.length > 0)
    .toSorted((a, b) => worst(a) - worst(b));
}

const worst = ({ findings: [first] }: AreaOfFindings): number => (first ? rankOf(first) : ranks.size);

const isInOrder = ({ findings }: AreaOfFindings): boolean => findings.every(({ severity }) => severity === 'good');

/** The areas in which something is to be known or done. */
export const openAreas = (findings: readonly Finding[]): readonly AreaOfFindings[] =>
  findingsByArea(findings).filter((area) => !isInOrder(area));

/** What was found in the areas in which all is in order. */
export const areasInOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findingsByArea(findings)
    .filter(isInOrder)
    .flatMap((area) => area.findings);

/** How many there are of each severity, the worst first; severities without a finding are left out. */
export function countBySeverity(findings: readonly Finding[]): readonly (readonly [Severity, number])[] {
  return severitySchema.options
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0);
}
