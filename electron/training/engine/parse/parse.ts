/** T-SQL text to its abstract syntax, by recursive descent: this file ties the rules together. */
import type { SqlMessage } from '../../tds/backend.ts';
import type { Batch } from '../ast.ts';
import { tokenize } from '../lexer.ts';
import { statementsUntil } from './control-flow.ts';
import { expression } from './expression.ts';
import type { Grammar } from './grammar.ts';
import { predicate } from './predicate.ts';
import { subquery } from './query.ts';
import { Refusal } from './refusal.ts';
import { statement } from './statement.ts';
import { tableSource } from './table-source.ts';
import { TokenStream } from './token-stream.ts';

const GRAMMAR: Grammar = { expression, predicate, subquery, tableSource, statement };

export type Parsed =
  | { readonly ok: true; readonly batch: Batch }
  | { readonly ok: false; readonly message: SqlMessage };

/**
 * Parses one batch (without GO, with every `$(Variable)` already replaced). The message of a refusal has the number, the
 * words and the line that SQL Server gives (102, 105, 111, 156 and others of severity 15), or is 50001 of severity 16 for
 * T-SQL outside the subset. Only the first fault is reported. `quotedIdentifier` is the session's SET option of that name.
 */
export function parseBatch(text: string, options: { readonly quotedIdentifier?: boolean } = {}): Parsed {
  let tokens: TokenStream | undefined;
  try {
    tokens = new TokenStream(text, tokenize(text, options.quotedIdentifier), GRAMMAR);
    const statements = statementsUntil(tokens, (inner) => inner.atEnd);
    return { ok: true, batch: { statements } };
  } catch (error) {
    if (error instanceof Refusal)
      return { ok: false, message: { ...error.sqlMessage, procedure: tokens?.module ?? '' } };
    throw error;
  }
}
