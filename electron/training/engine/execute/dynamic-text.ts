import type { CallFrame, Run, Variable } from '../evaluate/run.ts';
import { declaredType } from '../evaluate/declared-type.ts';
import { parseBatch } from '../parse/parse.ts';
import { SqlError, sqlError } from '../sql-error.ts';
import { sameName } from '../values/collation.ts';
import { converter } from '../values/convert.ts';
import { isText } from '../values/facts.ts';
import type { SqlMessage } from '../../tds/backend.ts';
import { ScopeAbort } from './abort.ts';
import type { Argument } from './procedures.ts';
import { deepestNesting } from './triggers.ts';

/** Text that is run from within: EXEC ('...') and sp_executesql. Ownership chains end here. */
export async function runText(
  text: string,
  variables: Map<string, Variable>,
  frame: CallFrame,
  run: Run,
): Promise<number> {
  if (frame.level >= deepestNesting) throw sqlError(217);
  const parsed = parseBatch(text, { quotedIdentifier: frame.settings.quotedIdentifier });
  if (!parsed.ok) throw refusedText(parsed.message);
  const inner: CallFrame = {
    ...frame,
    parent: frame,
    kind: 'dynamic',
    name: '',
    moduleId: 0,
    owner: undefined,
    schemaId: undefined,
    settings: { ...frame.settings },
    variables,
    tableVariables: new Map(),
    trigger: undefined,
    level: frame.level + 1,
    caught: [...frame.caught],
    scopeIdentity: null,
    returnValue: 0,
  };
  try {
    await run.execute(parsed.batch.statements, inner, run);
  } catch (error) {
    if (!(error instanceof ScopeAbort)) throw error;
  }
  return run.session.lastError;
}

/** The text that is refused is an error of the statement that wanted it run: CATCH sees it. */
export function refusedText(message: SqlMessage): SqlError {
  return new SqlError({ ...message, reach: 'statement' });
}

/** sp_executesql @statement, @parameter-list, values (learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-executesql-transact-sql). */
export async function executeSql(args: readonly Argument[], frame: CallFrame, run: Run): Promise<number> {
  const [statement, list, ...values] = args;
  if (!statement) throw sqlError(201, 'sp_executesql', '@statement');
  if (!isText(statement.type) || !statement.type.name.startsWith('n')) {
    throw sqlError(214, '@statement', 'ntext/nchar/nvarchar');
  }
  if (statement.value === null || statement.value === undefined) return 0;
  const variables = new Map<string, Variable>();
  const back: (() => void)[] = [];
  for (const [index, parameter] of declared(String(list?.value ?? '')).entries()) {
    const type = declaredType(parameter.type, 'declaration');
    const argument =
      values.find((one) => one.name !== undefined && sameName(one.name, parameter.name)) ??
      (values[index]?.name === undefined ? values[index] : undefined);
    if (argument?.value === undefined) {
      throw sqlError(8178, `(${String(list?.value)})${String(statement.value)}`, parameter.name);
    }
    const variable: Variable = { type, value: converter(argument.type, type)(argument.value) };
    variables.set(parameter.name.toLowerCase(), variable);
    if (argument.output) back.push(() => argument.receive(variable.value, type));
  }
  const status = await runText(String(statement.value), variables, frame, run);
  for (const give of back) give();
  return status;
}

/** The parameter list is that of a procedure, so a procedure is what it is parsed as. */
function declared(list: string): ReturnType<typeof parametersOf> {
  return list.trim() === '' ? [] : parametersOf(list);
}

function parametersOf(
  list: string,
): readonly { name: string; type: Parameters<typeof declaredType>[0]; output: boolean }[] {
  const parsed = parseBatch(`CREATE PROCEDURE list ${list} AS RETURN`);
  if (!parsed.ok) throw refusedText(parsed.message);
  const [statement] = parsed.batch.statements;
  return statement?.kind === 'create-procedure' ? statement.parameters : [];
}
