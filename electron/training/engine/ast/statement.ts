/** The shape of T-SQL statements after parsing: control of flow, and what reads and writes rows. */
import type { Definition } from './definition.ts';
import type {
  AssignmentOperator,
  CommonTable,
  DataType,
  Expression,
  ObjectName,
  Predicate,
  Query,
  SelectItem,
  TableHint,
  TableSource,
  Top,
} from './query.ts';
import type { SecurityStatement } from './security.ts';
import type { TableElement } from './table.ts';

/** One batch. A batch that creates a module has that one statement. */
export interface Batch {
  readonly statements: readonly Statement[];
}

export type Statement =
  | ControlStatement
  | SetStatement
  | TransactionStatement
  | RowStatement
  | Definition
  | SecurityStatement;

export interface Declaration {
  readonly name: string;
  readonly type: DataType;
  readonly initial: Expression | undefined;
  readonly line: number;
}

export interface ExecuteArgument {
  /** With its @; undefined where the argument is given by position. */
  readonly name: string | undefined;
  /** undefined stands for DEFAULT. A bare word (`sp_help Controllers`) is a string, as T-SQL takes it. */
  readonly value: Expression | undefined;
  readonly output: boolean;
  readonly line: number;
}

export type ControlStatement =
  | { readonly kind: 'declare'; readonly variables: readonly Declaration[]; readonly line: number }
  | {
      readonly kind: 'declare-table';
      readonly name: string;
      readonly elements: readonly TableElement[];
      readonly line: number;
    }
  | {
      readonly kind: 'if';
      readonly condition: Predicate;
      readonly body: Statement;
      readonly otherwise: Statement | undefined;
      readonly line: number;
    }
  | { readonly kind: 'while'; readonly condition: Predicate; readonly body: Statement; readonly line: number }
  | { readonly kind: 'break' | 'continue'; readonly line: number }
  | { readonly kind: 'block'; readonly statements: readonly Statement[]; readonly line: number }
  | {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handler: readonly Statement[];
      readonly line: number;
    }
  /** Without arguments (inside CATCH) `arguments` is undefined. */
  | {
      readonly kind: 'throw';
      readonly arguments:
        | { readonly number: Expression; readonly message: Expression; readonly state: Expression }
        | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'raiserror';
      readonly message: Expression;
      readonly severity: Expression;
      readonly state: Expression;
      readonly arguments: readonly Expression[];
      /** Upper case: NOWAIT, LOG, SETERROR. */
      readonly options: readonly string[];
      readonly line: number;
    }
  | { readonly kind: 'print'; readonly message: Expression; readonly line: number }
  | { readonly kind: 'return'; readonly value: Expression | undefined; readonly line: number }
  | { readonly kind: 'wait'; readonly delay: Expression; readonly line: number }
  | {
      readonly kind: 'execute';
      /** The variable that takes the return status, with its @. */
      readonly returnTo: string | undefined;
      /** A name, or the variable (with its @) that holds it. */
      readonly procedure: ObjectName | { readonly variable: string; readonly line: number };
      readonly arguments: readonly ExecuteArgument[];
      readonly line: number;
    }
  /** EXEC ('text' + @more). */
  | { readonly kind: 'execute-text'; readonly text: Expression; readonly line: number }
  | { readonly kind: 'use'; readonly database: string; readonly line: number };

/** Options that are ON or OFF, upper case. */
export type SwitchOption =
  | 'NOCOUNT'
  | 'XACT_ABORT'
  | 'ANSI_DEFAULTS'
  | 'ANSI_NULLS'
  | 'ANSI_NULL_DFLT_OFF'
  | 'ANSI_NULL_DFLT_ON'
  | 'ANSI_PADDING'
  | 'ANSI_WARNINGS'
  | 'ARITHABORT'
  | 'ARITHIGNORE'
  | 'CONCAT_NULL_YIELDS_NULL'
  | 'CURSOR_CLOSE_ON_COMMIT'
  | 'FMTONLY'
  | 'FORCEPLAN'
  | 'IMPLICIT_TRANSACTIONS'
  | 'NOEXEC'
  | 'NUMERIC_ROUNDABORT'
  | 'PARSEONLY'
  | 'QUOTED_IDENTIFIER'
  | 'REMOTE_PROC_TRANSACTIONS'
  | 'SHOWPLAN_ALL'
  | 'SHOWPLAN_TEXT'
  | 'SHOWPLAN_XML'
  | 'STATISTICS IO'
  | 'STATISTICS TIME'
  | 'STATISTICS PROFILE'
  | 'STATISTICS XML';

/** Options that take a value, upper case. */
export type ValueOption =
  | 'LOCK_TIMEOUT'
  | 'TEXTSIZE'
  | 'ROWCOUNT'
  | 'DATEFIRST'
  | 'DATEFORMAT'
  | 'LANGUAGE'
  | 'DEADLOCK_PRIORITY'
  | 'QUERY_GOVERNOR_COST_LIMIT'
  | 'CONTEXT_INFO';

