import type { BackendSession } from './backend.ts';
import type { PreparedStatements } from './prepared-statements.ts';
import type { SessionState } from './session-state.ts';

/** What one logged-in connection hands to each of its requests. */
export interface RequestContext {
  readonly session: BackendSession;
  readonly state: SessionState;
  readonly prepared: PreparedStatements;
  /** The name of the transaction that a transaction request began, '' for none: a rollback to it is no savepoint. */
  transactionName: string;
}
