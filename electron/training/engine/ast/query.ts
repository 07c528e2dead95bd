/**
 * The shape of T-SQL expressions and queries after parsing. Names stand as written (without brackets); `line` counts
 * from 1 at the start of the batch, as SQL Server counts the line of an error.
 */

/** A name of one to four parts, as written; a part that was left out (`Acs..Controllers`) is the empty string. */
export interface ObjectName {
  readonly parts: readonly string[];
  readonly line: number;
}

export type TypeName =
  | 'bit'
  | 'tinyint'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'real'
  | 'datetime'
  | 'datetime2'
  | 'date'
  | 'time'
  | 'datetimeoffset'
  | 'char'
  | 'varchar'
  | 'nchar'
  | 'nvarchar'
  | 'binary'
  | 'varbinary'
  | 'uniqueidentifier'
  | 'rowversion';

/**
 * A data type with synonyms resolved (`integer` is int, `numeric` is decimal, `timestamp` is rowversion, `sysname` is
 * nvarchar(128)). Only what was written is filled in: the defaults (1 or 30 for a length, 18 and 0 for decimal, 7 for a
 * time's scale) depend on where the type stands and belong to whoever reads it.
 */
export interface DataType {
  readonly name: TypeName;
  /** Characters of n-types, bytes of the others. */
  readonly length?: number | 'max';
  readonly precision?: number;
  readonly scale?: number;
  readonly line: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^';
export type ComparisonOperator = '=' | '<>' | '<' | '>' | '<=' | '>=';
/** How `SET @x op expression` and `SET column op expression` assign: `+` stands for `+=`. */
export type AssignmentOperator = '=' | ArithmeticOperator;
/** The aggregates that the subset has. COUNT(*) has no arguments. */
export type AggregateName = 'COUNT' | 'COUNT_BIG' | 'SUM' | 'MIN' | 'MAX' | 'AVG' | 'STRING_AGG';
export type RankingName = 'ROW_NUMBER' | 'RANK' | 'DENSE_RANK';

export interface Window {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
}

/** What gives a value. What gives true, false or unknown is a Predicate: T-SQL keeps the two apart, and so does this. */
export type Expression =
  | { readonly kind: 'null'; readonly line: number }
  /** An int, or a decimal(n, 0) where it does not fit. Never negative: the sign is a unary. */
  | { readonly kind: 'integer'; readonly value: bigint; readonly line: number }
  /** Digits with a point, as written: `1.50` is decimal(3, 2). */
  | { readonly kind: 'decimal'; readonly text: string; readonly line: number }
  | { readonly kind: 'float'; readonly value: number; readonly line: number }
  | { readonly kind: 'string'; readonly value: string; readonly unicode: boolean; readonly line: number }
  | { readonly kind: 'binary-literal'; readonly bytes: Uint8Array; readonly line: number }
  /** `name` with its @. */
  | { readonly kind: 'variable'; readonly name: string; readonly line: number }
  /** `name` in upper case with its @@. */
  | { readonly kind: 'global'; readonly name: string; readonly line: number }
  | { readonly kind: 'column'; readonly name: ObjectName; readonly line: number }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | '~'; readonly operand: Expression; readonly line: number }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly line: number;
    }
  | { readonly kind: 'collate'; readonly operand: Expression; readonly collation: string; readonly line: number }
  /** CASE in both forms, and IIF, which is documented as a CASE. A simple CASE has `input` and `when` values. */
  | {
      readonly kind: 'simple-case';
      readonly input: Expression;
      readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
      readonly otherwise: Expression | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'searched-case';
      readonly branches: readonly { readonly when: Predicate; readonly result: Expression }[];
      readonly otherwise: Expression | undefined;
      readonly line: number;
    }
  /** CAST, CONVERT, TRY_CAST, TRY_CONVERT. `attempt` marks the TRY_ forms: NULL instead of a conversion error. */
  | {
      readonly kind: 'conversion';
      readonly function: 'CAST' | 'CONVERT';
      readonly attempt: boolean;
      readonly type: DataType;
      readonly operand: Expression;
      readonly style: Expression | undefined;
      readonly line: number;
    }
  /**
   * Any other function, COALESCE, NULLIF and ISNULL too; also those that are written without parentheses, such as
   * CURRENT_TIMESTAMP and SYSTEM_USER. DATEADD, DATEDIFF, DATEPART and DATENAME carry their first word in `datePart`
   * (lower case, abbreviations as written), not in `arguments`.
   */
  | {
      readonly kind: 'call';
      readonly name: ObjectName;
      readonly datePart: string | undefined;
      readonly arguments: readonly Expression[];
      readonly line: number;
    }
  | {
      readonly kind: 'aggregate';
      readonly function: AggregateName;
      readonly distinct: boolean;
      readonly arguments: readonly Expression[];
      /** STRING_AGG ... WITHIN GROUP (ORDER BY ...). */
      readonly orderWithin: readonly OrderItem[];
      readonly over: Window | undefined;
      readonly line: number;
    }
  | { readonly kind: 'ranking'; readonly function: RankingName; readonly over: Window; readonly line: number }
  | { readonly kind: 'subquery'; readonly query: Query; readonly line: number }
  /** `$action` in the OUTPUT of a MERGE: N'INSERT', N'UPDATE' or N'DELETE'. */
  | { readonly kind: 'merge-action'; readonly line: number };

