/** GRANT, DENY and REVOKE. https://learn.microsoft.com/sql/t-sql/statements/grant-transact-sql */
import type { NamedPermission, Securable, SecurityStatement } from '../ast.ts';
import { isName, name, objectName, optionalNameList, principal } from './names.ts';
import type { TokenStream } from './token-stream.ts';

export function permission(tokens: TokenStream): SecurityStatement {
  const { line } = tokens;
  const action = permissionAction(tokens);
  const grantOptionFor = action === 'revoke' && tokens.accept('GRANT', 'OPTION', 'FOR');
  const permissions = tokens.list(namedPermission);
  const securable = tokens.accept('ON') ? onSecurable(tokens) : undefined;
  const columnsBehind = securable?.class === 'object' && securable.columns.length > 0;
  if (columnsBehind && permissions.some(({ columns }) => columns.length > 0)) throw tokens.outside('columns twice');
  if (action === 'revoke') tokens.expectAny(['FROM', 'TO']);
  else tokens.expect('TO');
  const principals = tokens.list(principal);
  const withGrantOption = action === 'grant' && tokens.accept('WITH', 'GRANT', 'OPTION');
  const cascade = action !== 'grant' && tokens.accept('CASCADE');
  if (tokens.at('AS')) throw tokens.outside(`${action.toUpperCase()} ... AS`);
  return {
    kind: 'permission',
    action,
    permissions,
    securable,
    principals,
    withGrantOption,
    grantOptionFor,
    cascade,
    line,
  };
}

function permissionAction(tokens: TokenStream): 'grant' | 'deny' | 'revoke' {
  switch (tokens.expectAny(['GRANT', 'DENY', 'REVOKE'])) {
    case 'GRANT':
      return 'grant';
    case 'DENY':
      return 'deny';
    case 'REVOKE':
      return 'revoke';
  }
}

/** Reserved words that are part of a permission's name: VIEW SERVER STATE, CREATE TABLE. */
const RESERVED_IN_NAMES =
  'ALL ALTER ANY BACKUP BULK CHECKPOINT COLUMN CREATE DATABASE DEFAULT DELETE EXEC EXECUTE EXTERNAL FUNCTION INSERT KEY PROCEDURE REFERENCES RULE SCHEMA SELECT SHUTDOWN TABLE TRIGGER UPDATE USER VIEW'.split(
    ' ',
  );

/** VIEW ANY COLUMN ENCRYPTION KEY DEFINITION. No permission has a longer name. */
const MOST_WORDS = 6;

function namedPermission(tokens: TokenStream): NamedPermission {
  const words: string[] = [];
  while (words.length < MOST_WORDS && atPermissionWord(tokens)) words.push(tokens.next().word);
  if (words.length === 0 || atPermissionWord(tokens)) throw tokens.refusal();
  const written = words.join(' ');
  const named = written === 'EXEC' ? 'EXECUTE' : written === 'ALL PRIVILEGES' ? 'ALL' : written;
  return { name: named, columns: optionalNameList(tokens) };
}

function atPermissionWord(tokens: TokenStream): boolean {
  const token = tokens.peek();
  return token.kind === 'word' && (isName(token) || RESERVED_IN_NAMES.includes(token.word));
}

function onSecurable(tokens: TokenStream): Securable {
  if (!tokens.atSymbol('::', 1)) return object(tokens);
  const { word } = tokens.next();
  tokens.expectSymbol('::');
  switch (word) {
    case 'OBJECT':
      return object(tokens);
    case 'SCHEMA':
      return { class: 'schema', name: name(tokens) };
    case 'DATABASE':
      return { class: 'database', name: name(tokens) };
    case 'LOGIN':
      return { class: 'login', name: name(tokens) };
    case 'USER':
      return { class: 'user', name: name(tokens) };
    case 'ROLE':
      return { class: 'role', name: name(tokens) };
    default:
      throw tokens.outside(`permissions on ${word}::`);
  }
}

function object(tokens: TokenStream): Securable {
  const named = objectName(tokens);
  return { class: 'object', name: named, columns: optionalNameList(tokens) };
}
