/** What it means for a statement to be alone in its batch. */
import type { TokenStream } from './token-stream.ts';

/** Schemas, views and inline functions suffer nothing but semicolons behind them. */
export function endOfBatch(tokens: TokenStream): void {
  while (tokens.acceptSymbol(';'));
  if (!tokens.atEnd) throw tokens.refusal();
}
