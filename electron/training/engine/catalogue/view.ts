import type { Surroundings, SystemView } from '../registry.ts';
import { bit, char, datetime, int, nvarchar, sysname, tinyint, type DataType, type Value } from '../values/types.ts';
import { roundToDatetime } from '../values/dates.ts';

/** A system view as a table of columns over the things it lists: one line a column, with how its value is found. */

export interface Column<Item> {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  value(item: Item, surroundings: Surroundings): Value;
}

type Value1<Item, Result extends Value> = (item: Item, surroundings: Surroundings) => Result;

export interface ViewDefinition<Item> {
  /** Only in that database; undefined for every one. */
  readonly database?: string;
  readonly schema?: string;
  readonly name: string;
  readonly requires?: SystemView['requires'];
  readonly columns: readonly Column<Item>[];
  /** What the view lists, in the order in which it is shown; what the asker may not see is left out here. */
  items(surroundings: Surroundings): Iterable<Item>;
}

/** A view of schema sys unless another is named. */
export function view<Item>(definition: ViewDefinition<Item>): SystemView {
  const { database, requires, columns } = definition;
  return {
    ...(database === undefined ? {} : { database }),
    schema: definition.schema ?? 'sys',
    name: definition.name,
    columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    ...(requires === undefined ? {} : { requires }),
    *rows(surroundings) {
      for (const item of definition.items(surroundings))
        yield columns.map((column) => column.value(item, surroundings));
    },
  };
}

export function column<Item>(name: string, type: DataType, value: Value1<Item, Value>): Column<Item> {
  return { name, type, nullable: true, value };
}

/** Columns that are never NULL; the others come from `column`. */
export const numberColumn = <Item>(name: string, value: Value1<Item, number>): Column<Item> =>
  required(name, int, value);
export const smallColumn = <Item>(name: string, value: Value1<Item, number>): Column<Item> =>
  required(name, tinyint, value);
export const flag = <Item>(name: string, value: Value1<Item, boolean>): Column<Item> => required(name, bit, value);
export const nameColumn = <Item>(name: string, value: Value1<Item, string>): Column<Item> =>
  required(name, sysname, value);
export const dateColumn = <Item>(name: string, value: Value1<Item, bigint>): Column<Item> =>
  required(name, datetime, (item, surroundings) => roundToDatetime(value(item, surroundings)));
/** The *_desc columns. */
export const wordColumn = <Item>(name: string, value: Value1<Item, string>): Column<Item> =>
  required(name, nvarchar(60), value);
/** The one- to four-letter codes, filled with blanks. */
export const codeColumn = <Item>(name: string, length: number, value: Value1<Item, string>): Column<Item> =>
  required(name, char(length), (item, surroundings) => value(item, surroundings).padEnd(length));

export function required<Item>(name: string, type: DataType, value: Value1<Item, Value>): Column<Item> {
  return { name, type, nullable: false, value };
}

/** The same value in every row: what this server has no second kind of. */
export function always<Item>(name: string, type: DataType, value: Value): Column<Item> {
  return { name, type, nullable: value === null, value: () => value };
}

export const never = <Item>(name: string): Column<Item> => always(name, bit, false);
