import type { ArgumentFacts, ScalarFunction, Surroundings } from '../registry.ts';
import { familyOf } from '../values/facts.ts';
import { decimalText } from '../values/convert-numbers.ts';
import { formatDefault } from '../values/dates.ts';
import { bit, datetime, int, nvarchar, type DataType, type Value } from '../values/types.ts';

/**
 * Functions that answer one of many properties by its name: SERVERPROPERTY, LOGINPROPERTY and their like. In SQL Server
 * their type is sql_variant. Here it is the type of the property that the text names, and nvarchar where the name is no
 * constant; either way CONVERT makes of it what it would there.
 */

export interface Property<Subject> {
  readonly type: DataType;
  value(subject: Subject, surroundings: Surroundings): Value;
}

export type Properties<Subject> = ReadonlyMap<string, Property<Subject>>;

const TEXT = nvarchar(4000);

/** A table of properties; their names compare without case. */
export function properties<Subject>(table: Readonly<Record<string, Property<Subject>>>): Properties<Subject> {
  return new Map(Object.entries(table).map(([name, property]) => [name.toUpperCase(), property]));
}

type Getter<Subject, Result> = (subject: Subject, surroundings: Surroundings) => Result | null;

export const numberProperty = <Subject>(value: Getter<Subject, number>): Property<Subject> => ({ type: int, value });
export const flagProperty = <Subject>(value: Getter<Subject, boolean>): Property<Subject> => ({
  type: int,
  value: (subject, surroundings) => {
    const answer = value(subject, surroundings);
    return answer === null ? null : Number(answer);
  },
});
export const textProperty = <Subject>(value: Getter<Subject, string>): Property<Subject> => ({
  type: nvarchar(128),
  value,
});
export const dateProperty = <Subject>(value: Getter<Subject, bigint>): Property<Subject> => ({ type: datetime, value });
export const bitProperty = <Subject>(value: Getter<Subject, boolean>): Property<Subject> => ({ type: bit, value });

/**
 * The function over a table of properties. `subject` finds what is asked about from the arguments before the property's
 * name; where it finds nothing, and where no property has the name, the answer is NULL.
 */
export function propertyFunction<Subject>(fields: {
  readonly name: string;
  /** Which argument names the property. */
  readonly argument: 0 | 1;
  readonly first: DataType;
  readonly properties: Properties<Subject>;
  subject(args: readonly Value[], surroundings: Surroundings): Subject | undefined;
}): ScalarFunction {
  const { argument } = fields;
  const named = (value: Value | undefined): Property<Subject> | undefined =>
    typeof value === 'string' ? fields.properties.get(value.trimEnd().toUpperCase()) : undefined;
  const constantName = (facts: readonly ArgumentFacts[]): Property<Subject> | undefined =>
    named(facts[argument]?.constant);
  return {
    name: fields.name,
    minimumArguments: argument + 1,
    maximumArguments: argument + 1,
    parameters: argument === 0 ? [nvarchar(128)] : [fields.first, nvarchar(128)],
    type: (facts) => constantName(facts)?.type ?? TEXT,
    nullIn: true,
    evaluate(args, surroundings, facts) {
      const property = named(args[argument]);
      const subject = fields.subject(args, surroundings);
      if (property === undefined || subject === undefined) return null;
      const value = property.value(subject, surroundings);
      return constantName(facts) === undefined ? asText(value, property.type) : value;
    },
  };
}

function asText(value: Value, type: DataType): Value {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint' && familyOf(type) === 'moment') return formatDefault(value);
  if (typeof value === 'bigint') return decimalText(value, type.scale ?? 0);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf16le');
  return String(Number(value));
}
