import { meansTable, nameAt } from './target-table.ts';
import type { TableName } from './target-table.ts';
import { tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

export type WriteVerb = 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE' | 'TRUNCATE' | 'BULK INSERT';

/** One statement that writes to the table that was asked about. */
export interface TableWrite {
  readonly verb: WriteVerb;
  /** What the statement does to rows: a MERGE may do all three. */
  readonly actions: readonly ('INSERT' | 'UPDATE' | 'DELETE')[];
  /** Columns that UPDATE sets, as written. */
  readonly sets: readonly string[];
  /** OUTPUT to the client: refused by SQL Server (error 334) while a trigger for the action is enabled. */
  readonly outputToClient: boolean;
  /** False for a bulk load without FIRE_TRIGGERS: no guard sees its rows. */
  readonly firesTriggers: boolean;
  /** The beginning of the statement on one line, strings left out. */
  readonly excerpt: string;
}

const verbs: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE']);
/** Words that a new statement begins with, besides the verbs; none of them stands inside a writing statement. */
const beginnings: ReadonlySet<string> = new Set(
  (
    'IF WHILE BEGIN DECLARE RETURN PRINT RAISERROR THROW COMMIT ROLLBACK SAVE GO CREATE ALTER DROP ' +
    'GRANT DENY REVOKE BREAK CONTINUE GOTO FETCH OPEN CLOSE USE'
  ).split(' '),
);
const clauses: ReadonlySet<string> = new Set([
  'VALUES',
  'SELECT',
  'FROM',
  'WHERE',
  'DEFAULT',
  'EXEC',
  'EXECUTE',
  'OPTION',
  'WITH',
]);
const longestExcerpt = 160;

/** Every statement of the text that writes to the table, through its name or an alias. Dynamic SQL is not seen. */
export function writesTo(text: string, table: TableName): readonly TableWrite[] {
  const tokens = tokensOf(text);
  const found: TableWrite[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const verb = verbAt(tokens, at);
    if (verb === undefined) continue;
    const statement = tokens.slice(at, statementEnd(tokens, at, verb));
    const write = readWrite(verb, statement, table, tokens.slice(0, at));
    if (write !== undefined) found.push(write);
  }
  return found;
}

function verbAt(tokens: readonly Token[], at: number): WriteVerb | undefined {
  const token = tokens[at];
  if (token?.kind !== 'word' || !verbs.has(token.value)) return undefined;
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (before?.kind === 'symbol' && (before.value === ',' || before.value === '.')) return undefined;
  // UPDATE(column) inside a trigger; a list of rights or events; UPDATE STATISTICS.
  if (after === undefined || (after.kind === 'symbol' && after.value !== '@')) return undefined;
  if (token.value === 'UPDATE' && after.value === 'STATISTICS') return undefined;
  if (after.value === 'ON' && after.kind === 'word') return undefined;
  // A join hint.
  if (token.value === 'MERGE' && after.value === 'JOIN') return undefined;
  if (token.value === 'TRUNCATE' && after.value !== 'TABLE') return undefined;
  return token.value === 'INSERT' && before?.kind === 'word' && before.value === 'BULK'
    ? 'BULK INSERT'
    : (token.value as WriteVerb);
}

/** The index behind the statement that begins at `from`. */
function statementEnd(tokens: readonly Token[], from: number, verb: WriteVerb): number {
  let depth = 0;
  let cases = 0;
  for (let at = from + 1; at < tokens.length; at += 1) {
    const { kind, value } = tokens[at] ?? { kind: 'symbol', value: ';' };
    if (kind === 'symbol') {
      if (value === '(') depth += 1;
      if (value === ')') depth -= 1;
      if (depth < 0 || (depth === 0 && value === ';')) return at;
    }
    if (kind !== 'word') continue;
    if (value === 'CASE') cases += 1;
    if (value === 'END') {
      if (cases === 0) return at;
      cases -= 1;
    }
    if (depth > 0 || cases > 0) continue;
    if (beginnings.has(value) || (verbAt(tokens, at) !== undefined && !(verb === 'MERGE' && isMergeAction(tokens, at))))
      return at;
  }
  return tokens.length;
}

const isMergeAction = (tokens: readonly Token[], at: number) => tokens[at - 1]?.value === 'THEN';

function readWrite(
  verb: WriteVerb,
  statement: readonly Token[],
  table: TableName,
  before: readonly Token[],
): TableWrite | undefined {
  const target = targetOf(verb, statement);
  if (target === undefined) return undefined;
  if (!meansTable(target, statement, before, table)) return undefined;
  return {
    verb,
    actions: actionsOf(verb, statement),
    sets: setColumns(statement),
    outputToClient: hasOutputToClient(statement),
    firesTriggers:
      verb !== 'BULK INSERT' || statement.some(({ kind, value }) => kind === 'word' && value === 'FIRE_TRIGGERS'),
    excerpt: excerptOf(statement),
  };
}

/** The parts of the name that a statement writes to. */
function targetOf(verb: WriteVerb, statement: readonly Token[]): readonly string[] | undefined {
  let at = 1;
  if (verb === 'TRUNCATE') at += 1;
  if (statement[at]?.value === 'TOP' && statement[at]?.kind === 'word') at = behindTop(statement, at);
  const into = statement[at];
  if (into?.kind === 'word' && (into.value === 'INTO' || (verb === 'DELETE' && into.value === 'FROM'))) at += 1;
  return nameAt(statement, at);
}

function behindTop(statement: readonly Token[], top: number): number {
  let at = top + 1;
  if (statement[at]?.value === '(') {
    let depth = 0;
    for (; at < statement.length; at += 1) {
      if (statement[at]?.value === '(') depth += 1;
      if (statement[at]?.value === ')' && --depth === 0) break;
    }
  }
  at += 1;
  return statement[at]?.value === 'PERCENT' ? at + 1 : at;
}

function actionsOf(verb: WriteVerb, statement: readonly Token[]): TableWrite['actions'] {
  switch (verb) {
    case 'TRUNCATE':
      return ['DELETE'];
    case 'BULK INSERT':
      return ['INSERT'];
    case 'MERGE': {
      const after = statement.flatMap((token, at) =>
        token.kind === 'word' && statement[at - 1]?.value === 'THEN' ? [token.value] : [],
      );
      return (['INSERT', 'UPDATE', 'DELETE'] as const).filter((action) => after.includes(action));
    }
    default:
      return [verb];
  }
}

/** Left sides of the assignments behind SET, at any place of the statement (MERGE has them in its branches). */
function setColumns(statement: readonly Token[]): readonly string[] {
  const columns: string[] = [];
  for (const [at, token] of statement.entries()) {
    if (token.kind !== 'word' || token.value !== 'SET') continue;
    let depth = 0;
    let expects = true;
    for (let next = at + 1; next < statement.length; next += 1) {
      const each = statement[next];
      if (each === undefined) break;
      if (each.value === '(' && each.kind === 'symbol') depth += 1;
      if (each.value === ')' && each.kind === 'symbol') depth -= 1;
      if (depth === 0 && each.kind === 'word' && ['FROM', 'WHERE', 'OUTPUT', 'WHEN', 'OPTION'].includes(each.value)) {
        // WHEN belongs to a CASE as well; a CASE stands on the right side, where no column is expected.
        if (each.value !== 'WHEN' || expects) break;
      }
      if (expects && (each.kind === 'word' || each.kind === 'name')) {
        const name = nameAt(statement, next);
        const column = name?.at(-1);
        if (column !== undefined) columns.push(column);
        expects = false;
      } else if (expects && each.kind === 'variable') expects = false;
      if (depth === 0 && each.value === ',' && each.kind === 'symbol') expects = true;
    }
  }
  return columns;
}

/** OUTPUT of the statement itself without INTO behind it. A second OUTPUT may follow one with INTO. */
function hasOutputToClient(statement: readonly Token[]): boolean {
  let depth = 0;
  for (const [at, token] of statement.entries()) {
    if (token.kind === 'symbol' && token.value === '(') depth += 1;
    if (token.kind === 'symbol' && token.value === ')') depth -= 1;
    if (depth > 0 || token.kind !== 'word') continue;
    // INSERT ... EXEC procedure @parameter OUTPUT
    if (token.value === 'EXEC' || token.value === 'EXECUTE') return false;
    if (token.value === 'OUTPUT' && !goesInto(statement, at + 1)) return true;
  }
  return false;
}

function goesInto(statement: readonly Token[], from: number): boolean {
  let depth = 0;
  for (let at = from; at < statement.length; at += 1) {
    const token = statement[at];
    if (token?.value === '(' && token.kind === 'symbol') depth += 1;
    if (token?.value === ')' && token.kind === 'symbol') depth -= 1;
    if (depth > 0 || token?.kind !== 'word') continue;
    if (token.value === 'INTO') return true;
    if (clauses.has(token.value)) return false;
  }
  return false;
}

function excerptOf(statement: readonly Token[]): string {
  let text = '';
  for (const [at, { written, kind }] of statement.entries()) {
    const before = statement[at - 1];
    const tight =
      at === 0 ||
      (kind === 'symbol' && [')', ',', '.', ';'].includes(written)) ||
      (before?.kind === 'symbol' && ['(', '.'].includes(before.written));
    text += (tight ? '' : ' ') + written;
    if (text.length > longestExcerpt) return `${text.slice(0, longestExcerpt)}…`;
  }
  return text;
}
