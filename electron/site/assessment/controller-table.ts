import type { SurveyedTable } from '#electron/database/assessment/survey.ts';
import { grantsFor, seesDefinitions } from './grants.ts';
import { judge, partlyHidden, unread } from './ground.ts';
import type { AssessmentGround, FindingsOf, Judged } from './ground.ts';
import { databaseFindings } from './database-settings.ts';
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

function ownerFinding(owner: string | null): Judged {
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

function kindFindings(ground: AssessmentGround, object: NonNullable<SurveyedTable['object']>): readonly Judged[] {
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

function foreignKeyFinding({ foreignKeys }: SurveyedTable): Judged {
  return judge('controller-table', 'foreign-keys', {
    severity: 'note',
    title: foreignKeys.length === 0 ? 'No foreign keys' : `${foreignKeys.length} foreign keys`,
    detail: foreignKeys.some(({ incoming }) => incoming)
      ? 'Other tables refer to the controllers, so the table cannot be truncated now either.'
      : 'No other table refers to the controllers. The truncate stop will.',
    evidence: foreignKeys.map(({ name, from, to }) => `${name}: ${from} refers to ${to}`),
  });
}

function rowFindings(ground: AssessmentGround): readonly Judged[] {
  const { controllers } = ground.survey;
  if (!controllers.ok)
    return [
      unread('controller-table', 'rows', {
        what: 'how many controllers there are',
        cause: controllers.error,
        grants: [grantsFor(ground).selectControllers],
        bears,
      }),
    ];
  const { total, asleep, withoutSerial } = controllers.value;
  const found: Judged[] = [
    judge('controller-table', 'rows', {
      severity: total === 0 ? 'attention' : 'note',
      title: total === 0 ? 'There are no controllers yet' : `${total} controllers`,
      detail:
        total === 0
          ? 'Locking an empty table keeps every controller out.'
          : 'Locking registers exactly these. Compare the number with what is installed.',
      next: total === 0 ? 'Commission the controllers first.' : null,
    }),
  ];
  if (withoutSerial > 0)
    found.push(
      judge('controller-table', 'serials', {
        severity: 'attention',
        title: `${withoutSerial} controllers have no serial number`,
        detail: 'Without one, a replaced controller is not told from the one before it.',
        next: 'Have the serial numbers filled in before you lock.',
      }),
    );
  if (ground.profile.controllerTable.lastSeen === null)
    found.push(
      judge('controller-table', 'asleep', {
        severity: 'note',
        title: 'Which controllers are asleep is not known',
        detail: 'The profile names no column that says when a controller was last heard of.',
      }),
    );
  else
    found.push(
      judge('controller-table', 'asleep', {
        severity: asleep > 0 ? 'attention' : 'good',
        title: asleep > 0 ? `${asleep} of ${total} controllers are asleep` : 'Every controller was heard of lately',
        detail: `Asleep: not heard of for 2.5 heartbeats of ${ground.profile.controllerTable.heartbeatSeconds} s. Asleep is not missing.`,
        next: asleep > 0 ? 'Find out whether they are switched off, or gone.' : null,
      }),
    );
  return found;
}
