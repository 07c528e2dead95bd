/** CREATE and ALTER of triggers, procedures, inline functions and views: what is stored with its text. */
import type { Definition, ExecuteAs, ModuleMode, ObjectName, Parameter, Statement, TriggerEvent } from '../ast.ts';
import { endOfBatch } from './batch.ts';
import { constantOrWord } from './constants.ts';
import { statementsUntil } from './control-flow.ts';
import { localName, nameHere, optionalNameList } from './names.ts';
import { Refusal, twice } from './refusal.ts';
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
  const table = nameHere(tokens);
  const options = moduleOptions(tokens, ['EXECUTE', 'ENCRYPTION']);
  const timing = triggerTiming(tokens);
  const events = triggerEvents(tokens);
  if (tokens.atAny(['WITH', 'NOT'])) throw tokens.outside('WITH APPEND and NOT FOR REPLICATION');
  tokens.expect('AS');
  return { kind: 'create-trigger', ...head, name: named, table, timing, events, ...options, body: body(tokens) };
}

function triggerTiming(tokens: TokenStream): 'after' | 'instead-of' {
  if (tokens.accept('INSTEAD', 'OF')) return 'instead-of';
  tokens.expectAny(['FOR', 'AFTER']);
  return 'after';
}

function triggerEvents(tokens: TokenStream): readonly TriggerEvent[] {
  const events: TriggerEvent[] = [];
  do {
    const { text, line } = tokens.peek();
    const event = triggerEvent(tokens);
    if (events.includes(event)) {
      const duplicate = `Duplicate specification of the action "${text}" in the trigger declaration.`;
      throw new Refusal(1034, `Syntax error: ${duplicate}`, line);
    }
    events.push(event);
  } while (tokens.acceptSymbol(','));
  return events;
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
  const options = moduleOptions(tokens, ['EXECUTE', 'RECOMPILE', 'ENCRYPTION']);
  if (tokens.at('FOR')) throw tokens.outside('FOR REPLICATION');
  tokens.expect('AS');
  return { kind: 'create-procedure', ...head, name: named, parameters, ...options, body: body(tokens) };
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
  if (isTemporary(named)) throw tokens.outside('functions with the name of a temporary object');
  tokens.expectSymbol('(');
  const parameters = tokens.atSymbol(')') ? [] : tokens.list(parameter);
  const output = parameters.find((each) => each.output);
  if (output !== undefined) {
    const text = 'Cannot use the OUTPUT option in a DECLARE, CREATE AGGREGATE or CREATE FUNCTION statement.';
    throw new Refusal(181, text, output.line);
  }
  tokens.expectSymbol(')');
  tokens.expect('RETURNS');
  if (!tokens.accept('TABLE')) throw tokens.outside('functions but inline table-valued ones');
  moduleOptions(tokens, []);
  tokens.accept('AS');
  tokens.expect('RETURN');
  const query = tokens.grammar.subquery(tokens);
  endOfBatch(tokens);
  return { kind: 'create-function', ...head, name: named, parameters, query };
}

/** https://learn.microsoft.com/sql/t-sql/statements/create-view-transact-sql */
export function view(tokens: TokenStream, head: ModuleHead): Definition {
  const named = moduleName(tokens, 'CREATE/ALTER VIEW');
  refuseTemporaryView(tokens, named);
  const columns = optionalNameList(tokens);
  moduleOptions(tokens, []);
  tokens.expect('AS');
  const query = tokens.grammar.subquery(tokens);
  if (tokens.at('WITH')) throw tokens.outside('WITH CHECK OPTION');
  endOfBatch(tokens);
  return { kind: 'create-view', ...head, name: named, columns, query };
}

interface ModuleOptions {
  readonly executeAs: ExecuteAs;
  /** Its text is shown to nobody. */
  readonly encrypted: boolean;
}

/** WITH EXECUTE AS ..., RECOMPILE, ENCRYPTION, as far as a module of this kind takes them. */
function moduleOptions(tokens: TokenStream, takes: readonly ('EXECUTE' | 'RECOMPILE' | 'ENCRYPTION')[]): ModuleOptions {
  if (!tokens.accept('WITH')) return { executeAs: CALLER, encrypted: false };
  const seen = new Set<string>();
  const options = tokens.list((inner) => {
    const { word, text, line } = inner.peek();
    const option = word === 'EXEC' ? 'EXECUTE' : word;
    if (seen.has(option)) throw twice(text, line);
    seen.add(option);
    return moduleOption(inner, takes);
  });
  return { executeAs: options.find((option) => option !== undefined) ?? CALLER, encrypted: seen.has('ENCRYPTION') };
}

function moduleOption(tokens: TokenStream, takes: readonly string[]): ExecuteAs | undefined {
  if (tokens.at('ENCRYPTION') && takes.includes('ENCRYPTION')) {
    tokens.next();
    return undefined;
  }
  if (tokens.atAny(['ENCRYPTION', 'SCHEMABINDING', 'NATIVE_COMPILATION', 'VIEW_METADATA'])) {
    throw tokens.outside(`WITH ${tokens.peek().word}`);
  }
  if (tokens.at('RECOMPILE')) {
    if (!takes.includes('RECOMPILE')) throw tokens.outside('WITH RECOMPILE of anything but a procedure');
    tokens.next();
    return undefined;
  }
  if (!takes.includes('EXECUTE')) throw tokens.refusal();
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

function refuseTemporaryView(tokens: TokenStream, named: ObjectName): void {
  if (!isTemporary(named)) return;
  throw new Refusal(4103, `${named.parts.at(-1)}: Temporary views are not allowed.`, tokens.line);
}

const isTemporary = (named: ObjectName): boolean => named.parts.at(-1)?.startsWith('#') === true;

/** The rest of the batch. */
function body(tokens: TokenStream): readonly Statement[] {
  const statements = statementsUntil(tokens, (inner) => inner.atEnd);
  if (statements.length === 0) throw tokens.refusal();
  return statements;
}
