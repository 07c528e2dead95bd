/** Users and roles. */
import type { SecurityStatement } from '../ast.ts';
import { name } from './names.ts';
import type { TokenStream } from './token-stream.ts';

/** Behind CREATE USER. https://learn.microsoft.com/sql/t-sql/statements/create-user-transact-sql */
export function createUser(tokens: TokenStream, line: number): SecurityStatement {
  const user = name(tokens);
  const login = userLogin(tokens, user);
  const { newName, login: other, defaultSchema } = userOptions(tokens);
  if (newName !== undefined || other !== undefined) throw tokens.refusal();
  return { kind: 'create-user', name: user, login, defaultSchema, line };
}

/** undefined for WITHOUT LOGIN, the user's own name where nothing is said. */
function userLogin(tokens: TokenStream, user: string): string | undefined {
  if (tokens.accept('WITHOUT', 'LOGIN')) return undefined;
  if (tokens.acceptAny(['FOR', 'FROM']) === undefined) return user;
  if (tokens.atAny(['CERTIFICATE', 'ASYMMETRIC', 'EXTERNAL'])) throw tokens.outside(`users of ${tokens.peek().word}`);
  tokens.expect('LOGIN');
  return name(tokens);
}

/** Behind ALTER USER. */
export function alterUser(tokens: TokenStream, line: number): SecurityStatement {
  const user = name(tokens);
  if (!tokens.at('WITH')) throw tokens.refusal();
  return { kind: 'alter-user', name: user, ...userOptions(tokens), line };
}

interface UserOptions {
  newName: string | undefined;
  login: string | undefined;
  defaultSchema: string | undefined;
}

function userOptions(tokens: TokenStream): UserOptions {
  const found: UserOptions = { newName: undefined, login: undefined, defaultSchema: undefined };
  if (!tokens.accept('WITH')) return found;
  tokens.list((inner) => {
    const token = inner.next();
    inner.expectSymbol('=');
    if (token.word === 'NAME') found.newName = name(inner);
    else if (token.word === 'LOGIN') found.login = name(inner);
    else if (token.word === 'DEFAULT_SCHEMA') found.defaultSchema = name(inner);
    else throw inner.outside(`a user's ${token.text}`);
  });
  return found;
}

/** Behind DROP USER. */
export function dropUser(tokens: TokenStream, line: number): SecurityStatement {
  const ifExists = tokens.accept('IF', 'EXISTS');
  return { kind: 'drop-user', name: name(tokens), ifExists, line };
}

/** Behind CREATE ROLE. */
export function createRole(tokens: TokenStream, line: number): SecurityStatement {
  const role = name(tokens);
  const authorization = tokens.accept('AUTHORIZATION') ? name(tokens) : undefined;
  return { kind: 'create-role', name: role, authorization, line };
}

/** Behind DROP ROLE. */
export function dropRole(tokens: TokenStream, line: number): SecurityStatement {
  const ifExists = tokens.accept('IF', 'EXISTS');
  return { kind: 'drop-role', name: name(tokens), ifExists, line };
}

/** Behind ALTER ROLE and ALTER SERVER ROLE. https://learn.microsoft.com/sql/t-sql/statements/alter-role-transact-sql */
export function alterRole(tokens: TokenStream, scope: 'database' | 'server', line: number): SecurityStatement {
  const role = name(tokens);
  if (tokens.accept('WITH')) {
    tokens.expect('NAME');
    tokens.expectSymbol('=');
    return { kind: 'alter-role', scope, name: role, action: { kind: 'rename', newName: name(tokens) }, line };
  }
  const kind = tokens.expectAny(['ADD', 'DROP']) === 'ADD' ? 'add-member' : 'drop-member';
  tokens.expect('MEMBER');
  return { kind: 'alter-role', scope, name: role, action: { kind, member: name(tokens) }, line };
}
