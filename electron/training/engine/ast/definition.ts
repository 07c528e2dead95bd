/** The shape of CREATE, ALTER and DROP of what lives in a schema. */
import type { DataType, Expression, ObjectName, Query } from './query.ts';
import type { Statement } from './statement.ts';
import type { ColumnDefinition, TableElement } from './table.ts';

export type ModuleMode = 'create' | 'alter' | 'create-or-alter';

export type ExecuteAs =
  | { readonly kind: 'caller' | 'owner' | 'self' }
  | { readonly kind: 'user'; readonly name: string };

export interface Parameter {
  /** With its @. */
  readonly name: string;
  readonly type: DataType;
  readonly initial: Expression | undefined;
  readonly output: boolean;
  readonly line: number;
}

/**
 * What CREATE TRIGGER, PROCEDURE, FUNCTION and VIEW share. `definition` is the whole batch from its first character,
 * with ALTER and CREATE OR ALTER stored as CREATE: so sys.sql_modules has it, and so the lines in errors are counted.
 */
interface Module {
  readonly mode: ModuleMode;
  readonly name: ObjectName;
  readonly definition: string;
  readonly line: number;
}

export type TriggerEvent = 'insert' | 'update' | 'delete';

export interface CreateTrigger extends Module {
  readonly kind: 'create-trigger';
  readonly table: ObjectName;
  readonly timing: 'after' | 'instead-of';
  readonly events: readonly TriggerEvent[];
  readonly executeAs: ExecuteAs;
  readonly encrypted: boolean;
  readonly body: readonly Statement[];
}

export interface CreateProcedure extends Module {
  readonly kind: 'create-procedure';
  readonly parameters: readonly Parameter[];
  readonly executeAs: ExecuteAs;
  readonly encrypted: boolean;
  readonly body: readonly Statement[];
}

/** An inline table-valued function: the only kind that the subset has. */
export interface CreateFunction extends Module {
  readonly kind: 'create-function';
  readonly parameters: readonly Parameter[];
  readonly query: Query;
}

export interface CreateView extends Module {
  readonly kind: 'create-view';
  readonly columns: readonly string[];
  readonly query: Query;
}

export type AlterTableAction =
  | { readonly kind: 'add'; readonly elements: readonly TableElement[]; readonly check: boolean }
  /** Columns and constraints in the order in which they were named. */
  | {
      readonly kind: 'drop';
      readonly what: 'column' | 'constraint';
      readonly names: readonly string[];
      readonly ifExists: boolean;
    }
  | { readonly kind: 'alter-column'; readonly column: ColumnDefinition }
  /** [NO]CHECK CONSTRAINT; `names` undefined stands for ALL, `recheck` for WITH CHECK. */
  | {
      readonly kind: 'enforce';
      readonly enforced: boolean;
      readonly recheck: boolean;
      readonly names: readonly string[] | undefined;
    }
  | { readonly kind: 'triggers'; readonly enabled: boolean; readonly names: readonly string[] | undefined }
  | { readonly kind: 'switch'; readonly target: ObjectName };

export type Definition =
  | CreateTrigger
  | CreateProcedure
  | CreateFunction
  | CreateView
  | {
      readonly kind: 'create-schema';
      readonly name: string;
      readonly authorization: string | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'create-table';
      readonly name: ObjectName;
      readonly elements: readonly TableElement[];
      readonly line: number;
    }
  | {
      readonly kind: 'alter-table';
      readonly name: ObjectName;
      readonly action: AlterTableAction;
      readonly line: number;
    }
  | {
      readonly kind: 'create-index';
      readonly name: string;
      readonly table: ObjectName;
      readonly unique: boolean;
      readonly clustered: boolean;
      readonly columns: readonly { readonly name: string; readonly descending: boolean }[];
      readonly included: readonly string[];
      readonly line: number;
    }
  | {
      readonly kind: 'drop-index';
      readonly name: string;
      readonly table: ObjectName;
      readonly ifExists: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'drop';
      readonly what: 'table' | 'view' | 'procedure' | 'function' | 'trigger';
      readonly names: readonly ObjectName[];
      readonly ifExists: boolean;
      readonly line: number;
    }
  | { readonly kind: 'drop-schema'; readonly name: string; readonly ifExists: boolean; readonly line: number }
  /** ENABLE/DISABLE TRIGGER names ON table; `names` undefined stands for ALL. */
  | {
      readonly kind: 'switch-trigger';
      readonly enabled: boolean;
      readonly names: readonly ObjectName[] | undefined;
      readonly table: ObjectName;
      readonly line: number;
    };
