import type { BackendEvent } from '../../tds/backend.ts';
import type { Statement } from '../ast.ts';
import type { DatabaseModel, Row, ServerModel, TableModel } from '../model.ts';
import type { CaughtError, ListenerFacts } from '../registry.ts';
import type { Identity } from '../security/identity.ts';
import type { Session } from '../session/session.ts';
import type { Settings } from '../session/settings.ts';
import type { LockTable } from '../storage/lock-table.ts';
import type { PlanCache } from '../storage/plan-cache.ts';
import type { DataType, Value } from '../values/types.ts';

/** The simulated server while it runs: the model and what is not stored. */
export interface Server {
  readonly model: ServerModel;
  readonly locks: LockTable;
  readonly plans: PlanCache;
  readonly sessions: Map<number, Session>;
  readonly started: bigint;
  listeners(): readonly ListenerFacts[];
  now(): bigint;
  /** A transaction that changed something was committed. */
  changed(): void;
  /** Ends a session as KILL does. */
  kill(session: Session): void;
}

/** One request on its way: where it writes its answers, and what ends it. */
export interface Run {
  readonly server: Server;
  readonly session: Session;
  readonly signal: AbortSignal;
  emit(event: BackendEvent): void;
  /** The clock as the running statement sees it: it stands still within a statement. */
  now: bigint;
  /** Shared by everything that the request runs. */
  readonly shared: {
    /** How many TRY blocks are open around the running statement. */
    tryDepth: number;
    /** The transaction that the client was last told of. */
    toldTransaction: bigint;
    /** Statements since other work of this process last had its turn. */
    sinceTurn: number;
  };
  /** Runs statements in a frame. Injected, because statements, triggers and procedures contain each other. */
  execute(statements: readonly Statement[], frame: CallFrame, run: Run): Promise<Completion>;
}

/** How a list of statements ended. */
export type Completion = 'end' | 'break' | 'continue' | 'return';

export interface Variable {
  readonly type: DataType;
  value: Value;
}

/** What a trigger sees of the statement that fired it. */
export interface TriggerContext {
  readonly table: TableModel;
  readonly inserted: readonly Row[];
  readonly deleted: readonly Row[];
  /** Names in lower case that the statement set; 'all' for INSERT. */
  readonly updated: ReadonlySet<string> | 'all' | 'none';
}

/** One level of execution: a batch, dynamic SQL, a procedure or a trigger. */
export interface CallFrame {
  readonly parent: CallFrame | undefined;
  readonly kind: 'batch' | 'dynamic' | 'procedure' | 'trigger';
  /** The module's name, empty outside of one. */
  readonly name: string;
  readonly moduleId: number;
  /** Where the module lives; a batch follows the session. */
  readonly database: DatabaseModel | undefined;
  /** Where names of one part are looked up first; undefined: the user's default schema. */
  readonly schemaId: number | undefined;
  /** Who owns the running module: objects of the same owner are not checked again. Undefined for batches and dynamic SQL. */
  readonly owner: number | undefined;
  readonly identity: Identity;
  readonly settings: Settings;
  readonly variables: Map<string, Variable>;
  readonly tableVariables: Map<string, TableModel>;
  readonly trigger: TriggerContext | undefined;
  readonly level: number;
  /** The errors of the CATCH blocks around, innermost last. */
  readonly caught: CaughtError[];
  scopeIdentity: bigint | null;
  returnValue: number;
}

export function databaseOf(frame: CallFrame, session: Session): DatabaseModel {
  return frame.database ?? session.database;
}
