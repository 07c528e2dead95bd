/** INSERT, UPDATE, DELETE and TRUNCATE TABLE; MERGE has a file of its own. */
import type {
  CommonTable,
  Expression,
  InsertSource,
  Output,
  RowStatement,
  SelectItem,
  Target,
  UpdateClause,
} from '../ast.ts';
import { startsQuery } from './expression.ts';
import { nameHere, objectName, optionalNameList } from './names.ts';
import { assignmentAt, query, selectItem } from './query.ts';
import { queryHints } from './query-hints.ts';
import { Refusal } from './refusal.ts';
import { refuseUnequalRows, tableHints } from './table-source.ts';
import type { TokenStream } from './token-stream.ts';
import { optionalTop } from './top.ts';

/** https://learn.microsoft.com/sql/t-sql/statements/insert-transact-sql */
export function insert(tokens: TokenStream, ctes: readonly CommonTable[] = []): RowStatement {
  const { line } = tokens;
  tokens.expect('INSERT');
  const top = optionalTop(tokens);
  tokens.accept('INTO');
  const into = target(tokens);
  const columns = startsQuery(tokens, 1) ? [] : optionalNameList(tokens);
  const output = optionalOutput(tokens);
  const source = insertSource(tokens);
  queryHints(tokens);
  return { kind: 'insert', ctes, top, target: into, columns, output, source, line };
}

function insertSource(tokens: TokenStream): InsertSource {
  const { line } = tokens;
  if (tokens.accept('DEFAULT', 'VALUES')) return { kind: 'default-values', line };
  if (tokens.accept('VALUES')) {
    const rows = tokens.list((inner) => inner.parenthesized(valueOrDefault));
    refuseUnequalRows(rows, line);
    if (rows.length > MOST_ROWS) throw tooManyRows(line);
    return { kind: 'values', rows, line };
  }
  if (tokens.atAny(['EXEC', 'EXECUTE'])) return { kind: 'execute', statement: tokens.grammar.statement(tokens), line };
  return { kind: 'query', query: query(tokens), line };
}

const MOST_ROWS = 1000;

function tooManyRows(line: number): Refusal {
  const most = `the maximum allowed number of ${MOST_ROWS} row values`;
  return new Refusal(10738, `The number of row value expressions in the INSERT statement exceeds ${most}.`, line);
}

/** undefined stands for DEFAULT. */
export function valueOrDefault(tokens: TokenStream): Expression | undefined {
  return tokens.accept('DEFAULT') ? undefined : tokens.grammar.expression(tokens);
}

/** What is written to, with its hints. */
export function target(tokens: TokenStream): Target {
  const token = tokens.peek();
  if (token.kind === 'variable') {
    tokens.next();
    return { kind: 'table-variable', name: token.text, line: token.line };
  }
  if (tokens.atAny(['OPENROWSET', 'OPENQUERY', 'OPENDATASOURCE'])) throw tokens.outside(token.word);
  const named = objectName(tokens);
  const hints = tokens.at('WITH') ? tableHints(tokens) : [];
  return { kind: 'table', name: named, hints, line: named.line };
}

/** https://learn.microsoft.com/sql/t-sql/queries/output-clause-transact-sql */
export function optionalOutput(tokens: TokenStream): Output | undefined {
  const { line } = tokens;
  if (!tokens.accept('OUTPUT')) return undefined;
  const items = tokens.list(outputItem);
  if (!tokens.accept('INTO')) return { items, into: undefined, line };
  const into = target(tokens);
  const columns = optionalNameList(tokens);
  if (tokens.at('OUTPUT')) throw tokens.outside('a second OUTPUT clause');
  return { items, into: { target: into, columns }, line };
}

/** As in SELECT, but nothing is assigned and an alias stands behind. */
function outputItem(tokens: TokenStream): SelectItem {
  if (assignmentAt(tokens, 1) !== undefined) throw tokens.refusal(tokens.peek(1));
  return selectItem(tokens);
}

/** https://learn.microsoft.com/sql/t-sql/queries/update-transact-sql */
export function update(tokens: TokenStream, ctes: readonly CommonTable[] = []): RowStatement {
  const { line } = tokens;
  tokens.expect('UPDATE');
  const top = optionalTop(tokens);
  const aim = target(tokens);
  tokens.expect('SET');
  const set = tokens.list(updateClause);
  const output = optionalOutput(tokens);
  const from = tokens.accept('FROM') ? tokens.list(tokens.grammar.tableSource) : [];
  const where = optionalWhere(tokens);
  queryHints(tokens);
  return { kind: 'update', ctes, top, target: aim, set, output, from, where, line };
}

/** `column op value`, `@variable op value`, or `@variable = column op value`. */
export function updateClause(tokens: TokenStream): UpdateClause {
  const token = tokens.peek();
  const { line } = token;
  if (token.kind !== 'variable') return assignment(tokens, undefined, line);
  tokens.next();
  const operator = requiredAssignment(tokens);
  if (operator === '=' && columnIsAssigned(tokens)) return assignment(tokens, token.text, line);
  return { variable: token.text, column: undefined, operator, value: tokens.grammar.expression(tokens), line };
}

function assignment(tokens: TokenStream, variable: string | undefined, line: number): UpdateClause {
  const column = objectName(tokens);
  if (tokens.atSymbol('(')) throw tokens.outside('UPDATE ... SET column.method()');
  const operator = requiredAssignment(tokens);
  return { variable, column, operator, value: valueOrDefault(tokens), line };
}

function requiredAssignment(tokens: TokenStream): UpdateClause['operator'] {
  const operator = assignmentAt(tokens);
  if (operator === undefined) throw tokens.refusal();
  tokens.next();
  return operator;
}

/** Whether a name stands here with an assignment behind it. */
function columnIsAssigned(tokens: TokenStream): boolean {
  let ahead = 1;
  while (tokens.atSymbol('.', ahead)) ahead += 2;
  const { kind } = tokens.peek();
  return (kind === 'word' || kind === 'quoted-name') && assignmentAt(tokens, ahead) !== undefined;
}

/** https://learn.microsoft.com/sql/t-sql/statements/delete-transact-sql */
export function deletion(tokens: TokenStream, ctes: readonly CommonTable[] = []): RowStatement {
  const { line } = tokens;
  tokens.expect('DELETE');
  const top = optionalTop(tokens);
  tokens.accept('FROM');
  const aim = target(tokens);
  const output = optionalOutput(tokens);
  const from = tokens.accept('FROM') ? tokens.list(tokens.grammar.tableSource) : [];
  const where = optionalWhere(tokens);
  queryHints(tokens);
  return { kind: 'delete', ctes, top, target: aim, output, from, where, line };
}

function optionalWhere(tokens: TokenStream): ReturnType<TokenStream['grammar']['predicate']> | undefined {
  if (!tokens.accept('WHERE')) return undefined;
  if (tokens.at('CURRENT')) throw tokens.outside('cursors');
  return tokens.grammar.predicate(tokens);
}

export function truncate(tokens: TokenStream): RowStatement {
  const { line } = tokens;
  tokens.expect('TRUNCATE', 'TABLE');
  const table = nameHere(tokens);
  if (tokens.at('WITH') && tokens.atSymbol('(', 1)) throw tokens.outside('TRUNCATE TABLE WITH (PARTITIONS ...)');
  return { kind: 'truncate', table, line };
}
