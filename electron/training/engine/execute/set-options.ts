import type { IsolationLevel, SetStatement, SwitchOption, ValueOption } from '../ast.ts';
import { arithmetic } from '../evaluate/arithmetic.ts';
import { emptyFrame, expression } from '../evaluate/bound.ts';
import { convertExpression } from '../evaluate/coercion.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import type { Settings } from '../session/settings.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import type { Value } from '../values/types.ts';
import { resolveName } from '../evaluate/resolve.ts';
import { prepare } from './prepare.ts';

/** SET of variables and of options (learn.microsoft.com/sql/t-sql/statements/set-statements-transact-sql). */
export async function performSet(statement: SetStatement, frame: CallFrame, run: Run): Promise<void> {
  switch (statement.kind) {
    case 'set-variable':
      await assign(statement, frame, run);
      run.session.rowCount = 1;
      return;
    case 'set-switch':
      for (const option of statement.options) switchOption(option, statement.on, frame.settings);
      break;
    case 'set-value': {
      const value = await prepare(run, frame, (binding) => binding.expression(statement.value).evaluate(emptyFrame));
      setValue(statement.option, value, frame.settings, run);
      break;
    }
    case 'set-isolation':
      setIsolation(statement.level, frame.settings);
      break;
    case 'set-identity-insert':
      await setIdentityInsert(statement, frame, run);
      break;
  }
  run.session.rowCount = 0;
}

async function assign(
  statement: Extract<SetStatement, { kind: 'set-variable' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  const { variable, value } = await prepare(run, frame, (binding) => {
    const target = binding.variable(statement.name);
    const bound = binding.expression(statement.value);
    const current = expression({
      type: target.type,
      coercion: binding.defaultCoercion,
      evaluate: () => target.value,
    });
    const result = statement.operator === '=' ? bound : arithmetic(statement.operator, current, bound);
    return { variable: target, value: convertExpression(result, target.type) };
  });
  variable.value = value.evaluate(emptyFrame);
}

/** Options that change nothing here, because the engine has only the documented, modern behaviour. */
const accepted: ReadonlySet<SwitchOption> = new Set<SwitchOption>([
  'ANSI_DEFAULTS',
  'ANSI_NULL_DFLT_OFF',
  'ANSI_NULL_DFLT_ON',
  'ANSI_PADDING',
  'ARITHABORT',
  'ARITHIGNORE',
  'CONCAT_NULL_YIELDS_NULL',
  'CURSOR_CLOSE_ON_COMMIT',
  'FORCEPLAN',
  'NUMERIC_ROUNDABORT',
  'REMOTE_PROC_TRANSACTIONS',
  'STATISTICS IO',
  'STATISTICS TIME',
]);

function switchOption(option: SwitchOption, on: boolean, settings: Settings): void {
  switch (option) {
    case 'NOCOUNT':
      settings.noCount = on;
      return;
    case 'XACT_ABORT':
      settings.xactAbort = on;
      return;
    case 'QUOTED_IDENTIFIER':
      settings.quotedIdentifier = on;
      return;
    case 'ANSI_NULLS':
      settings.ansiNulls = on;
      return;
    case 'ANSI_WARNINGS':
      settings.ansiWarnings = on;
      return;
    case 'IMPLICIT_TRANSACTIONS':
      settings.implicitTransactions = on;
      return;
    case 'FMTONLY':
      settings.formatOnly = on;
      return;
    case 'NOEXEC':
      settings.noExecute = on;
      return;
    default:
      // Plans and the like: switching off what was never on is harmless.
      if (on && !accepted.has(option)) throw unknownToTrainingSite(`SET ${option} ON`);
  }
}

function setValue(option: ValueOption, value: Value, settings: Settings, run: Run): void {
  switch (option) {
    case 'LOCK_TIMEOUT':
      settings.lockTimeoutMs = Number(value);
      return;
    case 'TEXTSIZE':
      settings.textSize = Number(value);
      return;
    case 'ROWCOUNT':
      settings.rowCount = Number(value);
      return;
    case 'CONTEXT_INFO':
      run.session.contextInfo = value instanceof Uint8Array ? value : undefined;
      return;
    case 'DATEFIRST':
      if (Number(value) !== 7) throw unknownToTrainingSite(`SET DATEFIRST ${String(value)}`);
      return;
    case 'DATEFORMAT':
      if (String(value).toLowerCase() !== 'mdy') throw unknownToTrainingSite(`SET DATEFORMAT ${String(value)}`);
      return;
    case 'LANGUAGE':
      if (!/^(us_)?english$/i.test(String(value))) throw unknownToTrainingSite(`SET LANGUAGE ${String(value)}`);
      return;
    case 'DEADLOCK_PRIORITY':
    case 'QUERY_GOVERNOR_COST_LIMIT':
      return;
  }
}

function setIsolation(level: IsolationLevel, settings: Settings): void {
  if (level === 'snapshot') throw unknownToTrainingSite('SET TRANSACTION ISOLATION LEVEL SNAPSHOT');
  settings.isolation = level;
}

/** One table at a time. */
async function setIdentityInsert(
  statement: Extract<SetStatement, { kind: 'set-identity-insert' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  const { session } = run;
  const found = await prepare(run, frame, (binding) => resolveName(statement.table, binding));
  const table = found.kind === 'temporary' ? found.table : found.kind === 'object' ? found.object : undefined;
  if (table?.kind !== 'table') throw sqlError(1088, statement.table.parts.join('.'));
  if (!table.columns.some((column) => column.identity)) throw sqlError(8106, table.name);
  if (!statement.on) {
    if (session.identityInsert === table) session.identityInsert = undefined;
    return;
  }
  if (session.identityInsert && session.identityInsert !== table) {
    throw sqlError(8107, session.identityInsert.name, table.name);
  }
  session.identityInsert = table;
}
