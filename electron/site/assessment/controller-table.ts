import type { SurveyedTable } from '#electron/database/assessment/survey.ts';
import { grantsFor, seesDefinitions } from './grants.ts';
import { judge, partlyHidden, unread } from './ground.ts';
import type { AssessmentGround, FindingsOf, Judged } from './ground.ts';
import { rowFindings } from './controller-rows.ts';
import { databaseFindings } from './database-settings.ts';
import { foreignKeyFinding, kindFindings, ownerFinding } from './table-kind.ts';
import { triggerFindings } from './table-triggers.ts';

const bears = ['commissioning mode'] as const;

/** Whether the table is what the profile says, and of a kind that a guard can stand on. */
export const controllerTableFindings: FindingsOf = (ground) => {
  const { table } = ground.survey;
  const before = databaseFindings(ground);
  if (!table.ok)
    return [
      ...before,
      unread('controller-table', 'unread', { what: 'the controller table', cause: table.error, bears }),
    ];
  const { object } = table.value;
  if (object === undefined) return [...before, missing(ground)];
  const wrongKind = kindOfObject(object, ground);
  if (wrongKind !== undefined) return [...before, wrongKind];
  return [
    ...before,
    ...columnFindings(ground, table.value),
    keyFinding(ground, table.value),
    ownerFinding(object.owner),
    ...kindFindings(ground, object),
    ...triggerFindings(ground, table.value),
    foreignKeyFinding(table.value),
    ...rowFindings(ground),
  ];
};

const nameOf = ({ profile }: AssessmentGround) => `${profile.controllerTable.schema}.${profile.controllerTable.table}`;

function missing(ground: AssessmentGround): Judged {
  if (!seesDefinitions(ground))
    return partlyHidden('controller-table', 'exists', {
      what: `whether there is a table ${nameOf(ground)}`,
      grants: [grantsFor(ground).selectControllers],
      bears,
    });
  return judge('controller-table', 'exists', {
    severity: 'blocking',
    title: `There is no table ${nameOf(ground)}`,
    detail: `The database ${ground.profile.endpoint.database} holds nothing of this name.`,
    next: 'Correct the profile: "mortise discover" lists the tables that look like the one.',
    bears,
  });
}

/** Undefined for a table. */
function kindOfObject(object: NonNullable<SurveyedTable['object']>, ground: AssessmentGround): Judged | undefined {
  if (object.type === 'U') return undefined;
  const kind = object.type === 'V' ? 'a view' : object.type === 'SN' ? 'a synonym' : object.description;
  return judge('controller-table', 'exists', {
    severity: 'blocking',
    title: `${nameOf(ground)} is ${kind}`,
    detail: 'A guard stands on a table. What is written to the table behind this would pass it.',
    next: 'Name the table behind it in the profile.',
    bears,
  });
}

function columnFindings({ profile }: AssessmentGround, { columns }: SurveyedTable): readonly Judged[] {
  const described = profile.controllerTable;
  const wanted = [described.key, ...described.identifying];
  const others = [
    described.serial,
    described.displayName,
    described.address,
    described.model,
    described.lastSeen?.column,
  ]
    .filter((name) => name !== null && name !== undefined)
    .filter((name) => !wanted.some(({ column }) => column === name));
  const actual = (name: string) => columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const unknown = [...wanted.map(({ column }) => column), ...new Set(others)].filter(
    (name) => actual(name) === undefined,
  );
  const found: Judged[] = [];
  if (unknown.length > 0)
    found.push(
      judge('controller-table', 'columns', {
        severity: 'blocking',
        title: `The table has no column ${unknown.join(', ')}`,
        detail: 'The profile names columns that are not there, or that this login may not see.',
        next: 'Correct the profile. The columns that are there are listed below.',
        evidence: columns.map(({ name, type }) => `${name} ${type}`),
        bears,
      }),
    );
  const differing = wanted.flatMap(({ column, type }) => {
    const there = actual(column);
    return there === undefined || there.type.toLowerCase() === type.toLowerCase()
      ? []
      : [`${column}: ${type} in the profile, ${there.type} in the table`];
  });
  if (differing.length > 0)
    found.push(
      judge('controller-table', 'types', {
        severity: 'blocking',
        title: 'Columns have another type than the profile says',
        detail:
          'The register is made with the types of the profile; with others it would cut values off or refuse them.',
        next: 'Correct the types in the profile.',
        evidence: differing,
        bears,
      }),
    );
  const large = columns.filter(({ type }) => ['text', 'ntext', 'image'].includes(type));
  if (large.length > 0)
    found.push(
      judge('controller-table', 'large-objects', {
        severity: 'blocking',
        title: 'Columns of type text, ntext or image',
        detail: 'SQL Server lets no trigger read them (error 311), so the guard cannot stand on this table.',
        next: 'Ask the vendor for a version that stores them as varchar(max), nvarchar(max) or varbinary(max).',
        evidence: large.map(({ name, type }) => `${name} ${type}`),
        bears,
      }),
    );
  const computed = wanted.filter(({ column }) => actual(column)?.computed === true);
  if (computed.length > 0)
    found.push(
      judge('controller-table', 'computed', {
        severity: 'attention',
        title: 'An identifying column is computed',
        detail:
          'Its value changes with other columns, and no statement names it: changes of it are found by comparing, not refused.',
        next: 'Choose the columns that it is computed from.',
        evidence: computed.map(({ column }) => column),
      }),
    );
  if (found.length > 0) return found;
  return [
    judge('controller-table', 'columns', {
      severity: 'good',
      title: 'The table has the columns that the profile names',
      detail: `${columns.length} columns; key and identifying columns have the types of the profile.`,
      evidence: wanted.map(({ column, type }) => `${column} ${type}`),
    }),
  ];
}

function keyFinding({ profile }: AssessmentGround, { columns, keys }: SurveyedTable): Judged {
  const key = profile.controllerTable.key.column;
  const column = columns.find(({ name }) => name.toLowerCase() === key.toLowerCase());
  const own = keys.find(
    (each) => each.whole && each.columns.length === 1 && each.columns[0]?.toLowerCase() === key.toLowerCase(),
  );
  if (own !== undefined && column?.nullable === false)
    return judge('controller-table', 'key', {
      severity: 'good',
      title: `The key ${key} is unique and never NULL`,
      detail: `The index ${own.name} guarantees it.`,
    });
  const why =
    own === undefined
      ? `No primary key and no unique index stands on ${key} alone.`
      : `${key} may be NULL, so a controller could be without a key.`;
  return judge('controller-table', 'key', {
    severity: 'blocking',
    title: `${key} does not identify a controller`,
    detail: `${why} The register and the truncate stop need a key that does.`,
    next: 'Name another column as the key, or have the vendor add a unique index.',
    evidence: keys.map(
      ({ name, columns: over, whole }) => `${name}: ${over.join(', ')}${whole ? '' : ' (filtered or disabled)'}`,
    ),
    bears,
  });
}
