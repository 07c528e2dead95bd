/** MERGE. https://learn.microsoft.com/sql/t-sql/statements/merge-transact-sql */
import type { CommonTable, MergeClause, RowStatement } from '../ast.ts';
import { optionalOutput, target, updateClause, valueOrDefault } from './dml.ts';
import { optionalAlias, optionalNameList } from './names.ts';

import { queryHints } from './query-hints.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';
import { optionalTop } from './top.ts';

export function merge(tokens: TokenStream, ctes: readonly CommonTable[] = []): RowStatement {
  const { line } = tokens;
  tokens.expect('MERGE');
  if (optionalTop(tokens) !== undefined) throw tokens.outside('MERGE TOP');
  tokens.accept('INTO');
  const aim = target(tokens);
  const alias = optionalAlias(tokens, ['USING']);
  tokens.expect('USING');
  const source = tokens.grammar.tableSource(tokens);
  tokens.expect('ON');
  const on = tokens.grammar.predicate(tokens);
  const clauses = [mergeClause(tokens)];
  while (tokens.at('WHEN')) clauses.push(mergeClause(tokens));
  const output = optionalOutput(tokens);
  queryHints(tokens);
  if (!tokens.atSymbol(';')) {
    throw new Refusal(10713, 'A MERGE statement must be terminated by a semi-colon (;).', tokens.line);
  }
  return { kind: 'merge', ctes, target: aim, alias, source, on, clauses, output, line };
}

function mergeClause(tokens: TokenStream): MergeClause {
  const { line } = tokens;
  tokens.expect('WHEN');
  const when = mergeWhen(tokens);
  const condition = tokens.accept('AND') ? tokens.grammar.predicate(tokens) : undefined;
  tokens.expect('THEN');
  return { when, condition, action: when === 'not-matched' ? insertion(tokens) : change(tokens), line };
}

function mergeWhen(tokens: TokenStream): MergeClause['when'] {
  if (tokens.accept('MATCHED')) return 'matched';
  tokens.expect('NOT', 'MATCHED');
  if (!tokens.accept('BY')) return 'not-matched';
  return tokens.expectAny(['SOURCE', 'TARGET']) === 'SOURCE' ? 'not-matched-by-source' : 'not-matched';
}

function change(tokens: TokenStream): MergeClause['action'] {
  if (tokens.accept('DELETE')) return { kind: 'delete' };
  tokens.expect('UPDATE', 'SET');
  return { kind: 'update', set: tokens.list(updateClause) };
}

function insertion(tokens: TokenStream): MergeClause['action'] {
  tokens.expect('INSERT');
  const columns = optionalNameList(tokens);
  if (tokens.accept('DEFAULT', 'VALUES')) return { kind: 'insert', columns, values: undefined };
  tokens.expect('VALUES');
  return { kind: 'insert', columns, values: tokens.parenthesized(valueOrDefault) };
}
