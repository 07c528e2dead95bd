/**
 * What the wire layer asks of the engine behind it. The wire layer knows TDS and no SQL; the engine knows SQL and no
 * bytes. This file is the whole of what they know of each other.
 */

/** A SQL Server data type as COLMETADATA and RPC parameters describe it. Lengths are in characters for n-types, else bytes; `max` is MAX. */
export type SqlType =
  | {
      readonly name:
        | 'bit'
        | 'tinyint'
        | 'smallint'
        | 'int'
        | 'bigint'
        | 'float'
        | 'real'
        | 'datetime'
        | 'date'
        | 'uniqueidentifier';
    }
  | { readonly name: 'datetime2' | 'time' | 'datetimeoffset'; readonly scale: number }
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | {
      readonly name: 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'binary' | 'varbinary';
      readonly length: number | 'max';
    };

/**
 * A value as it travels: null; boolean (bit); number (tinyint to int, float, real); bigint (bigint);
 * string (characters, decimal as text, uniqueidentifier upper case); Date with `nanosecondsDelta` left out (datetime,
 * datetime2, date, in UTC fields); Uint8Array (binary).
 */
export type SqlValue = null | boolean | number | bigint | string | Date | Uint8Array;

export interface ResultColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

/** An error or message as SQL Server words it: severity above 10 is an error, 10 and below is information. */
export interface SqlMessage {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly text: string;
  readonly procedure: string;
  readonly line: number;
}

export interface RpcParameter {
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
  readonly output: boolean;
}

/** What a running request yields, in the order in which the client is told. */
export type BackendEvent =
  | { readonly kind: 'rows'; readonly columns: readonly ResultColumn[]; readonly rows: Iterable<readonly SqlValue[]> }
  /** The end of one statement; `rowCount` undefined under SET NOCOUNT ON or where a statement counts nothing. */
  | { readonly kind: 'done'; readonly rowCount: number | undefined }
  | { readonly kind: 'message'; readonly message: SqlMessage }
  | { readonly kind: 'database'; readonly name: string }
  | { readonly kind: 'return-status'; readonly value: number }
  | { readonly kind: 'output'; readonly name: string; readonly type: SqlType; readonly value: SqlValue }
  /**
   * The session's transaction changed by T-SQL (BEGIN, COMMIT, ROLLBACK, abort): id 0n means none is open. `outcome` says
   * how the one before ended, which drivers are told; left out, it is a rollback where the request has told an error.
   */
  | { readonly kind: 'transaction'; readonly id: bigint; readonly outcome?: 'commit' | 'rollback' };

export interface LoginRequest {
  readonly user: string;
  readonly password: string;
  /** LOGIN7's change-password option, where the client sent it. */
  readonly newPassword: string | undefined;
  readonly database: string;
  readonly hostName: string;
  readonly programName: string;
  readonly clientProcessId: number;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly encrypted: boolean;
}

export type LoginDecision =
  | { readonly ok: true; readonly session: BackendSession; readonly database: string }
  | { readonly ok: false; readonly message: SqlMessage };

/** One logged-in connection. The wire layer runs at most one request on it at a time. */
export interface BackendSession {
  readonly id: number;
  /** Runs one batch or sp_executesql text. Ends early, after cleaning up, when `signal` aborts (attention). */
  execute(text: string, parameters: readonly RpcParameter[], signal: AbortSignal): AsyncIterable<BackendEvent>;
  /** Calls a stored procedure by name (an RPC that is none of the well-known procedure ids). */
  callProcedure(name: string, parameters: readonly RpcParameter[], signal: AbortSignal): AsyncIterable<BackendEvent>;
  /** Transaction manager requests. `begin` answers the new transaction's id. */
  begin(isolation: number): bigint;
  commit(): SqlMessage | undefined;
  rollback(savepoint: string | undefined): SqlMessage | undefined;
  save(savepoint: string): SqlMessage | undefined;
  /** The current transaction's id, 0n without one. */
  transaction(): bigint;
  /** RESETCONNECTION: roll back, drop temporary state, SET options to their defaults. */
  reset(): void;
  /** The connection is gone: roll back and forget the session. */
  end(): void;
}

export interface Backend {
  /** Called after LOGIN7. `disconnect` lets the backend end the connection (KILL, firewall, fault). */
  login(request: LoginRequest, disconnect: (last: SqlMessage | undefined) => void): Promise<LoginDecision>;
  /** Asked before a byte is read. `false` closes the socket at once, as a dropping firewall would have it seen. */
  admits(remoteAddress: string, localPort: number): boolean;
}
