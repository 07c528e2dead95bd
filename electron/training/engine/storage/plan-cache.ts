import { createHash } from 'node:crypto';
import type { Statement } from '../ast.ts';

/** One text that the server keeps a plan of, as sys.dm_exec_query_stats and sys.dm_exec_sql_text show it. */
export interface PlanFacts {
  /** sql_handle, hexadecimal. */
  readonly handle: string;
  readonly text: string;
  /** The module's database for a module; null for ad hoc and prepared texts. */
  readonly databaseId: number | null;
  readonly objectId: number | null;
  readonly executions: number;
  readonly created: bigint;
  readonly lastExecuted: bigint;
}

/** How many texts are kept; the one that was not run for longest goes first. */
const mostPlans = 1000;

/**
 * Texts that were run since the server started. Kept beside the model: no plan survives a restart, and none is part of
 * what a server means. Only texts with a SELECT or a writing statement have plans of that kind.
 */
export class PlanCache {
  readonly #plans = new Map<string, PlanFacts>();

  record(text: string, module: { readonly databaseId: number; readonly objectId: number } | undefined, now: bigint) {
    const before = this.#plans.get(text);
    // Put in again, so that the map's order is that of the last execution.
    this.#plans.delete(text);
    this.#plans.set(text, {
      handle: before?.handle ?? createHash('sha1').update(text).digest('hex').toUpperCase(),
      text,
      databaseId: module?.databaseId ?? null,
      objectId: module?.objectId ?? null,
      executions: (before?.executions ?? 0) + 1,
      created: before?.created ?? now,
      lastExecuted: now,
    });
    if (this.#plans.size <= mostPlans) return;
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined) this.#plans.delete(oldest);
  }

  list(): readonly PlanFacts[] {
    return [...this.#plans.values()];
  }
}

/** Whether a plan is made for any of the statements: for those that read or write rows. */
export function hasPlan(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case 'select-statement':
      case 'insert':
      case 'update':
      case 'delete':
      case 'merge':
        return true;
      case 'block':
        return hasPlan(statement.statements);
      case 'try':
        return hasPlan(statement.body) || hasPlan(statement.handler);
      case 'if':
        return hasPlan([statement.body, ...(statement.otherwise === undefined ? [] : [statement.otherwise])]);
      case 'while':
        return hasPlan([statement.body]);
      default:
        return false;
    }
  });
}
