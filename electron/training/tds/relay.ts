import type { BackendEvent, SqlMessage } from './backend.ts';
import type { Response } from './response.ts';

export type OutputValue = Extract<BackendEvent, { readonly kind: 'output' }>;

/** What a request answered beside its tokens; only a procedure call passes it on. */
export interface RelayOutcome {
  readonly returnStatus: number | undefined;
  readonly outputs: readonly OutputValue[];
}

/**
 * Tells the client what a running request yields. Ends early when `signal` aborts or nothing more can be told; leaving the
 * loop lets the backend clean up. An exception of the backend is a defect: it is told as an error that ends the connection.
 */
export async function relay(
  events: AsyncIterable<BackendEvent>,
  response: Response,
  signal: AbortSignal,
): Promise<RelayOutcome> {
  const outputs: OutputValue[] = [];
  let returnStatus: number | undefined;
  try {
    for await (const event of events) {
      if (signal.aborted) {
        break;
      }
      switch (event.kind) {
        case 'rows':
          await response.rows(event.columns, event.rows, signal);
          break;
        case 'done':
          response.statementDone(event.rowCount);
          break;
        case 'message':
          response.message(event.message);
          break;
        case 'database':
          response.database(event.name);
          break;
        case 'transaction':
          response.transaction(event.id, event.outcome);
          break;
        case 'return-status':
          returnStatus = event.value;
          break;
        case 'output':
          outputs.push(event);
          break;
      }
      if (response.over) {
        break;
      }
    }
  } catch (error) {
    if (!signal.aborted) {
      response.message(defect(error));
    }
  }
  return { returnStatus, outputs };
}

/** A fault of the training site itself, worded so that nobody takes it for SQL Server's. */
export function defect(error: unknown): SqlMessage {
  const text = error instanceof Error ? error.message : String(error);
  return {
    number: 50_000,
    severity: 20,
    state: 1,
    text: `The training site failed inside: ${text}`,
    procedure: '',
    line: 1,
  };
}
