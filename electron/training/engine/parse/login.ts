/** CREATE, ALTER and DROP LOGIN. https://learn.microsoft.com/sql/t-sql/statements/alter-login-transact-sql */
import type { LoginOptions, SecurityStatement } from '../ast.ts';
import { binary } from './constants.ts';
import { name } from './names.ts';
import { onOff } from './settings.ts';
import { twice } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

const NOTHING: LoginOptions = {
  password: undefined,
  oldPassword: undefined,
  mustChange: false,
  unlock: false,
  checkPolicy: undefined,
  checkExpiration: undefined,
  defaultDatabase: undefined,
  defaultLanguage: undefined,
  sid: undefined,
  newName: undefined,
};

/** Behind CREATE LOGIN. */
export function createLogin(tokens: TokenStream, line: number): SecurityStatement {
  const login = name(tokens);
  if (tokens.at('FROM')) throw tokens.outside('logins of Windows, certificates and keys');
  tokens.expect('WITH');
  const options = loginOptions(tokens);
  if (options.password === undefined || options.newName !== undefined) throw tokens.refusal();
  return { kind: 'create-login', name: login, options, line };
}

/** Behind ALTER LOGIN. */
export function alterLogin(tokens: TokenStream, line: number): SecurityStatement {
  const login = name(tokens);
  if (tokens.accept('ENABLE')) return { kind: 'alter-login', name: login, action: 'enable', line };
  if (tokens.accept('DISABLE')) return { kind: 'alter-login', name: login, action: 'disable', line };
  if (tokens.atAny(['ADD', 'DROP'])) throw tokens.outside('credentials of logins');
  tokens.expect('WITH');
  return { kind: 'alter-login', name: login, action: loginOptions(tokens), line };
}

/** Behind DROP LOGIN. */
export function dropLogin(tokens: TokenStream, line: number): SecurityStatement {
  return { kind: 'drop-login', name: name(tokens), line };
}

function loginOptions(tokens: TokenStream): LoginOptions {
  const seen = new Set<string>();
  const found = tokens.list((inner) => {
    const { word, text, line } = inner.peek();
    if (seen.has(word)) throw twice(text, line);
    seen.add(word);
    return loginOption(inner);
  });
  return Object.assign({ ...NOTHING }, ...found) as LoginOptions;
}

function loginOption(tokens: TokenStream): Partial<LoginOptions> {
  const token = tokens.next();
  tokens.expectSymbol('=');
  switch (token.word) {
    case 'PASSWORD':
      return password(tokens);
    case 'CHECK_POLICY':
      return { checkPolicy: onOff(tokens) };
    case 'CHECK_EXPIRATION':
      return { checkExpiration: onOff(tokens) };
    case 'DEFAULT_DATABASE':
      return { defaultDatabase: name(tokens) };
    case 'DEFAULT_LANGUAGE':
      return { defaultLanguage: name(tokens) };
    case 'NAME':
      return { newName: name(tokens) };
    case 'SID':
      return { sid: sid(tokens) };
    case 'CREDENTIAL':
      throw tokens.outside('credentials of logins');
    default:
      throw tokens.refusal(token);
  }
}

/** The password is a constant, never a variable or an expression; behind it OLD_PASSWORD, or MUST_CHANGE and UNLOCK. */
function password(tokens: TokenStream): Partial<LoginOptions> {
  const constant = stringConstant(tokens);
  if (tokens.at('HASHED')) throw tokens.outside('hashed passwords');
  if (tokens.accept('OLD_PASSWORD')) {
    tokens.expectSymbol('=');
    return { password: constant, oldPassword: stringConstant(tokens) };
  }
  const first = tokens.acceptAny(['MUST_CHANGE', 'UNLOCK']);
  const second = first === undefined ? undefined : tokens.acceptAny([first === 'UNLOCK' ? 'MUST_CHANGE' : 'UNLOCK']);
  const written = [first, second];
  return { password: constant, mustChange: written.includes('MUST_CHANGE'), unlock: written.includes('UNLOCK') };
}

function stringConstant(tokens: TokenStream): string {
  const token = tokens.next();
  if (token.kind === 'binary') throw tokens.outside('hashed passwords');
  if (token.kind !== 'string' && token.kind !== 'unicode-string') throw tokens.refusal(token);
  return token.text;
}

function sid(tokens: TokenStream): Uint8Array {
  const token = tokens.next();
  if (token.kind !== 'binary') throw tokens.refusal(token);
  return binary(token.text);
}
