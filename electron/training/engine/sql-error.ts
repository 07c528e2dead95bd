import type { SqlMessage } from '../tds/backend.ts';
import { messages } from './messages.ts';

/**
 * How far an error reaches when no CATCH stops it:
 * - `statement`: the statement is undone, the batch goes on (unless SET XACT_ABORT ON);
 * - `scope`: the module or dynamic text ends, its caller goes on; CATCH of the same text does not see it (names that
 *   cannot be bound);
 * - `batch`: the batch ends, an open transaction stays (unless SET XACT_ABORT ON);
 * - `transaction`: the batch ends and the transaction is rolled back;
 * - `connection`: the session ends.
 */
export type Reach = 'statement' | 'scope' | 'batch' | 'transaction' | 'connection';

/**
 * An error of the language that is being interpreted, on its way to a CATCH or to the client. It is thrown because that
 * is what it does in T-SQL: leave expressions, statements and modules until somebody handles it.
 */
export class SqlError extends Error {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly reach: Reach;
  /** Undefined until the statement that failed says its line. */
  line: number | undefined;
  procedure: string | undefined;
  /** The module or text it happened in, for errors of reach `scope`: CATCH of the same text does not see them. */
  frame: object | undefined = undefined;

  constructor(fields: {
    readonly number: number;
    readonly severity: number;
    readonly state: number;
    readonly text: string;
    readonly reach: Reach;
    readonly line?: number | undefined;
    readonly procedure?: string | undefined;
  }) {
    super(fields.text);
    this.name = 'SqlError';
    this.number = fields.number;
    this.severity = fields.severity;
    this.state = fields.state;
    this.reach = fields.reach;
    this.line = fields.line;
    this.procedure = fields.procedure;
  }

  /** The error as the client is told it. */
  asMessage(): SqlMessage {
    const { number, severity, state } = this;
    return { number, severity, state, text: this.message, procedure: this.procedure ?? '', line: this.line ?? 1 };
  }
}

/** One of SQL Server's own errors, its placeholders filled in order. */
export function sqlError(number: keyof typeof messages, ...values: readonly (string | number)[]): SqlError {
  const { severity, state, text, reach } = { state: 1, reach: 'statement' as Reach, ...messages[number] };
  let next = 0;
  return new SqlError({
    number,
    severity,
    state,
    text: text.replaceAll('%s', () => String(values[next++] ?? '')),
    reach,
  });
}

/** What this interpreter has no answer for. Never an empty success. */
export function unknownToTrainingSite(what: string): SqlError {
  return sqlError(50001, what);
}
