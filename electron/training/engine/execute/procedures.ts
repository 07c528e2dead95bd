import type { ControlStatement, ExecuteArgument, Parameter } from '../ast.ts';
import { coerce, convertExpression } from '../evaluate/coercion.ts';
import { constantExpression, emptyFrame } from '../evaluate/bound.ts';
import { declaredType } from '../evaluate/declared-type.ts';
import { parsedProcedure } from '../evaluate/modules.ts';
import { findNamed } from '../evaluate/resolve.ts';
import type { CallFrame, Run, Variable } from '../evaluate/run.ts';
import type { DatabaseModel, ProcedureModel } from '../model.ts';
import { findProcedure } from '../registry.ts';
import type { Identity } from '../security/identity.ts';
import { configure } from '../define/configure.ts';
import { setTriggerOrder } from '../define/trigger-order.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { ownerOf, principalById } from '../storage/names.ts';
import { hasPlan } from '../storage/plan-cache.ts';
import { converter } from '../values/convert.ts';
import { sameName } from '../values/collation.ts';
import { nvarchar, type DataType, type Value } from '../values/types.ts';
import { ScopeAbort } from './abort.ts';
import { getApplicationLock, releaseApplicationLock } from './application-locks.ts';
import { runText, executeSql } from './dynamic-text.ts';
import { newBinding, prepare } from './prepare.ts';
import { raise } from './raise.ts';
import { answerSystemProcedure } from './system-procedures.ts';
import { deepestNesting } from './triggers.ts';

type ExecuteStatement = Extract<ControlStatement, { kind: 'execute' }>;

/** A value on its way into a procedure, with where an OUTPUT parameter goes on the way back. */
export interface Argument {
  /** With its @, lower case; undefined by position. */
  readonly name: string | undefined;
  /** undefined stands for DEFAULT. */
  readonly value: Value | undefined;
  readonly type: DataType;
  readonly output: boolean;
  receive(value: Value, type: DataType): void;
}

/** EXEC of a procedure by name (learn.microsoft.com/sql/t-sql/language-elements/execute-transact-sql). */
export async function executeProcedure(statement: ExecuteStatement, frame: CallFrame, run: Run): Promise<void> {
  const args: Argument[] = [];
  for (const argument of statement.arguments) args.push(await evaluated(argument, frame, run));
  const { procedure } = statement;
  const parts = 'variable' in procedure ? await nameInVariable(procedure.variable, frame, run) : procedure.parts;
  const status = await callProcedure({ parts, line: statement.line }, args, frame, run);
  if (statement.returnTo === undefined) return;
  const variable = newBinding(run, frame).variable(statement.returnTo);
  variable.value = converter({ name: 'int' }, variable.type)(status);
}

async function nameInVariable(name: string, frame: CallFrame, run: Run): Promise<readonly string[]> {
  const value = newBinding(run, frame).variable(name).value;
  return String(value ?? '')
    .split('.')
    .map((part) => part.trim().replace(/^\[(.*)\]$/, '$1'));
}

async function evaluated(argument: ExecuteArgument, frame: CallFrame, run: Run): Promise<Argument> {
  const { value: node, output } = argument;
  const name = argument.name?.toLowerCase();
  if (!node) return { name, value: undefined, type: { name: 'int' }, output, receive: () => {} };
  const bound = await prepare(run, frame, (binding) => binding.expression(node));
  const receive = (value: Value, type: DataType): void => {
    if (node.kind !== 'variable') return;
    const variable = newBinding(run, frame).variable(node.name);
    variable.value = converter(type, variable.type)(value);
  };
  return { name, value: bound.evaluate(emptyFrame), type: bound.type, output, receive };
}

/** Answers the return status. */
export async function callProcedure(
  name: { readonly parts: readonly string[]; readonly line: number },
  args: readonly Argument[],
  frame: CallFrame,
  run: Run,
): Promise<number> {
  const text = name.parts.join('.');
  const last = name.parts.at(-1)?.toLowerCase() ?? '';
  switch (last) {
    case 'sp_executesql':
      return executeSql(args, frame, run);
    case 'sp_getapplock':
      return getApplicationLock(args, frame, run);
    case 'sp_settriggerorder':
      return setTriggerOrder(args, frame, run);
    case 'sp_configure':
      return configure(args, frame, run);
    case 'sp_releaseapplock':
      return releaseApplicationLock(args, frame, run);
  }
  const system = findProcedure(last);
  if (system) return answerSystemProcedure(system, args, frame, run);
  const found = await prepare(run, frame, (binding) => {
    const named = findNamed(name, binding);
    if (named?.kind !== 'object' || named.object.kind !== 'procedure') {
      // A real server has these; here they are not missing, only not known.
      throw /^[sx]p_/.test(last) ? unknownToTrainingSite(`the procedure ${text}`) : sqlError(2812, text);
    }
    binding.needs.locks.push({ resource: named.resource, mode: 'Sch-S', duration: 'statement' });
    binding.uses(named.database, named.object, 'EXECUTE');
    return { procedure: named.object, database: named.database };
  });
  return runProcedure(found.procedure, found.database, args, name.line, frame, run);
}

