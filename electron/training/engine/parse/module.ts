/** CREATE and ALTER of triggers, procedures, inline functions and views: what is stored with its text. */
import type { Definition, ExecuteAs, ModuleMode, ObjectName, Parameter, Statement, TriggerEvent } from '../ast.ts';
import { endOfBatch } from './batch.ts';
import { constantOrWord } from './constants.ts';
import { statementsUntil } from './control-flow.ts';
import { localName, objectName, optionalNameList } from './names.ts';
import type { TokenStream } from './token-stream.ts';
import { dataType } from './types.ts';

/** Where a module begins: its mode and the text that is stored for it. */
export interface ModuleHead {
  readonly mode: ModuleMode;
  readonly definition: string;
  readonly line: number;
}

const CALLER: ExecuteAs = { kind: 'caller' };

/** https://learn.microsoft.com/sql/t-sql/statements/create-trigger-transact-sql */
export function trigger(tokens: TokenStream, head: ModuleHead): Definition {
  const named = moduleName(tokens, 'CREATE/ALTER TRIGGER');
  tokens.expect('ON');
  if (tokens.at('DATABASE') || tokens.at('ALL', 'SERVER')) throw tokens.outside('triggers on a database or server');
  const table = objectName(tokens);
  const executeAs = moduleOptions(tokens);
  const timing = triggerTiming(tokens);
  const events = tokens.list(triggerEvent);
  if (tokens.atAny(['WITH', 'NOT'])) throw tokens.outside('WITH APPEND and NOT FOR REPLICATION');
  tokens.expect('AS');
  return { kind: 'create-trigger', ...head, name: named, table, timing, events, executeAs, body: body(tokens) };
}

function triggerTiming(tokens: TokenStream): 'after' | 'instead-of' {
  if (tokens.accept('INSTEAD', 'OF')) return 'instead-of';
  tokens.expectAny(['FOR', 'AFTER']);
  return 'after';
}

function triggerEvent(tokens: TokenStream): TriggerEvent {
  switch (tokens.expectAny(['INSERT', 'UPDATE', 'DELETE'])) {
    case 'INSERT':
      return 'insert';
    case 'UPDATE':
      return 'update';
    case 'DELETE':
      return 'delete';
  }
}

/** https://learn.microsoft.com/sql/t-sql/statements/create-procedure-transact-sql */
export function procedure(tokens: TokenStream, head: ModuleHead): Definition {
  const named = moduleName(tokens, 'CREATE/ALTER PROCEDURE');
  if (tokens.atSymbol(';')) throw tokens.outside('numbered procedures');
  const inParentheses = tokens.acceptSymbol('(');
  const parameters = tokens.peek().kind === 'variable' ? tokens.list(parameter) : [];
  if (inParentheses) tokens.expectSymbol(')');
  const executeAs = moduleOptions(tokens);
  if (tokens.at('FOR')) throw tokens.outside('FOR REPLICATION');
  tokens.expect('AS');
  return { kind: 'create-procedure', ...head, name: named, parameters, executeAs, body: body(tokens) };
}

function parameter(tokens: TokenStream): Parameter {
  const token = tokens.next();
  if (token.kind !== 'variable') throw tokens.refusal(token);
  tokens.accept('AS');
  const type = dataType(tokens);
  const initial = tokens.acceptSymbol('=') ? constantOrWord(tokens) : undefined;
  const output = tokens.acceptAny(['OUTPUT', 'OUT']) !== undefined;
  if (tokens.at('READONLY')) throw tokens.outside('table-valued parameters');
  return { name: token.text, type, initial, output, line: token.line };
}

/** https://learn.microsoft.com/sql/t-sql/statements/create-function-transact-sql, the inline form. */
export function tableFunction(tokens: TokenStream, head: ModuleHead): Definition {
  const named = moduleName(tokens, 'CREATE/ALTER FUNCTION');
  tokens.expectSymbol('(');
  const parameters = tokens.atSymbol(')') ? [] : tokens.list(parameter);
  tokens.expectSymbol(')');
  tokens.expect('RETURNS');
  if (!tokens.accept('TABLE')) throw tokens.outside('functions but inline table-valued ones');
  moduleOptions(tokens);
  tokens.accept('AS');
  tokens.expect('RETURN');
  const query = tokens.grammar.subquery(tokens);
  endOfBatch(tokens);
  return { kind: 'create-function', ...head, name: named, parameters, query };
}

/** https://learn.microsoft.com/sql/t-sql/statements/create-view-transact-sql */
export function view(tokens: TokenStream, head: ModuleHead): Definition {
  const named = moduleName(tokens, 'CREATE/ALTER VIEW');
  const columns = optionalNameList(tokens);
  moduleOptions(tokens);
  tokens.expect('AS');
  const query = tokens.grammar.subquery(tokens);
  if (tokens.at('WITH')) throw tokens.outside('WITH CHECK OPTION');
  endOfBatch(tokens);
  return { kind: 'create-view', ...head, name: named, columns, query };
}

/** WITH EXECUTE AS ..., RECOMPILE. */
function moduleOptions(tokens: TokenStream): ExecuteAs {
  if (!tokens.accept('WITH')) return CALLER;
  const options = tokens.list(moduleOption);
  return options.find((option) => option !== undefined) ?? CALLER;
}

function moduleOption(tokens: TokenStream): ExecuteAs | undefined {
  if (tokens.atAny(['ENCRYPTION', 'SCHEMABINDING', 'NATIVE_COMPILATION', 'VIEW_METADATA'])) {
    throw tokens.outside(`WITH ${tokens.peek().word}`);
  }
  if (tokens.accept('RECOMPILE')) return undefined;
  tokens.expectAny(['EXECUTE', 'EXEC']);
  tokens.expect('AS');
  switch (tokens.acceptAny(['CALLER', 'OWNER', 'SELF'])) {
    case 'CALLER':
      return CALLER;
    case 'OWNER':
      return { kind: 'owner' };
    case 'SELF':
      return { kind: 'self' };
    case undefined:
      return { kind: 'user', name: userName(tokens) };
  }
}

function userName(tokens: TokenStream): string {
  const token = tokens.next();
  if (token.kind !== 'string' && token.kind !== 'unicode-string') throw tokens.refusal(token);
  return token.text;
}

function moduleName(tokens: TokenStream, statement: string): ObjectName {
  const named = localName(tokens, statement);
  tokens.module = named.parts.at(-1) ?? '';
  return named;
}

/** The rest of the batch. */
function body(tokens: TokenStream): readonly Statement[] {
  const statements = statementsUntil(tokens, (inner) => inner.atEnd);
  if (statements.length === 0) throw tokens.refusal();
  return statements;
}
