export interface PreparedStatement {
  readonly text: string;
  /** The names in the parameter declaration, for clients that send values without them. */
  readonly parameterNames: readonly string[];
}

/** Statements prepared on one connection, by the handle its client was given. */
export class PreparedStatements {
  readonly #statements = new Map<number, PreparedStatement>();
  #lastHandle = 0;

  add(statement: PreparedStatement): number {
    this.#lastHandle += 1;
    this.#statements.set(this.#lastHandle, statement);
    return this.#lastHandle;
  }

  find(handle: number): PreparedStatement | undefined {
    return this.#statements.get(handle);
  }

  /** False when the handle is unknown. */
  drop(handle: number): boolean {
    return this.#statements.delete(handle);
  }

  clear(): void {
    this.#statements.clear();
  }
}

/** The names in a declaration such as `@id int, @name nvarchar(20)`, in order. */
export function declaredNames(declaration: string): readonly string[] {
  return Array.from(declaration.matchAll(/(?:^|,)\s*(@[^\s,]+)/g), (match) => match[1] ?? '');
}
