import type { TableCandidate } from '#shared/sites.ts';
import type { DiscoveredTable } from '#electron/database/assessment/discovered.ts';
import { columnRoles, wordsOf } from './column-roles.ts';
import type { ColumnRoles } from './column-roles.ts';

/** How likely a table must be to be shown, and how many are. */
const leastScore = 4;
const mostCandidates = 20;
/** A site has 2 to 5,000 controllers. */
const fewestRows = 2;
const mostRows = 5_000;
/** What a controller reports with where nobody says otherwise, in seconds. */
const usualHeartbeat = 60;

interface Sign {
  readonly points: number;
  readonly reason: string;
}

const nameWords: Readonly<Record<string, number>> = {
  controller: 5,
  controllers: 5,
  acu: 5,
  acus: 5,
  panel: 4,
  panels: 4,
  terminal: 3,
  terminals: 3,
  device: 2,
  devices: 2,
  unit: 2,
  units: 2,
  hardware: 1,
};

/** Tables about controllers that hold none: what happened to them, and who passes them. */
const otherWords =
  /event|log|history|audit|archive|transaction|message|alarm|backup|template|setting|config|group|right|permission|schedule/;
const personWords =
  /cardholder|cardnumber|firstname|lastname|surname|employee|person|user(?:id|name)|birth|pin$|password/;
const doorWords = /door|reader|portal|lock|gate|input|output|relay|point/;

/** Tables that look like the one that holds controllers, the likeliest first, each with the reasons and what stands in the way. */
export function tableCandidates(tables: readonly DiscoveredTable[]): readonly TableCandidate[] {
  return tables
    .filter(({ schema }) => schema !== 'mortise')
    .map(candidateOf)
    .filter(({ score }) => score >= leastScore)
    .toSorted((a, b) => b.score - a.score || a.table.localeCompare(b.table, 'en'))
    .slice(0, mostCandidates);
}

function candidateOf(table: DiscoveredTable): TableCandidate {
  const roles = columnRoles(table.columns, table.keys);
  const signs = signsOf(table, roles);
  return {
    schema: table.schema,
    table: table.name,
    rows: table.rows,
    score: signs.reduce((sum, { points }) => sum + points, 0),
    reasons: signs.map(({ reason, points }) => (points < 0 ? `against it: ${reason}` : reason)),
    obstacles: [...obstaclesOf(table, roles)],
    columns: table.columns.map(({ name, type, nullable }) => ({
      name,
      type,
      nullable,
      isKey: name === roles.key?.name,
    })),
    draft: draftOf(table, roles),
  };
}

function signsOf(table: DiscoveredTable, roles: ColumnRoles): readonly Sign[] {
  const words = wordsOf(table.name);
  const named = words.reduce((most, word) => Math.max(most, nameWords[word] ?? 0), 0);
  const doors = table.referredBy.filter((name) => doorWords.test(name.toLowerCase()));
  const people = table.columns.filter(({ name }) => personWords.test(wordsOf(name).join('')));
  const signs: (Sign | undefined)[] = [
    named > 0 ? { points: named, reason: `its name says so: ${table.name}` } : undefined,
    otherWords.test(words.join(''))
      ? { points: -5, reason: 'its name speaks of something about controllers' }
      : undefined,
    roles.serial === undefined
      ? undefined
      : {
          points: roles.serialIsUnique ? 4 : 3,
          reason: `${roles.serial.name} looks like a serial number${roles.serialIsUnique ? ', and is unique' : ''}`,
        },
    roles.address === undefined
      ? undefined
      : { points: 2, reason: `${roles.address.name} looks like a network address` },
    roles.lastSeen === undefined
      ? undefined
      : { points: 3, reason: `${roles.lastSeen.name} looks like when it was last heard of` },
    roles.model === undefined ? undefined : { points: 1, reason: `${roles.model.name} looks like a model` },
    doors.length > 0 ? { points: 3, reason: `${doors.join(', ')} refers to it` } : undefined,
    doors.length === 0 && table.referredBy.length > 0
      ? { points: 1, reason: `other tables refer to it: ${table.referredBy.join(', ')}` }
      : undefined,
    people.length > 0
      ? { points: -4, reason: `it has columns about people: ${people.map(({ name }) => name).join(', ')}` }
      : undefined,
    rowSign(table.rows),
  ];
  return signs.filter((sign) => sign !== undefined);
}

function rowSign(rows: number): Sign | undefined {
  if (rows >= fewestRows && rows <= mostRows) return { points: 2, reason: `it has ${rows} rows` };
  return rows > mostRows ? { points: -3, reason: `it has ${rows} rows, more than a site has controllers` } : undefined;
}

function obstaclesOf(table: DiscoveredTable, roles: ColumnRoles): readonly string[] {
  const large = table.columns.filter(({ type }) => ['text', 'ntext', 'image'].includes(type));
  return [
    ...(roles.key === undefined
      ? ['No column of its own is unique, never NULL, and of a type that the register holds.']
      : []),
    ...(table.owner !== null && table.owner.toLowerCase() !== 'dbo'
      ? [`It belongs to ${table.owner}, not to dbo.`]
      : []),
    ...(table.memoryOptimised ? ['It is memory-optimised.'] : []),
    ...(table.temporal === '' || table.temporal === 'NON_TEMPORAL_TABLE' ? [] : ['It is a temporal table.']),
    ...(table.external ? ['It is an external table.'] : []),
    ...(table.fileTable ? ['It is a FileTable.'] : []),
    ...(large.length > 0
      ? [`Columns of type text, ntext or image (error 311): ${large.map(({ name }) => name).join(', ')}.`]
      : []),
    ...(table.insteadOfTriggers > 0 ? ['A trigger stands in place of statements on it (INSTEAD OF).'] : []),
  ];
}

const described = (column: { readonly name: string; readonly type: string } | undefined) => ({
  column: column?.name ?? '',
  type: column?.type ?? '',
});

/** `controllerTable` of a profile; what nobody could guess stands as an empty text. */
function draftOf(table: DiscoveredTable, roles: ColumnRoles): TableCandidate['draft'] {
  const { key, serial, address, lastSeen } = roles;
  // What makes a controller that controller, besides the key: its serial number, or its address where that is the key.
  const identifying = serial === key ? address : serial;
  return {
    schema: table.schema,
    table: table.name,
    key: described(key),
    identifying: [described(identifying)],
    serial: serial?.name ?? '',
    displayName: roles.displayName?.name ?? null,
    address: address?.name ?? null,
    model: roles.model?.name ?? null,
    lastSeen:
      lastSeen === undefined
        ? null
        : { column: lastSeen.name, timeBase: wordsOf(lastSeen.name).includes('utc') ? 'utc' : 'local' },
    heartbeatSeconds: usualHeartbeat,
    unsupportedModels: [],
    guardUpdates: true,
  };
}
