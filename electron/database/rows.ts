import type { IResult } from 'mssql';

/**
 * One row of an answer, read by column name and type. A column that is missing or of another type is a defect of the
 * statement, not of the site, and throws.
 */
export class Row {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string {
    return this.#demand(name, this.textOrNull(name));
  }

  textOrNull(name: string): string | null {
    return this.#read(name, (value): value is string => typeof value === 'string');
  }

  number(name: string): number {
    return this.#demand(name, this.numberOrNull(name));
  }

  /** bigint arrives as text: SQL Server's is larger than a number. */
  numberOrNull(name: string): number | null {
    const value = this.#values[name];
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
    return this.#read(name, (each): each is number => typeof each === 'number');
  }

  flag(name: string): boolean {
    return this.#demand(
      name,
      this.#read(name, (value): value is boolean => typeof value === 'boolean'),
    );
  }

  time(name: string): Date {
    return this.#demand(name, this.timeOrNull(name));
  }

  timeOrNull(name: string): Date | null {
    return this.#read(name, (value): value is Date => value instanceof Date);
  }

  bytes(name: string): Uint8Array {
    return this.#demand(name, this.bytesOrNull(name));
  }

  bytesOrNull(name: string): Uint8Array | null {
    return this.#read(name, (value): value is Uint8Array => value instanceof Uint8Array);
  }

  #read<T>(name: string, fits: (value: unknown) => value is T): T | null {
    const value = this.#values[name];
    if (value === null) return null;
    if (!fits(value)) throw new TypeError(`The column ${name} is ${value === undefined ? 'missing' : typeof value}.`);
    return value;
  }

  #demand<T>(name: string, value: T | null): T {
    if (value === null) throw new TypeError(`The column ${name} is NULL.`);
    return value;
  }
}

/** The rows of the answer's result set number `set`, counted from 0. */
export function rows(answer: IResult<unknown>, set: number): readonly Row[] {
  const sets = answer.recordsets as unknown as readonly (readonly Readonly<Record<string, unknown>>[])[];
  const found = sets[set];
  if (found === undefined) throw new RangeError(`The answer has ${sets.length} result sets, not ${set + 1}.`);
  return found.map((values) => new Row(values));
}
