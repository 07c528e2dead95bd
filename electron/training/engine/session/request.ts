import type { BackendEvent, RpcParameter } from '../../tds/backend.ts';
import type { CallFrame, Run, Server, Variable } from '../evaluate/run.ts';
import { Attention, BatchAbort, ScopeAbort } from '../execute/abort.ts';
import { releaseStatementLocks } from '../execute/prepare.ts';
import { callProcedure, type Argument } from '../execute/procedures.ts';
import { raise, tellTransaction } from '../execute/raise.ts';
import { executeStatements } from '../execute/statements.ts';
import { rollBack } from '../execute/transactions.ts';
import { engineType, engineValue, wireType, wireValue } from '../execute/wire.ts';
import { parseBatch } from '../parse/parse.ts';
import { SqlError, sqlError } from '../sql-error.ts';
import { hasPlan } from '../storage/plan-cache.ts';
import { converter } from '../values/convert.ts';
import { isText, typeText } from '../values/facts.ts';
import type { Session } from './session.ts';

/** One request from beginning to end: a batch with or without parameters, or a procedure by name. */

export async function runBatch(text: string, parameters: readonly RpcParameter[], run: Run): Promise<void> {
  const { session } = run;
  const parsed = parseBatch(text, { quotedIdentifier: session.settings.quotedIdentifier });
  if (!parsed.ok) {
    session.lastError = parsed.message.number;
    run.emit({ kind: 'message', message: parsed.message });
    return;
  }
  await guarded(run, async () => {
    const frame = batchFrame(session);
    for (const parameter of parameters) frame.variables.set(parameter.name.toLowerCase(), variableOf(parameter));
    await executeStatements(parsed.batch.statements, frame, run);
    if (hasPlan(parsed.batch.statements))
      run.server.plans.record(withDeclarations(text, parameters), undefined, run.now);
    for (const parameter of parameters) {
      const variable = frame.variables.get(parameter.name.toLowerCase());
      if (parameter.output && variable) emitOutput(parameter.name, variable, run);
    }
  });
}

export async function runProcedure(name: string, parameters: readonly RpcParameter[], run: Run): Promise<void> {
  const parts = nameParts(name);
  await guarded(run, async () => {
    const frame = batchFrame(run.session);
    const outputs: (() => void)[] = [];
    const args = parameters.map((parameter): Argument => {
      const type = engineType(parameter.type);
      return {
        name: parameter.name === '' ? undefined : parameter.name.toLowerCase(),
        value: engineValue(parameter.value, parameter.type),
        type,
        output: parameter.output,
        receive: (value, from) =>
          outputs.push(() => emitOutput(parameter.name, { type, value: converter(from, type)(value) }, run)),
      };
    });
    run.now = run.server.now();
    try {
      const status = await callProcedure({ parts, line: 1 }, args, frame, run);
      run.emit({ kind: 'return-status', value: status });
      for (const output of outputs) output();
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      raise(error, 1, frame, run);
    }
  });
}

/** A prepared text is kept with its parameters before it, as sys.dm_exec_sql_text shows it. */
function withDeclarations(text: string, parameters: readonly RpcParameter[]): string {
  if (parameters.length === 0) return text;
  return `(${parameters.map(({ name, type }) => `${name} ${typeText(engineType(type))}`).join(',')})${text}`;
}

/** `[dbo].[name]`, with brackets as a client may send them. */
function nameParts(name: string): readonly string[] {
  const parts = name.match(/\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[^.]+/g) ?? [name];
  return parts.map((part) => {
    if (part.startsWith('[')) return part.slice(1, -1).replaceAll(']]', ']');
    return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.trim();
  });
}

function variableOf(parameter: RpcParameter): Variable {
  const type = engineType(parameter.type);
  // A parameter that is given more characters than it was declared for keeps the first ones.
  const value = engineValue(parameter.value, parameter.type);
  const fits = isText(type) ? converter({ name: 'nvarchar', length: 'max' }, type)(value) : value;
  return { type, value: fits };
}

function emitOutput(name: string, variable: Variable, run: Run): void {
  const { type, value } = variable;
  run.emit({ kind: 'output', name, type: wireType(type), value: wireValue(value, type) });
}

export function batchFrame(session: Session): CallFrame {
  return {
    parent: undefined,
    kind: 'batch',
    name: '',
    moduleId: 0,
    database: undefined,
    schemaId: undefined,
    owner: undefined,
    identity: { kind: 'login', login: session.login },
    settings: session.settings,
    variables: new Map(),
    tableVariables: new Map(),
    trigger: undefined,
    level: 0,
    caught: [],
    scopeIdentity: null,
    returnValue: 0,
  };
}

export function newRun(
  server: Server,
  session: Session,
  signal: AbortSignal,
  emit: (event: BackendEvent) => void,
): Run {
  return {
    server,
    session,
    signal,
    emit,
    now: server.now(),
    shared: { tryDepth: 0, toldTransaction: session.visibleTransaction, sinceTurn: 0 },
    execute: executeStatements,
  };
}

/** What every request ends with, however it ends. */
async function guarded(run: Run, work: () => Promise<void>): Promise<void> {
  const { session, server } = run;
  session.running = true;
  session.lastRequestStart = server.now();
  try {
    await work();
  } catch (error) {
    if (error instanceof Attention) {
      // A cancelled batch leaves its transaction open, unless XACT_ABORT is on.
      if (session.settings.xactAbort) rollBack(server, session);
    } else if (!(error instanceof BatchAbort || error instanceof ScopeAbort)) {
      rollBack(server, session);
      throw error;
    }
  } finally {
    if (session.transaction?.doomed === true) {
      rollBack(server, session);
      run.emit({ kind: 'message', message: sqlError(3998).asMessage() });
    }
    session.running = false;
    session.lastRequestEnd = server.now();
    releaseStatementLocks(run);
    tellTransaction(run);
  }
}