export type Predicate =
  | { readonly kind: 'and' | 'or'; readonly left: Predicate; readonly right: Predicate; readonly line: number }
  | { readonly kind: 'not'; readonly operand: Predicate; readonly line: number }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly line: number;
    }
  | { readonly kind: 'is-null'; readonly operand: Expression; readonly negated: boolean; readonly line: number }
  | {
      readonly kind: 'between';
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly negated: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'in-list';
      readonly operand: Expression;
      readonly items: readonly Expression[];
      readonly negated: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'in-query';
      readonly operand: Expression;
      readonly query: Query;
      readonly negated: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'like';
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape: Expression | undefined;
      readonly negated: boolean;
      readonly line: number;
    }
  | { readonly kind: 'exists'; readonly query: Query; readonly line: number }
  /** UPDATE(column) inside a trigger. */
  | { readonly kind: 'column-updated'; readonly column: string; readonly line: number };

export interface OrderItem {
  readonly expression: Expression;
  readonly descending: boolean;
}

/** A whole SELECT: common table expressions, the body, and what applies to the body's result. */
export interface Query {
  readonly kind: 'query';
  readonly ctes: readonly CommonTable[];
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly offset: { readonly skip: Expression; readonly take: Expression | undefined } | undefined;
  readonly line: number;
}

export interface CommonTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
  readonly line: number;
}

export type QueryBody = Select | SetOperation;

export interface SetOperation {
  readonly kind: 'set-operation';
  readonly operator: 'union' | 'union-all' | 'except' | 'intersect';
  readonly left: QueryBody;
  readonly right: QueryBody;
  readonly line: number;
}

export interface Top {
  readonly count: Expression;
  readonly percent: boolean;
  readonly withTies: boolean;
}

export interface Select {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly top: Top | undefined;
  readonly items: readonly SelectItem[];
  /** SELECT ... INTO. */
  readonly into: ObjectName | undefined;
  /** More than one: separated by commas, a cross join. */
  readonly from: readonly TableSource[];
  readonly where: Predicate | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Predicate | undefined;
  readonly line: number;
}

export type SelectItem =
  | { readonly kind: 'star'; readonly qualifier: ObjectName | undefined; readonly line: number }
  | {
      readonly kind: 'value';
      readonly expression: Expression;
      readonly alias: string | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'assignment';
      readonly variable: string;
      readonly operator: AssignmentOperator;
      readonly expression: Expression;
      readonly line: number;
    };

/** Upper case. */
export type TableHint =
  | 'NOLOCK'
  | 'READUNCOMMITTED'
  | 'READCOMMITTED'
  | 'READCOMMITTEDLOCK'
  | 'REPEATABLEREAD'
  | 'SERIALIZABLE'
  | 'HOLDLOCK'
  | 'ROWLOCK'
  | 'PAGLOCK'
  | 'TABLOCK'
  | 'TABLOCKX'
  | 'UPDLOCK'
  | 'XLOCK'
  | 'READPAST'
  | 'NOWAIT';

export type TableSource =
  | {
      readonly kind: 'table';
      readonly name: ObjectName;
      readonly alias: string | undefined;
      readonly hints: readonly TableHint[];
      readonly line: number;
    }
  | {
      readonly kind: 'table-variable';
      readonly name: string;
      readonly alias: string | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'derived-table';
      readonly query: Query;
      readonly alias: string;
      readonly columns: readonly string[];
      readonly line: number;
    }
  | {
      readonly kind: 'values-table';
      readonly rows: readonly (readonly Expression[])[];
      readonly alias: string;
      readonly columns: readonly string[];
      readonly line: number;
    }
  | {
      readonly kind: 'table-function';
      readonly name: ObjectName;
      readonly arguments: readonly Expression[];
      readonly alias: string | undefined;
      readonly columns: readonly string[];
      readonly line: number;
    }
  /** `on` is undefined for a cross join only. */
  | {
      readonly kind: 'join';
      readonly type: 'inner' | 'left' | 'right' | 'full' | 'cross';
      readonly left: TableSource;
      readonly right: TableSource;
      readonly on: Predicate | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'apply';
      readonly type: 'cross' | 'outer';
      readonly left: TableSource;
      readonly right: TableSource;
      readonly line: number;
    };
