/** CREATE, ALTER and DROP of tables, indexes and schemas, and the switching of triggers. */
import type { AlterTableAction, Definition, ObjectName } from '../ast.ts';
import { localName, name, nameHere, nameList } from './names.ts';
import { endOfBatch } from './batch.ts';
import { storageOptions } from './storage-options.ts';
import { bareColumn, tableElement, tableElements } from './table-definition.ts';
import type { TokenStream } from './token-stream.ts';

/** Behind CREATE SCHEMA. https://learn.microsoft.com/sql/t-sql/statements/create-schema-transact-sql */
export function createSchema(tokens: TokenStream, line: number): Definition {
  const named = tokens.at('AUTHORIZATION') ? undefined : name(tokens);
  const authorization = tokens.accept('AUTHORIZATION') ? name(tokens) : undefined;
  const schema = named ?? authorization;
  if (schema === undefined) throw tokens.refusal();
  if (tokens.atAny(['CREATE', 'GRANT', 'DENY', 'REVOKE'])) throw tokens.outside('CREATE SCHEMA with its objects');
  endOfBatch(tokens);
  return { kind: 'create-schema', name: schema, authorization, line };
}

/** Behind CREATE TABLE. */
export function createTable(tokens: TokenStream, line: number): Definition {
  const named = nameHere(tokens);
  const elements = tableElements(tokens);
  storageOptions(tokens);
  return { kind: 'create-table', name: named, elements, line };
}

/** Behind ALTER TABLE. https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql */
export function alterTable(tokens: TokenStream, line: number): Definition {
  const table = nameHere(tokens);
  return { kind: 'alter-table', name: table, action: alterTableAction(tokens), line };
}

function alterTableAction(tokens: TokenStream): AlterTableAction {
  const check = checkOption(tokens);
  if (tokens.accept('ADD')) return { kind: 'add', elements: tokens.list(tableElement), check: check ?? true };
  const enforced = tokens.acceptAny(['CHECK', 'NOCHECK']);
  if (enforced !== undefined) {
    tokens.expect('CONSTRAINT');
    return { kind: 'enforce', enforced: enforced === 'CHECK', recheck: check ?? false, names: namesOrAll(tokens) };
  }
  if (check !== undefined) throw tokens.refusal();
  if (tokens.accept('DROP')) return dropFromTable(tokens);
  const switched = tokens.acceptAny(['ENABLE', 'DISABLE']);
  if (switched !== undefined) {
    tokens.expect('TRIGGER');
    return { kind: 'triggers', enabled: switched === 'ENABLE', names: namesOrAll(tokens) };
  }
  if (tokens.accept('ALTER', 'COLUMN')) return { kind: 'alter-column', column: bareColumn(tokens) };
  if (tokens.accept('SWITCH')) return switchTo(tokens);
  if (tokens.atAny(['REBUILD', 'SET'])) throw tokens.outside(`ALTER TABLE ... ${tokens.peek().word}`);
  throw tokens.refusal();
}

/** WITH CHECK or WITH NOCHECK; undefined where neither stands. */
function checkOption(tokens: TokenStream): boolean | undefined {
  return tokens.accept('WITH') ? tokens.expectAny(['CHECK', 'NOCHECK']) === 'CHECK' : undefined;
}

function namesOrAll(tokens: TokenStream): readonly string[] | undefined {
  return tokens.accept('ALL') ? undefined : tokens.list(name);
}

/** The word CONSTRAINT may be left out, and then a name alone is a constraint's. */
function dropFromTable(tokens: TokenStream): AlterTableAction {
  const what = tokens.accept('COLUMN') ? 'column' : 'constraint';
  const named = what === 'column' || tokens.accept('CONSTRAINT');
  const ifExists = named && tokens.accept('IF', 'EXISTS');
  const names = [name(tokens)];
  while (tokens.acceptSymbol(',')) {
    if (tokens.atAny(['COLUMN', 'CONSTRAINT']))
      throw tokens.outside('ALTER TABLE DROP of columns and constraints at once');
    names.push(name(tokens));
  }
  return { kind: 'drop', what, names, ifExists };
}

function switchTo(tokens: TokenStream): AlterTableAction {
  if (tokens.at('PARTITION')) throw tokens.outside('partitions');
  tokens.expect('TO');
  const target = nameHere(tokens);
  if (tokens.at('PARTITION')) throw tokens.outside('partitions');
  return { kind: 'switch', target };
}

/** Behind CREATE, at [UNIQUE] [CLUSTERED] INDEX. https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql */
export function createIndex(tokens: TokenStream, line: number): Definition {
  const unique = tokens.accept('UNIQUE');
  const clustered = tokens.acceptAny(['CLUSTERED', 'NONCLUSTERED']) === 'CLUSTERED';
  tokens.expect('INDEX');
  const named = name(tokens);
  tokens.expect('ON');
  const table = nameHere(tokens);
  const columns = tokens.parenthesized((inner) => {
    const indexed = name(inner);
    return { name: indexed, descending: inner.acceptAny(['ASC', 'DESC']) === 'DESC' };
  });
  const included = tokens.accept('INCLUDE') ? nameList(tokens) : [];
  if (tokens.at('WHERE')) throw tokens.outside('filtered indexes');
  storageOptions(tokens);
  return { kind: 'create-index', name: named, table, unique, clustered, columns, included, line };
}

export function dropSchema(tokens: TokenStream, line: number): Definition {
  const ifExists = tokens.accept('IF', 'EXISTS');
  return { kind: 'drop-schema', name: name(tokens), ifExists, line };
}

export function dropIndex(tokens: TokenStream, line: number): Definition {
  const ifExists = tokens.accept('IF', 'EXISTS');
  const named = name(tokens);
  tokens.expect('ON');
  const table = nameHere(tokens);
  if (tokens.atSymbol(',')) throw tokens.outside('DROP INDEX of several');
  return { kind: 'drop-index', name: named, table, ifExists, line };
}

/** Behind DROP and the word for the kind. */
export function dropObjects(
  tokens: TokenStream,
  what: 'table' | 'view' | 'procedure' | 'function' | 'trigger',
  line: number,
): Definition {
  const ifExists = tokens.accept('IF', 'EXISTS');
  const local = (inner: TokenStream): ObjectName => localName(inner, `DROP ${what.toUpperCase()}`);
  const names = tokens.list(what === 'table' ? nameHere : local);
  if (what === 'trigger' && tokens.at('ON')) throw tokens.outside('triggers on a database or server');
  return { kind: 'drop', what, names, ifExists, line };
}

/** https://learn.microsoft.com/sql/t-sql/statements/disable-trigger-transact-sql */
export function switchTrigger(tokens: TokenStream): Definition {
  const { line, word } = tokens.next();
  tokens.expect('TRIGGER');
  const names: readonly ObjectName[] | undefined = tokens.accept('ALL') ? undefined : tokens.list(nameHere);
  tokens.expect('ON');
  if (tokens.at('DATABASE') || tokens.at('ALL', 'SERVER')) throw tokens.outside('triggers on a database or server');
  return { kind: 'switch-trigger', enabled: word === 'ENABLE', names, table: nameHere(tokens), line };
}
