/** WITH (...) and ON filegroup of tables, keys and indexes: where and how the rows lie, which nothing here depends on. */
import { name } from './names.ts';
import { onOff } from './settings.ts';
import type { TokenStream } from './token-stream.ts';

const SWITCHED = [
  'PAD_INDEX',
  'SORT_IN_TEMPDB',
  'IGNORE_DUP_KEY',
  'STATISTICS_NORECOMPUTE',
  'DROP_EXISTING',
  'ONLINE',
  'ALLOW_ROW_LOCKS',
  'ALLOW_PAGE_LOCKS',
] as const;

export function storageOptions(tokens: TokenStream): void {
  if (tokens.at('WITH') && tokens.atSymbol('(', 1)) {
    tokens.next();
    tokens.parenthesized(indexOption);
  }
  if (tokens.at('ON') && !['DELETE', 'UPDATE'].includes(tokens.peek(1).word)) {
    tokens.next();
    name(tokens);
  }
  if (tokens.accept('TEXTIMAGE_ON')) name(tokens);
}

/** IGNORE_DUP_KEY changes what an insert does, and is refused where it is not OFF. */
function indexOption(tokens: TokenStream): void {
  if (tokens.acceptAny(['FILLFACTOR', 'MAXDOP']) !== undefined) {
    tokens.expectSymbol('=');
    const token = tokens.next();
    if (token.kind !== 'integer') throw tokens.refusal(token);
    return;
  }
  const option = tokens.acceptAny(SWITCHED);
  if (option === undefined) {
    throw tokens.peek().kind === 'word' ? tokens.outside(`the index option ${tokens.peek().word}`) : tokens.refusal();
  }
  tokens.expectSymbol('=');
  if (onOff(tokens) && option === 'IGNORE_DUP_KEY') throw tokens.outside('IGNORE_DUP_KEY = ON');
}