export type IsolationLevel = 'read-uncommitted' | 'read-committed' | 'repeatable-read' | 'snapshot' | 'serializable';

export type SetStatement =
  | {
      readonly kind: 'set-variable';
      readonly name: string;
      readonly operator: AssignmentOperator;
      readonly value: Expression;
      readonly line: number;
    }
  | {
      readonly kind: 'set-switch';
      readonly options: readonly SwitchOption[];
      readonly on: boolean;
      readonly line: number;
    }
  /** A word such as `mdy` or `us_english` is a string. */
  | { readonly kind: 'set-value'; readonly option: ValueOption; readonly value: Expression; readonly line: number }
  | { readonly kind: 'set-isolation'; readonly level: IsolationLevel; readonly line: number }
  | { readonly kind: 'set-identity-insert'; readonly table: ObjectName; readonly on: boolean; readonly line: number };

/** A transaction's or savepoint's name: a word, or the variable (with its @) that holds it. */
export type TransactionStatement =
  | { readonly kind: 'begin-transaction'; readonly name: string | undefined; readonly line: number }
  | { readonly kind: 'commit-transaction'; readonly name: string | undefined; readonly line: number }
  | { readonly kind: 'rollback-transaction'; readonly name: string | undefined; readonly line: number }
  | { readonly kind: 'save-transaction'; readonly name: string; readonly line: number };

/** What a writing statement aims at: a table or view (or the alias of one in FROM), or a table variable. */
export type Target =
  | { readonly kind: 'table'; readonly name: ObjectName; readonly hints: readonly TableHint[]; readonly line: number }
  | { readonly kind: 'table-variable'; readonly name: string; readonly line: number };

/** OUTPUT ... [INTO target [(columns)]]. `into` undefined: the rows go to the client. */
export interface Output {
  readonly items: readonly SelectItem[];
  readonly into: { readonly target: Target; readonly columns: readonly string[] } | undefined;
  readonly line: number;
}

export type InsertSource =
  /** A row's undefined stands for DEFAULT. */
  | { readonly kind: 'values'; readonly rows: readonly (readonly (Expression | undefined)[])[]; readonly line: number }
  | { readonly kind: 'query'; readonly query: Query; readonly line: number }
  | { readonly kind: 'execute'; readonly statement: Statement; readonly line: number }
  | { readonly kind: 'default-values'; readonly line: number };

/** `SET column op value`, `SET @v op value` (column undefined), `SET @v = column = value` (both). */
export interface UpdateClause {
  readonly variable: string | undefined;
  readonly column: ObjectName | undefined;
  readonly operator: AssignmentOperator;
  /** undefined stands for DEFAULT. */
  readonly value: Expression | undefined;
  readonly line: number;
}

export interface MergeClause {
  readonly when: 'matched' | 'not-matched' | 'not-matched-by-source';
  readonly condition: Predicate | undefined;
  readonly action:
    | { readonly kind: 'update'; readonly set: readonly UpdateClause[] }
    | { readonly kind: 'delete' }
    /** `values` undefined stands for DEFAULT VALUES. */
    | {
        readonly kind: 'insert';
        readonly columns: readonly string[];
        readonly values: readonly (Expression | undefined)[] | undefined;
      };
  readonly line: number;
}

export type RowStatement =
  | { readonly kind: 'select-statement'; readonly query: Query; readonly line: number }
  | {
      readonly kind: 'insert';
      readonly ctes: readonly CommonTable[];
      readonly top: Top | undefined;
      readonly target: Target;
      /** Empty: every column in its order. */
      readonly columns: readonly string[];
      readonly output: Output | undefined;
      readonly source: InsertSource;
      readonly line: number;
    }
  | {
      readonly kind: 'update';
      readonly ctes: readonly CommonTable[];
      readonly top: Top | undefined;
      readonly target: Target;
      readonly set: readonly UpdateClause[];
      readonly output: Output | undefined;
      readonly from: readonly TableSource[];
      readonly where: Predicate | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'delete';
      readonly ctes: readonly CommonTable[];
      readonly top: Top | undefined;
      readonly target: Target;
      readonly output: Output | undefined;
      readonly from: readonly TableSource[];
      readonly where: Predicate | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'merge';
      readonly ctes: readonly CommonTable[];
      readonly target: Target;
      readonly alias: string | undefined;
      readonly source: TableSource;
      readonly on: Predicate;
      readonly clauses: readonly MergeClause[];
      readonly output: Output | undefined;
      readonly line: number;
    }
  | { readonly kind: 'truncate'; readonly table: ObjectName; readonly line: number };
