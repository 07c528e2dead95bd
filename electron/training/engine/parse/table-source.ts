/** What stands in FROM: tables, derived tables, functions, joins. https://learn.microsoft.com/sql/t-sql/queries/from-transact-sql */
import type { ObjectName, TableHint, TableSource } from '../ast.ts';
import { argumentList } from './function-call.ts';
import { startsQuery } from './expression.ts';
import { isName, name, objectName, optionalAlias, optionalNameList } from './names.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

const HINTS: readonly TableHint[] = [
  'NOLOCK',
  'READUNCOMMITTED',
  'READCOMMITTED',
  'READCOMMITTEDLOCK',
  'REPEATABLEREAD',
  'SERIALIZABLE',
  'HOLDLOCK',
  'ROWLOCK',
  'PAGLOCK',
  'TABLOCK',
  'TABLOCKX',
  'UPDLOCK',
  'XLOCK',
  'READPAST',
  'NOWAIT',
];

const HINTS_ELSEWHERE = [
  'INDEX',
  'FORCESEEK',
  'FORCESCAN',
  'NOEXPAND',
  'SNAPSHOT',
  'IGNORE_TRIGGERS',
  'IGNORE_CONSTRAINTS',
  'KEEPIDENTITY',
  'KEEPDEFAULTS',
];

const ROWSETS_ELSEWHERE = ['OPENROWSET', 'OPENQUERY', 'OPENDATASOURCE', 'OPENXML', 'CONTAINSTABLE', 'FREETEXTTABLE'];
/** Words that may follow a source and are no alias though they are not reserved. */
const NO_ALIAS = ['USING'];

/** One source with everything that is joined to it. */
export function tableSource(tokens: TokenStream): TableSource {
  let source = single(tokens);
  while (atJoin(tokens)) source = joined(tokens, source);
  return source;
}

