/** OPTION (...). https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-query */
import type { TokenStream } from './token-stream.ts';

const PLAIN: readonly (readonly string[])[] = [
  ['RECOMPILE'],
  ['FORCE', 'ORDER'],
  ['LOOP', 'JOIN'],
  ['MERGE', 'JOIN'],
  ['HASH', 'JOIN'],
  ['KEEP', 'PLAN'],
  ['KEEPFIXED', 'PLAN'],
];
const NUMBERED = ['MAXDOP', 'MAXRECURSION', 'FAST'] as const;

/** Reads past them, where they stand: hints say how a result is found, not which. */
export function queryHints(tokens: TokenStream): void {
  if (tokens.accept('OPTION')) tokens.parenthesized(queryHint);
}

function queryHint(tokens: TokenStream): void {
  if (PLAIN.some((words) => tokens.accept(...words))) return;
  if (tokens.acceptAny(NUMBERED) !== undefined) {
    if (tokens.next().kind !== 'integer') throw tokens.refusal();
    return;
  }
  throw tokens.peek().kind === 'word' ? tokens.outside(`the query hint ${tokens.peek().word}`) : tokens.refusal();
}
