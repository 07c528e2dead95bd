import type { Server } from '../evaluate/run.ts';
import type { Session } from '../session/session.ts';
import { sqlError, type SqlError } from '../sql-error.ts';
import { Transaction } from '../storage/transaction.ts';

/** BEGIN, COMMIT, ROLLBACK, SAVE (learn.microsoft.com/sql/t-sql/language-elements/transactions-transact-sql). */

export function begin(session: Session): void {
  if (session.transaction) session.transaction.count++;
  else session.transaction = new Transaction(false);
}

/** Only the outermost COMMIT makes the changes last. 3902 without a transaction, 3930 for one that is doomed. */
export function commit(server: Server, session: Session): SqlError | undefined {
  const { transaction } = session;
  if (!transaction) return sqlError(3902);
  if (transaction.doomed) return sqlError(3930);
  transaction.count--;
  if (transaction.count === 0) finish(server, session, transaction);
  return undefined;
}

function finish(server: Server, session: Session, transaction: Transaction): void {
  const changed = !transaction.log.isEmpty;
  transaction.log.forget();
  session.transaction = undefined;
  server.locks.release(session, ['statement', 'transaction']);
  if (changed) server.changed();
}

/** Undoes everything, however deep the nesting. */
export function rollBack(server: Server, session: Session): void {
  const { transaction } = session;
  if (!transaction) return;
  transaction.log.revertTo(0);
  session.transaction = undefined;
  server.locks.release(session, ['statement', 'transaction']);
}

/** 6401 for a name that was never saved; 3931 where only the whole can be rolled back. */
export function rollBackTo(session: Session, name: string): SqlError | undefined {
  const { transaction } = session;
  if (!transaction) return sqlError(3903);
  if (transaction.doomed) return sqlError(3931);
  return transaction.rollBackTo(name) ? undefined : sqlError(6401, name);
}

export function save(session: Session, name: string): SqlError | undefined {
  const { transaction } = session;
  if (!transaction) return sqlError(628);
  if (transaction.doomed) return sqlError(3930);
  transaction.save(name);
  return undefined;
}

/**
 * Runs one changing statement: in the open transaction or in one of its own, and all or nothing.
 */
export async function asStatement<T>(
  server: Server,
  session: Session,
  change: (transaction: Transaction) => T | Promise<T>,
): Promise<T> {
  const own = session.transaction === undefined;
  if (own) session.transaction = new Transaction(true);
  const { transaction } = session;
  if (!transaction) throw new Error('a transaction was just begun');
  if (transaction.doomed) throw sqlError(3930);
  const mark = transaction.log.mark();
  let result: T;
  try {
    result = await change(transaction);
  } catch (error) {
    // A trigger may have ended the transaction: then there is nothing left to undo here.
    if (session.transaction === transaction) {
      if (own) rollBack(server, session);
      else transaction.log.revertTo(mark);
    }
    throw error;
  }
  if (own && session.transaction === transaction) finish(server, session, transaction);
  return result;
}
