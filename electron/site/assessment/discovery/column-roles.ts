import type { SurveyedColumn, SurveyedKey } from '#electron/database/assessment/survey.ts';
import { siteProfileShape } from '#shared/site-profile.ts';

/** What the columns of a table seem to be for, told by their names and types. Undefined where none looks like it. */
export interface ColumnRoles {
  readonly key: SurveyedColumn | undefined;
  readonly serial: SurveyedColumn | undefined;
  /** Whether an index keeps serial numbers unique. */
  readonly serialIsUnique: boolean;
  readonly address: SurveyedColumn | undefined;
  readonly lastSeen: SurveyedColumn | undefined;
  readonly model: SurveyedColumn | undefined;
  readonly displayName: SurveyedColumn | undefined;
}

/** The words of a name: `LastSeenUtc`, `last_seen_utc` and `LASTSEEN` as far as they can be told apart; lower case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const isText = ({ type }: SurveyedColumn) => /^n?(?:var)?char\(/.test(type);
const isTime = ({ type }: SurveyedColumn) => /^(?:datetime|smalldatetime|datetime2|datetimeoffset)\b/.test(type);

/** Whether the register can hold the column: its name and type as the profile takes them. */
export function fitsRegister({ name, type }: SurveyedColumn): boolean {
  return siteProfileShape.shape.controllerTable.shape.key.safeParse({ column: name, type }).success;
}

const joined = (name: string) => wordsOf(name).join('');

const looksLike = {
  serial: (name: string) => /serial|sernum|serno|^sn$|deviceuid|hardwareid/.test(joined(name)),
  address: (name: string) =>
    wordsOf(name).some((word) =>
      ['ip', 'mac', 'host', 'hostname', 'ipaddress', 'macaddress', 'address', 'url'].includes(word),
    ) || /ipaddr|macaddr|netaddr/.test(joined(name)),
  lastSeen: (name: string) =>
    /heartbeat|last(?:seen|heard|contact|poll|comm|online|alive|update|connect|message|report)|seenat|seenutc/.test(
      joined(name),
    ),
  model: (name: string) =>
    wordsOf(name).some((word) => ['model', 'type', 'hardware', 'product', 'variant'].includes(word)) &&
    !wordsOf(name).includes('id'),
  displayName: (name: string) =>
    wordsOf(name).some((word) => ['name', 'description', 'label', 'location', 'title'].includes(word)),
} as const;

const alone = (keys: readonly SurveyedKey[], { name }: SurveyedColumn) =>
  keys.some((key) => key.whole && key.columns.length === 1 && key.columns[0] === name);

export function columnRoles(columns: readonly SurveyedColumn[], keys: readonly SurveyedKey[]): ColumnRoles {
  const named = (looks: (name: string) => boolean, fits: (column: SurveyedColumn) => boolean) =>
    columns.filter((column) => looks(column.name) && fits(column));
  const serials = named(looksLike.serial, fitsRegister);
  const serial = serials.find((column) => alone(keys, column)) ?? serials[0];
  const usable = columns.filter((column) => !column.nullable && !column.computed && fitsRegister(column));
  const primary = keys.find((key) => key.primary && key.columns.length === 1)?.columns[0];
  const key = usable.find(({ name }) => name === primary) ?? usable.find((column) => alone(keys, column));
  const others = (column: SurveyedColumn) => column !== serial && column !== key;
  return {
    key,
    serial,
    serialIsUnique: serial !== undefined && alone(keys, serial),
    address: named(looksLike.address, isText).find(others),
    lastSeen: named(looksLike.lastSeen, isTime)[0],
    model: named(looksLike.model, isText).find(others),
    displayName: named(looksLike.displayName, isText).find(
      (column) => others(column) && !looksLike.model(column.name) && !looksLike.address(column.name),
    ),
  };
}
