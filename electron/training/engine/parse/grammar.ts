/** The rules that call each other in circles: an expression holds a query, a query holds expressions, a block statements. */
import type { Expression, Predicate, Query, Statement, TableSource } from '../ast.ts';
import type { TokenStream } from './token-stream.ts';

export interface Grammar {
  readonly expression: (tokens: TokenStream) => Expression;
  readonly predicate: (tokens: TokenStream) => Predicate;
  /** A query within parentheses or a definition: no common table expressions, ORDER BY only with TOP or OFFSET. */
  readonly subquery: (tokens: TokenStream) => Query;
  readonly tableSource: (tokens: TokenStream) => TableSource;
  readonly statement: (tokens: TokenStream) => Statement;
}
