import type { CallFrame, Completion, Run } from '../evaluate/run.ts';
import type { SqlError } from '../sql-error.ts';
import { BatchAbort, ScopeAbort } from './abort.ts';
import { Raised } from './raising.ts';
import { rollBack } from './transactions.ts';

/** Tells the client when it entered or left a transaction. */
export function tellTransaction(run: Run): void {
  const { visibleTransaction } = run.session;
  if (visibleTransaction === run.shared.toldTransaction) return;
  run.shared.toldTransaction = visibleTransaction;
  run.emit({ kind: 'transaction', id: visibleTransaction });
}

/**
 * What an error does (learn.microsoft.com/sql/t-sql/statements/set-xact-abort-transact-sql, .../try-catch-transact-sql):
 * inside TRY it goes to CATCH, and dooms the transaction if it would have ended it; else the client is told, and the
 * statement, the module, the batch or the whole transaction ends.
 */
export function raise(error: SqlError, line: number, frame: CallFrame, run: Run): Completion {
  const { session, server } = run;
  error.line ??= line;
  error.procedure ??= frame.name;
  error.frame ??= frame;
  session.lastError = error.number;
  session.rowCount = 0;
  const inTrigger = insideTrigger(frame);
  const gentle = error instanceof Raised;
  const endsTransaction = !gentle && (error.reach === 'transaction' || frame.settings.xactAbort || inTrigger);
  if (run.shared.tryDepth > 0) {
    if (endsTransaction && session.transaction) session.transaction.doomed = true;
    throw error;
  }
  run.emit({ kind: 'message', message: error.asMessage() });
  if (error.reach === 'connection') {
    rollBack(server, session);
    session.disconnect(undefined);
    throw new BatchAbort();
  }
  if (endsTransaction) {
    rollBack(server, session);
    throw new BatchAbort();
  }
  if (error.reach === 'batch') throw new BatchAbort();
  if (error.reach === 'scope') throw frame.parent ? new ScopeAbort() : new BatchAbort();
  return 'end';
}

export function insideTrigger(frame: CallFrame | undefined): boolean {
  return frame !== undefined && (frame.kind === 'trigger' || insideTrigger(frame.parent));
}
