import { counted } from '#shared/counted.ts';
import type { SurveyedTable } from '#electron/database/assessment/survey.ts';
import { judge, unread } from './ground.ts';
import type { AssessmentGround, Judged } from './ground.ts';

const bears = ['commissioning mode'] as const;

/** Whom the table belongs to: the guard reads its own state through ownership chaining, which needs one owner. */
export function ownerFinding(owner: string | null): Judged {
  if (owner?.toLowerCase() === 'dbo')
    return judge('controller-table', 'owner', {
      severity: 'good',
      title: 'The table belongs to dbo',
      detail: "Mortise's objects belong to dbo too, so whoever may write the table needs no right on them.",
    });
  if (owner === null)
    return judge('controller-table', 'owner', {
      severity: 'unknown',
      title: 'The owner of the table cannot be seen',
      detail: 'Whether the guard could read its state in the name of every writer is not known.',
      next: 'Assess again with a login that sees the principals of the database.',
      bears,
    });
  return judge('controller-table', 'owner', {
    severity: 'blocking',
    title: `The table belongs to ${owner}`,
    detail:
      "Mortise's objects belong to dbo. With another owner the guard would need a right for everybody who writes the table, and refuse heartbeats without it.",
    next: 'Have the owner of the schema changed to dbo (ALTER AUTHORIZATION), if the vendor agrees.',
    bears,
  });
}

/** What kind of table it is: a guard is an ordinary trigger on an ordinary table. */
export function kindFindings(
  ground: AssessmentGround,
  object: NonNullable<SurveyedTable['object']>,
): readonly Judged[] {
  const { kind } = ground.survey;
  const found: Judged[] = [];
  if (!kind.ok)
    found.push(unread('controller-table', 'kind', { what: 'the kind of the table', cause: kind.error, bears }));
  const facts = kind.ok ? kind.value : undefined;
  const refused = [
    ...(facts?.memoryOptimised === true ? ['It is memory-optimised: it takes natively compiled triggers only.'] : []),
    ...(facts !== undefined && facts.temporal !== '' && facts.temporal !== 'NON_TEMPORAL_TABLE'
      ? ['It is a temporal table (system-versioned), or the history of one.']
      : []),
    ...(facts?.external === true ? ['It is an external table: its rows are elsewhere.'] : []),
    ...(facts?.fileTable === true ? ['It is a FileTable: rows come and go with files.'] : []),
  ];
  const noted = [
    ...(object.partitions > 1
      ? [`It has ${object.partitions} partitions; the truncate stop also keeps SWITCH out.`]
      : []),
    ...(object.published || facts?.replicated === true
      ? [
          'It is published for replication: TRUNCATE is refused anyway, and changes that arrive by replication are refused like all others.',
        ]
      : []),
    ...(facts?.changeDataCapture === true ? ['Change data capture follows it: TRUNCATE is refused anyway.'] : []),
  ];
  if (refused.length > 0)
    found.push(
      judge('controller-table', 'kind', {
        severity: 'blocking',
        title: 'The guard cannot stand on a table of this kind',
        detail: refused.join(' '),
        next: 'Choose the table that the software itself writes, or leave commissioning mode off the list for this site.',
        bears,
      }),
    );
  else if (facts !== undefined)
    found.push(
      judge('controller-table', 'kind', {
        severity: 'good',
        title: 'It is an ordinary table',
        detail: 'Neither temporal nor memory-optimised, external or a FileTable.',
      }),
    );
  if (noted.length > 0)
    found.push(
      judge('controller-table', 'replication', {
        severity: 'attention',
        title: 'The table is partitioned, replicated or followed',
        detail: noted.join(' '),
        next: 'Rehearse the lock before you rely on it.',
      }),
    );
  return found;
}

export function foreignKeyFinding({ foreignKeys }: SurveyedTable): Judged {
  return judge('controller-table', 'foreign-keys', {
    severity: 'note',
    title: foreignKeys.length === 0 ? 'No foreign keys' : counted(foreignKeys.length, 'foreign key', 'foreign keys'),
    detail: foreignKeys.some(({ incoming }) => incoming)
      ? 'Other tables refer to the controllers, so the table cannot be truncated now either.'
      : 'No other table refers to the controllers. The truncate stop will.',
    evidence: foreignKeys.map(({ name, from, to }) => `${name}: ${from} refers to ${to}`),
  });
}
