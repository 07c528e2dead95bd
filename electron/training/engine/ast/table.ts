/** The shape of what stands between a table's parentheses: columns and constraints. */
import type { DataType, Expression, ObjectName, Predicate } from './query.ts';

export interface ColumnDefinition {
  readonly kind: 'column';
  readonly name: string;
  readonly type: DataType;
  /** undefined where neither NULL nor NOT NULL was written: nullable, unless a primary key says otherwise. */
  readonly nullable: boolean | undefined;
  readonly identity: { readonly seed: bigint; readonly increment: bigint } | undefined;
  readonly collation: string | undefined;
  /** DEFAULT, and constraints that were written behind the column; keys among them name this column. */
  readonly constraints: readonly Constraint[];
  readonly line: number;
}

/** `name` undefined: SQL Server makes one up. */
export type Constraint =
  | {
      readonly kind: 'primary-key' | 'unique';
      readonly name: string | undefined;
      readonly columns: readonly string[];
      readonly clustered: boolean | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'check';
      readonly name: string | undefined;
      readonly condition: Predicate;
      /** The condition's source text, without the outer parentheses. */
      readonly text: string;
      readonly line: number;
    }
  | {
      readonly kind: 'foreign-key';
      readonly name: string | undefined;
      readonly columns: readonly string[];
      readonly table: ObjectName;
      /** Empty: the referenced table's primary key. */
      readonly referenced: readonly string[];
      readonly onDelete: ReferentialAction;
      readonly onUpdate: ReferentialAction;
      readonly line: number;
    }
  | {
      readonly kind: 'default';
      readonly name: string | undefined;
      readonly column: string;
      readonly value: Expression;
      /** The value's source text. */
      readonly text: string;
      readonly line: number;
    };

export type ReferentialAction = 'no-action' | 'cascade' | 'set-null' | 'set-default';

export type TableElement = ColumnDefinition | Constraint;
