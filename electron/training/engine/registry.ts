import type { DatabaseModel, LoginModel, ServerModel } from './model.ts';
import type { PlanFacts } from './storage/plan-cache.ts';
import type { DataType, Value } from './values/types.ts';

/**
 * Where scalar functions and system views are looked up. The evaluator knows none of them by name: each is a value in a
 * table, registered by the file that owns the idea.
 */

/** A listener that the training site has open, as sys.dm_tcp_listener_states shows it. */
export interface ListenerFacts {
  readonly address: string;
  readonly port: number;
}

/** One logged-in session, as the catalogue may show it. Times are ticks in UTC. */
export interface SessionFacts {
  readonly id: number;
  /** The login that came in through the door. */
  readonly login: LoginModel;
  /** The database the session is in now. */
  readonly database: DatabaseModel;
  readonly hostName: string;
  readonly programName: string;
  readonly clientProcessId: number;
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly encrypted: boolean;
  readonly connectTime: bigint;
  readonly loginTime: bigint;
  readonly lastRequestStart: bigint;
  readonly lastRequestEnd: bigint;
  readonly connectionId: string;
  readonly isolationLevel: number;
  readonly openTransactions: number;
  readonly lockTimeoutMs: number;
  readonly status: 'running' | 'sleeping';
  /** The session that this one waits for, 0 if it does not wait. */
  readonly blockedBy: number;
  readonly currentText: string;
  readonly lastRowCount: number;
}

/** One granted or awaited lock, as sys.dm_tran_locks shows it. */
export interface LockFacts {
  readonly sessionId: number;
  readonly resourceType: string;
  readonly databaseId: number;
  readonly objectId: number;
  readonly description: string;
  readonly mode: string;
  readonly status: 'GRANT' | 'WAIT';
}

/** What functions and views may ask about the moment in which they are evaluated. */
export interface Surroundings {
  readonly model: ServerModel;
  readonly session: SessionFacts;
  readonly database: DatabaseModel;
  sessions(): readonly SessionFacts[];
  listeners(): readonly ListenerFacts[];
  locks(): readonly LockFacts[];
  /** Texts that the server has plans of. */
  plans(): readonly PlanFacts[];
  /** When the simulated server was started, ticks in UTC. */
  readonly serverStarted: bigint;
  /** The simulated clock, ticks in UTC; the same within one statement. */
  now(): bigint;
  readonly rights: Rights;
  readonly execution: ExecutionFacts;
}

/** An error as ERROR_NUMBER() and its kin report it inside CATCH. */
export interface CaughtError {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly line: number;
  readonly procedure: string | null;
  readonly text: string;
}

/** What the running batch or module knows of itself. */
export interface ExecutionFacts {
  /** The login that came in through the door, whatever EXECUTE AS says. */
  readonly originalLogin: string;
  /** Undefined outside of CATCH. */
  readonly caught: CaughtError | undefined;
  /** @@ROWCOUNT and @@ERROR. */
  readonly rowCount: number;
  readonly lastError: number;
  /** @@TRANCOUNT and XACT_STATE(). */
  readonly openTransactions: number;
  readonly transactionState: 1 | 0 | -1;
  /** SCOPE_IDENTITY() and @@IDENTITY. */
  readonly scopeIdentity: bigint | null;
  readonly lastIdentity: bigint | null;
  /** @@NESTLEVEL; TRIGGER_NESTLEVEL(). */
  readonly nestLevel: number;
  readonly triggerLevel: number;
  /** @@PROCID: the running module's object id, 0 outside. */
  readonly moduleId: number;
  readonly noCount: boolean;
  readonly quotedIdentifier: boolean;
  readonly ansiNulls: boolean;
  readonly xactAbort: boolean;
  readonly textSize: number;
}