function atJoin(tokens: TokenStream): boolean {
  return tokens.atAny(['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'OUTER']);
}

function joined(tokens: TokenStream, left: TableSource): TableSource {
  const { line } = tokens;
  if (tokens.accept('CROSS', 'JOIN'))
    return { kind: 'join', type: 'cross', left, right: single(tokens), on: undefined, line };
  if (tokens.accept('CROSS', 'APPLY')) return { kind: 'apply', type: 'cross', left, right: single(tokens), line };
  if (tokens.accept('OUTER', 'APPLY')) return { kind: 'apply', type: 'outer', left, right: single(tokens), line };
  const type = joinType(tokens);
  let right = single(tokens);
  while (!tokens.at('ON') && atJoin(tokens)) right = joined(tokens, right);
  tokens.expect('ON');
  return { kind: 'join', type, left, right, on: tokens.grammar.predicate(tokens), line };
}

function joinType(tokens: TokenStream): 'inner' | 'left' | 'right' | 'full' {
  const side = tokens.acceptAny(['LEFT', 'RIGHT', 'FULL']);
  if (side === undefined) tokens.accept('INNER');
  else tokens.accept('OUTER');
  if (tokens.atAny(['HASH', 'LOOP', 'MERGE', 'REMOTE'])) throw tokens.outside('join hints');
  tokens.expect('JOIN');
  switch (side) {
    case 'LEFT':
      return 'left';
    case 'RIGHT':
      return 'right';
    case 'FULL':
      return 'full';
    case undefined:
      return 'inner';
  }
}

function single(tokens: TokenStream): TableSource {
  const token = tokens.peek();
  const { line } = token;
  if (tokens.atSymbol('(')) return inParentheses(tokens);
  if (token.kind === 'variable') {
    tokens.next();
    return { kind: 'table-variable', name: token.text, alias: optionalAlias(tokens, NO_ALIAS), line };
  }
  if (tokens.atAny(ROWSETS_ELSEWHERE)) throw tokens.outside(token.word);
  const named = objectName(tokens);
  const source = tokens.atSymbol('(') && !atOldHints(tokens) ? tableFunction(tokens, named) : table(tokens, named);
  if (tokens.atAny(['PIVOT', 'UNPIVOT', 'TABLESAMPLE'])) throw tokens.outside(tokens.peek().word);
  return source;
}

function table(tokens: TokenStream, named: ObjectName): TableSource {
  if (tokens.at('FOR')) throw tokens.outside('FOR SYSTEM_TIME, FOR XML and FOR JSON');
  const before = atOldHints(tokens) ? tableHints(tokens) : [];
  const alias = optionalAlias(tokens, NO_ALIAS);
  const hints = before.length > 0 ? before : tableHints(tokens);
  return { kind: 'table', name: named, alias, hints, line: named.line };
}

function tableFunction(tokens: TokenStream, named: ObjectName): TableSource {
  const given = argumentList(tokens);
  const alias = optionalAlias(tokens, NO_ALIAS);
  const columns = alias === undefined ? [] : optionalNameList(tokens);
  return { kind: 'table-function', name: named, arguments: given, alias, columns, line: named.line };
}

function inParentheses(tokens: TokenStream): TableSource {
  const { line } = tokens;
  tokens.expectSymbol('(');
  if (tokens.accept('VALUES')) {
    const rows = tokens.list((inner) => inner.parenthesized(inner.grammar.expression));
    refuseUnequalRows(rows, line);
    tokens.expectSymbol(')');
    return { kind: 'values-table', rows, ...requiredAlias(tokens), line };
  }
  if (startsQuery(tokens)) {
    const query = tokens.grammar.subquery(tokens);
    tokens.expectSymbol(')');
    return { kind: 'derived-table', query, ...requiredAlias(tokens), line };
  }
  const inner = tableSource(tokens);
  // Parentheses hold a join, never a single table.
  if (inner.kind !== 'join' && inner.kind !== 'apply') throw tokens.refusal();
  tokens.expectSymbol(')');
  return inner;
}

function requiredAlias(tokens: TokenStream): { readonly alias: string; readonly columns: readonly string[] } {
  tokens.accept('AS');
  return { alias: name(tokens), columns: optionalNameList(tokens) };
}

/** 10709, for VALUES as a source and in INSERT alike. */
export function refuseUnequalRows(rows: readonly (readonly unknown[])[], line: number): void {
  const width = rows[0]?.length;
  if (rows.every((row) => row.length === width)) return;
  throw new Refusal(
    10709,
    'The number of columns for each row in a table value constructor must be the same.',
    line,
    16,
  );
}

/** WITH (hint, ...), or a single one without WITH as old statements have it; empty where none stands. */
export function tableHints(tokens: TokenStream): readonly TableHint[] {
  const withWord = tokens.at('WITH') && tokens.atSymbol('(', 1);
  if (withWord) tokens.next();
  else if (!atOldHints(tokens)) return [];
  tokens.expectSymbol('(');
  const hints = [tableHint(tokens)];
  while (!tokens.acceptSymbol(')')) {
    tokens.acceptSymbol(',');
    hints.push(tableHint(tokens));
  }
  return hints;
}

function atOldHints(tokens: TokenStream): boolean {
  const hint = HINTS.some((word) => tokens.peek(1).word === word);
  return tokens.atSymbol('(') && hint && tokens.atSymbol(')', 2);
}

function tableHint(tokens: TokenStream): TableHint {
  const hint = tokens.acceptAny(HINTS);
  if (hint !== undefined) return hint;
  if (tokens.atAny(HINTS_ELSEWHERE)) throw tokens.outside(`the table hint ${tokens.peek().word}`);
  const token = tokens.peek();
  if (!isName(token)) throw tokens.refusal();
  throw new Refusal(
    321,
    `"${token.text}" is not a recognized table hints option. If it is intended as a parameter to a table-valued function ` +
      'or to the CHANGETABLE function, ensure that your database compatibility mode is set to 90.',
    token.line,
  );
}
