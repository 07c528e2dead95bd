import { sqlError } from '../sql-error.ts';
import { sameName } from '../values/collation.ts';
import type { BoundColumn, BoundExpression } from './bound.ts';

/** A column that names can be bound to. */
export interface ScopeColumn extends BoundColumn {
  /** Alias, or the table's name: what stands before the dot. */
  readonly qualifier: string;
  /** The schema where the table was named without an alias. */
  readonly schema: string | undefined;
  /** Told when the column is used, for permissions on columns. */
  readonly touch: (() => void) | undefined;
}

export interface Resolved {
  /** 0: the own query; 1: the one around it ... */
  readonly depth: number;
  readonly index: number;
  readonly column: ScopeColumn;
}

/** Stands in for expressions once rows were grouped or a window was computed: the value is then a slot of the row. */
export type Substitution = (node: object) => BoundExpression | undefined;

/** The columns that a query's FROM offers, inside the scopes of the queries around it. */
export class Scope {
  columns: readonly ScopeColumn[];
  readonly outer: Scope | undefined;
  /** Indexes of own columns that were used since this was set; for splitting predicates. */
  references: Set<number> | undefined;
  /** Something outside of this scope was used: the query cannot be evaluated once for all rows. */
  usesOuter = false;
  substitute: Substitution | undefined;
  /** Column names that ORDER BY may use besides. */
  aliases: ReadonlyMap<string, BoundExpression> | undefined;

  constructor(columns: readonly ScopeColumn[], outer: Scope | undefined) {
    this.columns = columns;
    this.outer = outer;
  }

  /** 209 if ambiguous, 207 or 4104 if there is none. `parts`: [[database.]schema.]table.]column. */
  resolve(parts: readonly string[]): Resolved {
    const name = parts.at(-1) ?? '';
    const qualifier = parts.at(-2);
    const schema = parts.at(-3);
    for (const [depth, scope] of this.chain().entries()) {
      const index = scope.find(name, qualifier, schema);
      const column = index === undefined ? undefined : scope.columns[index];
      if (index === undefined || !column) continue;
      this.note(scope, index);
      column.touch?.();
      return { depth, index: scope.slotOf(index), column };
    }
    throw qualifier === undefined ? sqlError(207, name) : this.unbound(parts);
  }

  /** This scope and those around it, innermost first. */
  private chain(): readonly Scope[] {
    return [this, ...(this.outer?.chain() ?? [])];
  }

  /** Where the column's value stands in the row: elsewhere once rows were grouped. */
  slotOf(index: number): number {
    return index;
  }

  private find(name: string, qualifier: string | undefined, schema: string | undefined): number | undefined {
    let found: number | undefined;
    for (let index = 0; index < this.columns.length; index++) {
      const column = this.columns[index];
      if (!column || !sameName(column.name, name)) continue;
      if (qualifier !== undefined && !sameName(column.qualifier, qualifier)) continue;
      if (schema !== undefined && schema !== '' && !sameName(column.schema ?? '', schema)) continue;
      if (found !== undefined) throw sqlError(209, name);
      found = index;
    }
    return found;
  }

  private note(target: Scope, index: number): void {
    target.references?.add(index);
    for (const scope of this.chain()) {
      if (scope === target) return;
      scope.usesOuter = true;
    }
  }

  /** A known table without such a column is 207, an unknown table 4104. */
  private unbound(parts: readonly string[]): Error {
    const qualifier = parts.at(-2) ?? '';
    for (const scope of this.chain()) {
      if (scope.columns.some((column) => sameName(column.qualifier, qualifier)))
        return sqlError(207, parts.at(-1) ?? '');
    }
    return sqlError(4104, parts.join('.'));
  }
}
