import type { CallFrame, Run } from '../evaluate/run.ts';
import { begin } from './transactions.ts';

/** SET IMPLICIT_TRANSACTIONS ON: the first statement that touches a table opens a transaction. */
export function takesImplicitTransaction(frame: CallFrame, run: Run): void {
  if (frame.settings.implicitTransactions && !run.session.transaction) begin(run.session);
}
