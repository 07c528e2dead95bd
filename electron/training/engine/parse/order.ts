/** ORDER BY, wherever it stands. */
import type { OrderItem } from '../ast.ts';
import type { TokenStream } from './token-stream.ts';

export function orderItems(tokens: TokenStream): readonly OrderItem[] {
  tokens.expect('ORDER', 'BY');
  return tokens.list((inner) => {
    const expression = inner.grammar.expression(inner);
    const descending = inner.accept('DESC');
    if (!descending) inner.accept('ASC');
    return { expression, descending };
  });
}