async function runProcedure(
  procedure: ProcedureModel,
  database: DatabaseModel,
  args: readonly Argument[],
  line: number,
  frame: CallFrame,
  run: Run,
): Promise<number> {
  if (frame.level >= deepestNesting) throw sqlError(217);
  const parsed = parsedProcedure(procedure);
  const inner: CallFrame = {
    parent: frame,
    kind: 'procedure',
    name: procedure.name,
    moduleId: procedure.objectId,
    database,
    schemaId: procedure.schemaId,
    owner: ownerOf(database, procedure.schemaId),
    identity: identityOf(procedure, database, frame),
    settings: { ...frame.settings },
    variables: new Map(),
    tableVariables: new Map(),
    trigger: undefined,
    level: frame.level + 1,
    caught: [...frame.caught],
    scopeIdentity: null,
    returnValue: 0,
  };
  const outputs = bindParameters(procedure.name, parsed.parameters, args, inner, run);
  const before = run.session.transaction?.count ?? 0;
  try {
    await run.execute(parsed.body, inner, run);
    if (hasPlan(parsed.body)) {
      const { databaseId } = database;
      run.server.plans.record(procedure.definition, { databaseId, objectId: procedure.objectId }, run.now);
    }
  } catch (error) {
    if (!(error instanceof ScopeAbort)) throw error;
    inner.returnValue = -6;
  }
  for (const { variable, argument } of outputs) argument.receive(variable.value, variable.type);
  const after = run.session.transaction?.count ?? 0;
  // The call has done its work: the mismatch is told and the batch goes on.
  if (before !== after && !run.session.transaction?.doomed) raise(sqlError(266, before, after), line, frame, run);
  return inner.returnValue;
}

function identityOf(procedure: ProcedureModel, database: DatabaseModel, frame: CallFrame): Identity {
  if (procedure.executeAs === undefined) return frame.identity;
  const principal = principalById(database, procedure.executeAs);
  if (!principal) throw sqlError(15_517, String(procedure.executeAs));
  return {
    kind: 'user',
    databaseId: database.databaseId,
    principalId: principal.principalId,
    name: principal.name,
  };
}

/** 201 for a parameter without value and default, 8144 for too many, 8145 for an unknown name, 8146 where there are none. */
function bindParameters(
  name: string,
  parameters: readonly Parameter[],
  args: readonly Argument[],
  frame: CallFrame,
  run: Run,
): readonly { variable: Variable; argument: Argument }[] {
  if (parameters.length === 0 && args.length > 0) throw sqlError(8146, name);
  if (args.length > parameters.length) throw sqlError(8144, name);
  const unknown = args.find(
    (one) => one.name !== undefined && !parameters.some((p) => sameName(p.name, one.name ?? '')),
  );
  if (unknown) throw sqlError(8145, unknown.name ?? '', name);
  const binding = newBinding(run, frame);
  return parameters.flatMap((parameter, index) => {
    const type = declaredType(parameter.type, 'declaration');
    const argument =
      args.find((one) => one.name !== undefined && sameName(one.name, parameter.name)) ??
      (args[index]?.name === undefined ? args[index] : undefined);
    const given = argument?.value;
    if (argument?.output === true && !parameter.output) throw sqlError(8162, parameter.name);
    if (given === undefined && !parameter.initial) throw sqlError(201, name, parameter.name);
    const value =
      given === undefined || !argument
        ? parameter.initial && coerce(binding.expression(parameter.initial), type).evaluate(emptyFrame)
        : parameterValue(given, argument.type, type);
    const variable: Variable = { type, value: value ?? null };
    frame.variables.set(parameter.name.toLowerCase(), variable);
    return argument?.output === true ? [{ variable, argument }] : [];
  });
}

function parameterValue(value: Value, from: DataType, to: DataType): Value {
  return value === null ? null : coerce(constantExpression(from, value), to).evaluate(emptyFrame);
}

/** EXEC ('text'). */
export async function executeText(
  statement: Extract<ControlStatement, { kind: 'execute-text' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  const text = await prepare(run, frame, (binding) =>
    convertExpression(binding.expression(statement.text), nvarchar('max')),
  );
  const value = text.evaluate(emptyFrame);
  if (value !== null) await runText(String(value), new Map(), frame, run);
}
