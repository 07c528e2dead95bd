/** Which statement stands here: each begins with a word of its own. */
import type { Statement } from '../ast.ts';
import {
  block,
  declare,
  ifElse,
  print,
  raiserror,
  returns,
  throwError,
  tryCatch,
  use,
  waitFor,
  whileLoop,
} from './control-flow.ts';
import { alter, create, drop } from './create.ts';
import { switchTrigger } from './definition.ts';
import { deletion, insert, truncate, update } from './dml.ts';
import { bareExecute, execute } from './execute.ts';
import { merge } from './merge.ts';
import { isName } from './names.ts';
import { permission } from './permission.ts';
import { commonTables, query } from './query.ts';
import { queryHints } from './query-hints.ts';
import { backup, kill, reconfigure } from './server-affairs.ts';
import { set } from './settings.ts';
import type { TokenStream } from './token-stream.ts';
import { beginTransaction, commit, rollback, save } from './transaction.ts';

type StatementParser = (tokens: TokenStream) => Statement;

const STATEMENTS: ReadonlyMap<string, StatementParser> = new Map<string, StatementParser>([
  ['SELECT', (tokens) => selectStatement(tokens)],
  ['WITH', withCommonTables],
  ['INSERT', (tokens) => insert(tokens)],
  ['UPDATE', (tokens) => update(tokens)],
  ['DELETE', (tokens) => deletion(tokens)],
  ['MERGE', (tokens) => merge(tokens)],
  ['TRUNCATE', truncate],
  ['DECLARE', declare],
  ['SET', set],
  ['USE', use],
  ['IF', ifElse],
  ['WHILE', whileLoop],
  ['BREAK', (tokens) => ({ kind: 'break', line: tokens.next().line })],
  ['CONTINUE', (tokens) => ({ kind: 'continue', line: tokens.next().line })],
  ['BEGIN', begin],
  ['RAISERROR', raiserror],
  ['PRINT', print],
  ['RETURN', returns],
  ['WAITFOR', waitFor],
  ['EXEC', execute],
  ['EXECUTE', execute],
  ['COMMIT', commit],
  ['ROLLBACK', rollback],
  ['SAVE', save],
  ['CREATE', create],
  ['ALTER', alter],
  ['DROP', drop],
  ['GRANT', permission],
  ['DENY', permission],
  ['REVOKE', permission],
  ['KILL', kill],
  ['RECONFIGURE', reconfigure],
  ['BACKUP', backup],
]);

/** Statements of T-SQL that the training site lacks. */
const ELSEWHERE = [
  'BULK',
  'CHECKPOINT',
  'CLOSE',
  'DBCC',
  'DEALLOCATE',
  'FETCH',
  'GOTO',
  'OPEN',
  'READTEXT',
  'RESTORE',
  'REVERT',
  'SETUSER',
  'SHUTDOWN',
  'UPDATETEXT',
  'WRITETEXT',
];

export function statement(tokens: TokenStream): Statement {
  return tokens.deeper(() => anyStatement(tokens));
}

function anyStatement(tokens: TokenStream): Statement {
  const token = tokens.peek();
  const known = STATEMENTS.get(token.word);
  if (known !== undefined) return known(tokens);
  if (tokens.atSymbol('(')) return selectStatement(tokens);
  if (tokens.atAny(ELSEWHERE)) throw tokens.outside(token.word);
  if (tokens.at('THROW')) return throwError(tokens);
  if (tokens.at('ENABLE', 'TRIGGER') || tokens.at('DISABLE', 'TRIGGER')) return switchTrigger(tokens);
  if (isName(token) && tokens.atSymbol(':', 1)) throw tokens.outside('labels and GOTO');
  if (tokens.place === 0 && isName(token) && !tokens.atAny(['ENABLE', 'DISABLE'])) return bareExecute(tokens);
  throw tokens.refusal();
}

function begin(tokens: TokenStream): Statement {
  switch (tokens.peek(1).word) {
    case 'TRAN':
    case 'TRANSACTION':
      return beginTransaction(tokens);
    case 'TRY':
      return tryCatch(tokens);
    case 'DISTRIBUTED':
    case 'DIALOG':
    case 'CONVERSATION':
      throw tokens.outside(`BEGIN ${tokens.peek(1).word}`);
    case 'CATCH':
      throw tokens.refusal(tokens.peek(1));
    default:
      return block(tokens);
  }
}

function selectStatement(tokens: TokenStream, ctes: ReturnType<typeof commonTables> = []): Statement {
  const { line } = tokens;
  const whole = query(tokens, ctes, 'first');
  queryHints(tokens);
  return { kind: 'select-statement', query: whole, line };
}

function withCommonTables(tokens: TokenStream): Statement {
  const ctes = commonTables(tokens);
  switch (tokens.peek().word) {
    case 'INSERT':
      return insert(tokens, ctes);
    case 'UPDATE':
      return update(tokens, ctes);
    case 'DELETE':
      return deletion(tokens, ctes);
    case 'MERGE':
      return merge(tokens, ctes);
    default:
      return selectStatement(tokens, ctes);
  }
}
