import type { LoginRequest } from '../../tds/backend.ts';
import type { SqlMessage } from '../../tds/backend.ts';
import type { DatabaseModel, LoginModel, TableModel } from '../model.ts';
import type { LockOwner } from '../storage/lock-table.ts';
import type { Transaction } from '../storage/transaction.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** One logged-in connection: who it is, what it has set, what it has open. */
export class Session implements LockOwner {
  readonly id: number;
  readonly login: LoginModel;
  readonly request: LoginRequest;
  readonly connectionId: string;
  readonly connectTime: bigint;
  readonly disconnect: (last: SqlMessage | undefined) => void;
  database: DatabaseModel;
  loginTime: bigint;
  settings: Settings = defaultSettings();
  transaction: Transaction | undefined;
  /** `#name` in lower case. */
  readonly temporaryTables = new Map<string, TableModel>();
  identityInsert: TableModel | undefined;
  rowCount = 0;
  lastError = 0;
  lastIdentity: bigint | null = null;
  contextInfo: Uint8Array | undefined;
  running = false;
  currentText = '';
  lastRequestStart: bigint;
  lastRequestEnd: bigint;
  ended = false;
  /** Ends the running request when the session is killed. */
  readonly abort = new AbortController();

  constructor(fields: {
    readonly id: number;
    readonly login: LoginModel;
    readonly database: DatabaseModel;
    readonly request: LoginRequest;
    readonly connectionId: string;
    readonly now: bigint;
    readonly disconnect: (last: SqlMessage | undefined) => void;
  }) {
    this.id = fields.id;
    this.login = fields.login;
    this.database = fields.database;
    this.request = fields.request;
    this.connectionId = fields.connectionId;
    this.connectTime = fields.now;
    this.loginTime = fields.now;
    this.lastRequestStart = fields.now;
    this.lastRequestEnd = fields.now;
    this.disconnect = fields.disconnect;
  }

  /** What rolling back would undo. */
  get lockCost(): number {
    return this.transaction?.log.mark() ?? 0;
  }

  /** The id that the client is told: that of a transaction it knows of, 0n otherwise. */
  get visibleTransaction(): bigint {
    return this.transaction && !this.transaction.automatic ? this.transaction.id : 0n;
  }
}
