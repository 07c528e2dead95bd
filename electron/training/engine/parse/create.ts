/** What stands behind CREATE, ALTER and DROP. */
import type { ModuleMode, Statement } from '../ast.ts';
import type { Token } from '../lexer.ts';
import {
  alterTable,
  createIndex,
  createSchema,
  createTable,
  dropIndex,
  dropObjects,
  dropSchema,
} from './definition.ts';
import { alterLogin, createLogin, dropLogin } from './login.ts';
import { type ModuleHead, procedure, tableFunction, trigger, view } from './module.ts';
import { alterRole, alterUser, createRole, createUser, dropRole, dropUser } from './principals.ts';
import { Refusal } from './refusal.ts';
import { alterDatabase } from './server-affairs.ts';
import type { TokenStream } from './token-stream.ts';

type ModuleParser = (tokens: TokenStream, head: ModuleHead) => Statement;
type Parser = (tokens: TokenStream, line: number) => Statement;

/** What must be the first statement of its batch, and how error 111 names it. */
const MODULES: ReadonlyMap<string, { readonly parse: ModuleParser; readonly named: string }> = new Map([
  ['TRIGGER', { parse: trigger, named: 'TRIGGER' }],
  ['PROCEDURE', { parse: procedure, named: 'PROCEDURE' }],
  ['PROC', { parse: procedure, named: 'PROCEDURE' }],
  ['FUNCTION', { parse: tableFunction, named: 'FUNCTION' }],
  ['VIEW', { parse: view, named: 'VIEW' }],
]);

const CREATE: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['TABLE', createTable],
  ['LOGIN', createLogin],
  ['USER', createUser],
  ['ROLE', createRole],
]);

const ALTER: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['TABLE', alterTable],
  ['LOGIN', alterLogin],
  ['USER', alterUser],
  ['ROLE', (tokens, line) => alterRole(tokens, 'database', line)],
  ['DATABASE', alterDatabase],
]);

const DROP: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['TABLE', (tokens, line) => dropObjects(tokens, 'table', line)],
  ['VIEW', (tokens, line) => dropObjects(tokens, 'view', line)],
  ['PROCEDURE', (tokens, line) => dropObjects(tokens, 'procedure', line)],
  ['PROC', (tokens, line) => dropObjects(tokens, 'procedure', line)],
  ['FUNCTION', (tokens, line) => dropObjects(tokens, 'function', line)],
  ['TRIGGER', (tokens, line) => dropObjects(tokens, 'trigger', line)],
  ['SCHEMA', dropSchema],
  ['INDEX', dropIndex],
  ['LOGIN', dropLogin],
  ['USER', dropUser],
  ['ROLE', dropRole],
]);

export function create(tokens: TokenStream): Statement {
  const first = tokens.place;
  const { line } = tokens.next();
  if (tokens.at('OR', 'ALTER')) return createOrAlter(tokens, first, line);
  const module = MODULES.get(tokens.peek().word);
  if (module !== undefined) {
    requireFirst(tokens, first, `CREATE ${module.named}`);
    tokens.next();
    return module.parse(tokens, { mode: 'create', definition: tokens.wholeText, line });
  }
  if (tokens.at('SCHEMA')) {
    requireFirst(tokens, first, 'CREATE SCHEMA');
    tokens.next();
    return createSchema(tokens, line);
  }
  if (tokens.atAny(['INDEX', 'UNIQUE', 'CLUSTERED', 'NONCLUSTERED'])) return createIndex(tokens, line);
  return dispatch(tokens, CREATE, 'CREATE', line);
}

export function alter(tokens: TokenStream): Statement {
  const first = tokens.place;
  const keyword = tokens.next();
  const module = MODULES.get(tokens.peek().word);
  if (module !== undefined) {
    requireFirst(tokens, first, `ALTER ${module.named}`);
    tokens.next();
    const definition = replaced(tokens.wholeText, [{ token: keyword, by: 'CREATE' }]);
    return module.parse(tokens, { mode: 'alter', definition, line: keyword.line });
  }
  if (tokens.accept('SERVER', 'ROLE')) return alterRole(tokens, 'server', keyword.line);
  return dispatch(tokens, ALTER, 'ALTER', keyword.line);
}

export function drop(tokens: TokenStream): Statement {
  const { line } = tokens.next();
  return dispatch(tokens, DROP, 'DROP', line);
}

function createOrAlter(tokens: TokenStream, first: number, line: number): Statement {
  const or = tokens.next();
  const word = tokens.next();
  const module = MODULES.get(tokens.peek().word);
  if (module === undefined) throw tokens.refusal();
  requireFirst(tokens, first, `CREATE ${module.named}`);
  tokens.next();
  const definition = replaced(tokens.wholeText, [
    { token: word, by: '' },
    { token: or, by: '' },
  ]);
  const mode: ModuleMode = 'create-or-alter';
  return module.parse(tokens, { mode, definition, line });
}

/** The text with tokens replaced, the last of them first. */
function replaced(text: string, changes: readonly { readonly token: Token; readonly by: string }[]): string {
  return changes.reduce(
    (changed, { token, by }) => changed.slice(0, token.start) + by + changed.slice(token.end),
    text,
  );
}

/** 111 behind another statement; 156 inside IF or BEGIN, where the grammar has no such statement at all. */
function requireFirst(tokens: TokenStream, first: number, named: string): void {
  if (first === 0) return;
  if (tokens.depth > 1) throw tokens.refusal();
  const words = named.endsWith('PROCEDURE') ? 'CREATE/ALTER PROCEDURE' : named;
  throw new Refusal(111, `'${words}' must be the first statement in a query batch.`, tokens.line);
}

function dispatch(tokens: TokenStream, parsers: ReadonlyMap<string, Parser>, verb: string, line: number): Statement {
  const token = tokens.peek();
  const parser = parsers.get(token.word);
  if (parser === undefined) {
    if (token.kind !== 'word') throw tokens.refusal();
    throw tokens.outside(`${verb} ${token.word}`);
  }
  tokens.next();
  return parser(tokens, line);
}
