/** The server's own affairs: access modes, KILL, BACKUP. */
import type { Expression, SecurityStatement } from '../ast.ts';
import { constantOr } from './constants.ts';
import { name } from './names.ts';
import type { TokenStream } from './token-stream.ts';

const ACCESS = ['MULTI_USER', 'SINGLE_USER', 'RESTRICTED_USER'] as const;

/** Behind ALTER DATABASE. https://learn.microsoft.com/sql/t-sql/statements/alter-database-transact-sql-set-options */
export function alterDatabase(tokens: TokenStream, line: number): SecurityStatement {
  const database = tokens.accept('CURRENT') ? undefined : name(tokens);
  if (!tokens.accept('SET')) throw tokens.outside(`ALTER DATABASE ... ${tokens.peek().text}`);
  const access = tokens.acceptAny(ACCESS);
  if (access === undefined) throw tokens.outside(`the database option ${tokens.peek().text}`);
  if (tokens.atSymbol(',')) throw tokens.outside('several database options at once');
  const termination = tokens.accept('WITH') ? terminate(tokens) : undefined;
  return { kind: 'alter-database-access', database, access, termination, line };
}

function terminate(tokens: TokenStream): { readonly rollback: number } | 'no-wait' {
  if (tokens.accept('NO_WAIT')) return 'no-wait';
  tokens.expect('ROLLBACK');
  if (tokens.accept('IMMEDIATE')) return { rollback: 0 };
  tokens.expect('AFTER');
  const token = tokens.next();
  if (token.kind !== 'integer') throw tokens.refusal(token);
  tokens.accept('SECONDS');
  return { rollback: Number(token.text) };
}

/** https://learn.microsoft.com/sql/t-sql/language-elements/kill-transact-sql */
export function kill(tokens: TokenStream): SecurityStatement {
  const { line } = tokens.next();
  const token = tokens.next();
  if (token.kind === 'string' || token.kind === 'unicode-string') throw tokens.outside('KILL of a unit of work');
  if (token.kind !== 'integer') throw tokens.refusal(token);
  if (tokens.at('WITH')) throw tokens.outside('KILL ... WITH STATUSONLY');
  return { kind: 'kill', session: Number(token.text), line };
}

/** https://learn.microsoft.com/sql/t-sql/language-elements/reconfigure-transact-sql */
export function reconfigure(tokens: TokenStream): SecurityStatement {
  const { line } = tokens.next();
  if (tokens.accept('WITH')) tokens.expect('OVERRIDE');
  return { kind: 'reconfigure', line };
}

/** https://learn.microsoft.com/sql/t-sql/statements/backup-transact-sql */
export function backup(tokens: TokenStream): SecurityStatement {
  const { line } = tokens.next();
  if (!tokens.accept('DATABASE')) throw tokens.outside(`BACKUP ${tokens.peek().text}`);
  const token = tokens.peek();
  const database = token.kind === 'variable' ? constantOr(tokens, []) : name(tokens);
  tokens.expect('TO');
  const targets = tokens.list(disk);
  const options = tokens.accept('WITH') ? tokens.list(backupOption) : [];
  return { kind: 'backup-database', database, targets, options, line };
}

function disk(tokens: TokenStream): Expression {
  if (!tokens.accept('DISK')) throw tokens.outside('BACKUP but to DISK');
  tokens.expectSymbol('=');
  return constantOr(tokens, ['string', 'unicode-string']);
}

const PLAIN_BACKUP_OPTIONS = [
  'COPY_ONLY',
  'CHECKSUM',
  'NO_CHECKSUM',
  'INIT',
  'NOINIT',
  'FORMAT',
  'NOFORMAT',
  'SKIP',
  'NOSKIP',
  'COMPRESSION',
  'NO_COMPRESSION',
  'DIFFERENTIAL',
  'STOP_ON_ERROR',
  'CONTINUE_AFTER_ERROR',
  'STATS',
] as const;
const VALUED_BACKUP_OPTIONS = ['NAME', 'DESCRIPTION', 'STATS'] as const;

function backupOption(tokens: TokenStream): { readonly name: string; readonly value: Expression | undefined } {
  const valued = tokens.atSymbol('=', 1) ? tokens.acceptAny(VALUED_BACKUP_OPTIONS) : undefined;
  if (valued !== undefined) {
    tokens.expectSymbol('=');
    const value =
      valued === 'STATS' ? constantOr(tokens, ['integer']) : constantOr(tokens, ['string', 'unicode-string']);
    return { name: valued, value };
  }
  const plain = tokens.acceptAny(PLAIN_BACKUP_OPTIONS);
  if (plain !== undefined) return { name: plain, value: undefined };
  throw tokens.peek().kind === 'word' ? tokens.outside(`the backup option ${tokens.peek().word}`) : tokens.refusal();
}