/** The permission questions that catalogue code may ask, for the current execution context (EXECUTE AS included). */
export interface Rights {
  /** Name of the login in whose name the code runs (SUSER_SNAME()). */
  readonly loginName: string;
  /** Name of the database user in whose name the code runs (USER_NAME()). */
  userName(database?: DatabaseModel): string;
  /** Database principal id in whose name the code runs, undefined if the login has no access there. */
  userId(database?: DatabaseModel): number | undefined;
  isSysadmin(): boolean;
  inServerRole(role: string, login?: string): boolean | undefined;
  inDatabaseRole(role: string, database?: DatabaseModel): boolean | undefined;
  /** Effective server permission, with everything that implies it. */
  onServer(permission: string): boolean;
  onDatabase(permission: string, database?: DatabaseModel): boolean;
  onSchema(permission: string, schemaId: number, database?: DatabaseModel): boolean;
  onObject(permission: string, objectId: number, database?: DatabaseModel): boolean;
  onColumn(permission: string, objectId: number, columnId: number, database?: DatabaseModel): boolean;
  /** Any right on an object makes its metadata visible (metadata visibility configuration). */
  seesObject(objectId: number, database?: DatabaseModel): boolean;
  seesLogin(login: LoginModel): boolean;
  /** A login may enter a database by a user of its own, as sysadmin, or by an enabled guest. */
  mayEnter(database: DatabaseModel): boolean;
}

export interface ArgumentFacts {
  readonly type: DataType;
  /** The value where the argument is a constant in the text: some functions choose their type by it. */
  readonly constant: Value | undefined;
}

export interface ScalarFunction {
  /** Upper case; globals with their @@. */
  readonly name: string;
  readonly minimumArguments: number;
  readonly maximumArguments: number;
  /**
   * The type each argument is converted to before `evaluate` sees it. The last one stands for all further ones;
   * 'as-is' hands the value over unconverted.
   */
  readonly parameters: readonly (DataType | 'as-is')[];
  readonly type: DataType | ((args: readonly ArgumentFacts[]) => DataType);
  /** True: NULL in any argument answers NULL and `evaluate` is not called. */
  readonly nullIn?: boolean;
  evaluate(args: readonly Value[], surroundings: Surroundings, facts: readonly ArgumentFacts[]): Value;
}

export interface SystemViewColumn {
  readonly name: string;
  readonly type: DataType;
  readonly nullable?: boolean;
}

export interface SystemView {
  /** Undefined: visible in every database; 'msdb': only there. */
  readonly database?: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly SystemViewColumn[];
  /** Names a server permission without which reading it is error 300 (VIEW SERVER STATE); 'DATABASE' one likewise. */
  readonly requires?: { readonly on: 'server' | 'database'; readonly permission: string };
  rows(surroundings: Surroundings): Iterable<readonly Value[]>;
}

/** A table-valued function of schema sys: a system view with arguments. */
export interface SystemTableFunction extends Pick<SystemView, 'name' | 'columns' | 'requires'> {
  readonly parameters: readonly DataType[];
  rows(args: readonly Value[], surroundings: Surroundings): Iterable<readonly Value[]>;
}

/** A system procedure that is no part of the evaluator (sp_who and the like): answers one result set or none. */
export interface SystemProcedure {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: DataType; readonly default?: Value }[];
  execute(args: readonly Value[], surroundings: Surroundings): SystemProcedureResult;
}

export interface SystemProcedureResult {
  readonly columns: readonly SystemViewColumn[];
  readonly rows: Iterable<readonly Value[]>;
}

const functions = new Map<string, ScalarFunction>();
const views = new Map<string, SystemView>();
const tableFunctions = new Map<string, SystemTableFunction>();
const procedures = new Map<string, SystemProcedure>();

export function registerFunctions(added: readonly ScalarFunction[]): void {
  for (const one of added) functions.set(one.name.toUpperCase(), one);
}

export function registerViews(added: readonly SystemView[]): void {
  for (const one of added) views.set(viewKey(one.database, one.schema, one.name), one);
}

export function registerTableFunctions(added: readonly SystemTableFunction[]): void {
  for (const one of added) tableFunctions.set(one.name.toLowerCase(), one);
}

export function registerProcedures(added: readonly SystemProcedure[]): void {
  for (const one of added) procedures.set(one.name.toLowerCase(), one);
}

export function findFunction(name: string): ScalarFunction | undefined {
  return functions.get(name.toUpperCase());
}

/** A view of that database alone is found before one that every database has. */
export function findView(database: string, schema: string, name: string): SystemView | undefined {
  return views.get(viewKey(database, schema, name)) ?? views.get(viewKey(undefined, schema, name));
}

export function allViews(): readonly SystemView[] {
  return [...views.values()];
}

export function findTableFunction(name: string): SystemTableFunction | undefined {
  return tableFunctions.get(name.toLowerCase());
}

export function findProcedure(name: string): SystemProcedure | undefined {
  return procedures.get(name.toLowerCase());
}

function viewKey(database: string | undefined, schema: string, name: string): string {
  return `${database ?? ''}|${schema}|${name}`.toLowerCase();
}
