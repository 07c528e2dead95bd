import type { RpcParameter, SqlMessage } from './backend.ts';
import { declaredNames } from './prepared-statements.ts';
import { relay, type OutputValue } from './relay.ts';
import type { RequestContext } from './request-context.ts';
import type { Response } from './response.ts';
import type { ProcedureCall, RefusedParameter } from './rpc.ts';
import type { ReturnValue } from './tokens.ts';

interface CallInProgress {
  readonly call: ProcedureCall;
  readonly context: RequestContext;
  readonly response: Response;
  readonly signal: AbortSignal;
}

interface CallResult {
  readonly returnStatus?: number | undefined;
  readonly values?: readonly ReturnValue[];
}

type Procedure = (progress: CallInProgress) => Promise<CallResult>;

/** The procedures that are part of the protocol; every other name is the backend's. */
const protocolProcedures: ReadonlyMap<string, Procedure> = new Map<string, Procedure>([
  ['sp_executesql', executeSql],
  ['sp_prepare', prepare],
  ['sp_execute', executePrepared],
  ['sp_prepexec', prepareAndExecute],
  ['sp_unprepare', unprepare],
  ...[
    'sp_cursor',
    'sp_cursoropen',
    'sp_cursorprepare',
    'sp_cursorexecute',
    'sp_cursorprepexec',
    'sp_cursorunprepare',
    'sp_cursorfetch',
    'sp_cursoroption',
    'sp_cursorclose',
    'sp_prepexecrpc',
  ].map((name) => [name, refuseProcedure] as const),
]);

/** Runs the calls of one RPC message one after another, each closed by its own DONEPROC. */
export async function callProcedures(
  calls: readonly ProcedureCall[],
  context: RequestContext,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  response.enterProcedure();
  for (const call of calls) {
    const procedure = protocolProcedures.get(baseName(call.procedure)) ?? callOnBackend;
    const { returnStatus, values } = await procedure({ call, context, response, signal });
    if (signal.aborted || response.over) {
      return;
    }
    response.transaction(context.session.transaction());
    response.procedureDone(returnStatus ?? response.lastError, values ?? []);
  }
}

/** The answer to a parameter whose type is not known here: an error, where a closed socket would tell nobody why. */
export function refusedParameter({ procedure, parameter, type }: RefusedParameter): SqlMessage {
  const which = parameter === '' ? 'a parameter' : `the parameter ${parameter}`;
  return message(
    50_001,
    16,
    1,
    `The training site does not know the type ${type}, which ${which} of ${procedure} has.`,
  );
}

async function executeSql(progress: CallInProgress): Promise<CallResult> {
  const [statement, declaration, ...values] = progress.call.parameters;
  return runText(progress, statement, named(values, namesIn(declaration)));
}

async function prepare({ call, context, response }: CallInProgress): Promise<CallResult> {
  const [handle, declaration, statement] = call.parameters;
  if (handle === undefined || typeof statement?.value !== 'string') {
    response.message(noStatement);
    return {};
  }
  const number = context.prepared.add({ text: statement.value, parameterNames: namesIn(declaration) });
  return { values: [handleValue(handle, number)] };
}

async function executePrepared(progress: CallInProgress): Promise<CallResult> {
  const { call, context, response } = progress;
  const [handle, ...values] = call.parameters;
  const prepared = typeof handle?.value === 'number' ? context.prepared.find(handle.value) : undefined;
  if (prepared === undefined) {
    response.message(unknownHandle(handle));
    return {};
  }
  const outcome = await relay(
    context.session.execute(prepared.text, named(values, prepared.parameterNames), progress.signal),
    response,
    progress.signal,
  );
  return { returnStatus: outcome.returnStatus, values: returnValues(call, outcome.outputs) };
}

async function prepareAndExecute(progress: CallInProgress): Promise<CallResult> {
  const [handle, declaration, statement, ...values] = progress.call.parameters;
  const prepared = await prepare(progress);
  if (handle === undefined || prepared.values === undefined) {
    return prepared;
  }
  const executed = await runText(progress, statement, named(values, namesIn(declaration)));
  // Clients take the first return value for the handle.
  return { ...executed, values: [...prepared.values, ...(executed.values ?? [])] };
}

async function unprepare({ call, context, response }: CallInProgress): Promise<CallResult> {
  const [handle] = call.parameters;
  if (typeof handle?.value !== 'number' || !context.prepared.drop(handle.value)) {
    response.message(unknownHandle(handle));
  }
  return {};
}

async function refuseProcedure({ call, response }: CallInProgress): Promise<CallResult> {
  response.message(message(50_001, 16, 1, `The training site does not know the procedure ${call.procedure}.`));
  return {};
}

async function callOnBackend({ call, context, response, signal }: CallInProgress): Promise<CallResult> {
  const outcome = await relay(context.session.callProcedure(call.procedure, call.parameters, signal), response, signal);
  return { returnStatus: outcome.returnStatus, values: returnValues(call, outcome.outputs) };
}

async function runText(
  { call, context, response, signal }: CallInProgress,
  statement: RpcParameter | undefined,
  parameters: readonly RpcParameter[],
): Promise<CallResult> {
  if (typeof statement?.value !== 'string') {
    response.message(noStatement);
    return {};
  }
  const outcome = await relay(context.session.execute(statement.value, parameters, signal), response, signal);
  return { returnStatus: outcome.returnStatus, values: returnValues(call, outcome.outputs) };
}

/** The procedure's own name, without brackets, database and schema. */
function baseName(procedure: string): string {
  const last = procedure.slice(procedure.lastIndexOf('.') + 1);
  return last.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}

function namesIn(declaration: RpcParameter | undefined): readonly string[] {
  return typeof declaration?.value === 'string' ? declaredNames(declaration.value) : [];
}

/** Gives values that were sent by position the names of the declaration. */
function named(values: readonly RpcParameter[], names: readonly string[]): readonly RpcParameter[] {
  return values.map((value, index) => (value.name === '' ? { ...value, name: names[index] ?? '' } : value));
}

function returnValues(call: ProcedureCall, outputs: readonly OutputValue[]): readonly ReturnValue[] {
  return outputs.map(({ name, type, value }) => {
    const bare = bareName(name);
    const ordinal = call.parameters.findIndex((parameter) => bareName(parameter.name) === bare);
    return { ordinal: Math.max(0, ordinal), name: name.startsWith('@') ? name : `@${name}`, type, value };
  });
}

function bareName(name: string): string {
  return name.replace(/^@/, '').toLowerCase();
}

/** The handle goes back under the name that the client gave its parameter, which may be none. */
function handleValue(parameter: RpcParameter, handle: number): ReturnValue {
  return { ordinal: 0, name: parameter.name, type: { name: 'int' }, value: handle };
}

const noStatement = message(214, 16, 2, "Procedure expects parameter '@statement' of type 'ntext/nchar/nvarchar'.");

function unknownHandle(handle: RpcParameter | undefined): SqlMessage {
  const number = typeof handle?.value === 'number' ? handle.value : 0;
  return message(8179, 16, 2, `Could not find prepared statement with handle ${number}.`);
}

function message(number: number, severity: number, state: number, text: string): SqlMessage {
  return { number, severity, state, text, procedure: '', line: 1 };
}
