/** BEGIN, COMMIT, ROLLBACK and SAVE TRANSACTION. */
import type { TransactionStatement } from '../ast.ts';
import { isName } from './names.ts';
import type { TokenStream } from './token-stream.ts';

/** At BEGIN with TRAN or TRANSACTION behind it. */
export function beginTransaction(tokens: TokenStream): TransactionStatement {
  const { line } = tokens.next();
  tokens.expectAny(['TRAN', 'TRANSACTION']);
  const name = optionalTransactionName(tokens);
  if (name !== undefined && tokens.at('WITH', 'MARK')) throw tokens.outside('marked transactions');
  return { kind: 'begin-transaction', name, line };
}

export function commit(tokens: TokenStream): TransactionStatement {
  const { line } = tokens.next();
  return { kind: 'commit-transaction', name: behindTransaction(tokens), line };
}

export function rollback(tokens: TokenStream): TransactionStatement {
  const { line } = tokens.next();
  return { kind: 'rollback-transaction', name: behindTransaction(tokens), line };
}

export function save(tokens: TokenStream): TransactionStatement {
  const { line } = tokens.next();
  tokens.expectAny(['TRAN', 'TRANSACTION']);
  const name = optionalTransactionName(tokens);
  if (name === undefined) throw tokens.refusal();
  return { kind: 'save-transaction', name, line };
}

/** A name may stand behind TRAN and TRANSACTION, none behind WORK or nothing. */
function behindTransaction(tokens: TokenStream): string | undefined {
  if (tokens.accept('WORK')) return undefined;
  return tokens.acceptAny(['TRAN', 'TRANSACTION']) === undefined ? undefined : optionalTransactionName(tokens);
}

function optionalTransactionName(tokens: TokenStream): string | undefined {
  const token = tokens.peek();
  return isName(token) || token.kind === 'variable' ? tokens.next().text : undefined;
}
