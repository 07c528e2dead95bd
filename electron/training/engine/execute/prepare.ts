import { Binding, Needs, type Binders } from '../evaluate/binding.ts';
import { bindExpression } from '../evaluate/expressions.ts';
import { bindPredicate } from '../evaluate/predicates.ts';
import { bindQuery } from '../evaluate/query.ts';
import { PendingDefinition } from '../evaluate/resolve.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { bindSource } from '../evaluate/sources.ts';
import type { LockRequest } from '../storage/lock-table.ts';
import { Attention } from './abort.ts';

const binders: Binders = {
  expression: bindExpression,
  predicate: bindPredicate,
  query: bindQuery,
  source: bindSource,
};

export function newBinding(run: Run, frame: CallFrame): Binding {
  return new Binding({ run, frame, binders, needs: new Needs() });
}

/**
 * Binds a statement, checks its rights and takes its locks. Where a lock had to be waited for, what the names stand for
 * may have changed meanwhile: then it is bound anew.
 */
export async function prepare<T>(run: Run, frame: CallFrame, bind: (binding: Binding) => T): Promise<T> {
  for (;;) {
    const binding = newBinding(run, frame);
    let bound: T;
    try {
      bound = bind(binding);
    } catch (error) {
      if (!(error instanceof PendingDefinition)) throw error;
      await takeLocks(run, frame, [{ resource: error.resource, mode: 'Sch-S', duration: 'statement' }]);
      continue;
    }
    binding.checkRights();
    if (!(await takeLocks(run, frame, binding.needs.locks))) return bound;
  }
}

/** Answers whether it had to wait. */
export async function takeLocks(run: Run, frame: CallFrame, requests: readonly LockRequest[]): Promise<boolean> {
  let waited = false;
  for (const request of requests) {
    const granted = run.server.locks.acquire(run.session, request, {
      timeoutMs: frame.settings.lockTimeoutMs,
      signal: run.signal,
      cancelled: () => new Attention(),
    });
    if (!granted) continue;
    waited = true;
    await granted;
  }
  return waited;
}

/** Gives back what is held for the statement only; without a transaction everything. */
export function releaseStatementLocks(run: Run): void {
  run.server.locks.release(run.session, run.session.transaction ? ['statement'] : ['statement', 'transaction']);
}
