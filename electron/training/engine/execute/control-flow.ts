import type { ControlStatement } from '../ast.ts';
import { convertExpression } from '../evaluate/coercion.ts';
import { emptyFrame } from '../evaluate/bound.ts';
import { declaredType } from '../evaluate/declared-type.ts';
import type { CallFrame, Completion, Run } from '../evaluate/run.ts';
import { SqlError, sqlError } from '../sql-error.ts';
import { useDatabase } from '../session/use-database.ts';
import { int, nvarchar } from '../values/types.ts';
import type { Value } from '../values/types.ts';
import { tableFromElements } from '../define/table-elements.ts';
import { Attention } from './abort.ts';
import { newBinding, prepare } from './prepare.ts';
import { executeProcedure, executeText } from './procedures.ts';
import { raiseError, throwError } from './raising.ts';

/** Variables, branches, loops, TRY, calls. */
export async function performControl(statement: ControlStatement, frame: CallFrame, run: Run): Promise<Completion> {
  switch (statement.kind) {
    case 'declare':
      await declare(statement, frame, run);
      return 'end';
    case 'declare-table':
      declareTable(statement, frame, run);
      return 'end';
    case 'if': {
      const holds = await prepare(run, frame, (binding) => binding.predicate(statement.condition));
      const branch = holds(emptyFrame) === true ? statement.body : statement.otherwise;
      return branch === undefined ? 'end' : run.execute([branch], frame, run);
    }
    case 'while':
      return loop(statement, frame, run);
    case 'break':
    case 'continue':
      return statement.kind;
    case 'block':
      return run.execute(statement.statements, frame, run);
    case 'try':
      return performTry(statement, frame, run);
    case 'throw':
      return throwError(statement, frame, run);
    case 'raiserror':
      await raiseError(statement, frame, run);
      return 'end';
    case 'print': {
      const message = await prepare(run, frame, (binding) =>
        convertExpression(binding.expression(statement.message), nvarchar(4000)),
      );
      const text = String(message.evaluate(emptyFrame) ?? ' ');
      const { line } = statement;
      run.emit({ kind: 'message', message: { number: 0, severity: 0, state: 1, text, procedure: frame.name, line } });
      return 'end';
    }
    case 'return':
      if (statement.value) frame.returnValue = Number((await scalar(statement.value, frame, run)) ?? 0);
      return 'return';
    case 'wait':
      await wait(statement, frame, run);
      return 'end';
    case 'execute':
      await executeProcedure(statement, frame, run);
      return 'end';
    case 'execute-text':
      await executeText(statement, frame, run);
      return 'end';
    case 'use':
      useDatabase(statement.database, frame, run);
      return 'end';
  }
}

async function scalar(
  node: Parameters<ReturnType<typeof newBinding>['expression']>[0],
  frame: CallFrame,
  run: Run,
): Promise<Value> {
  const bound = await prepare(run, frame, (binding) => convertExpression(binding.expression(node), int));
  return bound.evaluate(emptyFrame);
}

async function declare(
  statement: Extract<ControlStatement, { kind: 'declare' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  for (const { name, type: written, initial } of statement.variables) {
    const type = declaredType(written, 'declaration');
    const value =
      initial === undefined
        ? null
        : (await prepare(run, frame, (binding) => convertExpression(binding.expression(initial), type))).evaluate(
            emptyFrame,
          );
    const key = name.toLowerCase();
    const known = frame.variables.get(key);
    // A declaration in a loop is met again; without an initialiser the value stays.
    if (known && initial === undefined) continue;
    if (known) known.value = value;
    else frame.variables.set(key, { type, value });
  }
}

function declareTable(
  statement: Extract<ControlStatement, { kind: 'declare-table' }>,
  frame: CallFrame,
  run: Run,
): void {
  const key = statement.name.toLowerCase();
  if (frame.tableVariables.has(key)) return;
  frame.tableVariables.set(key, tableFromElements(statement.name, statement.elements, newBinding(run, frame)));
}

async function loop(
  statement: Extract<ControlStatement, { kind: 'while' }>,
  frame: CallFrame,
  run: Run,
): Promise<Completion> {
  for (;;) {
    const holds = await prepare(run, frame, (binding) => binding.predicate(statement.condition));
    if (holds(emptyFrame) !== true) return 'end';
    const completion = await run.execute([statement.body], frame, run);
    if (completion === 'break') return 'end';
    if (completion === 'return') return 'return';
  }
}

/**
 * Errors of severity 11 to 19 go to CATCH; those of names that could not be bound in the same module do not
 * (learn.microsoft.com/sql/t-sql/language-elements/try-catch-transact-sql, "Errors unaffected by a TRY...CATCH construct").
 */
async function performTry(
  statement: Extract<ControlStatement, { kind: 'try' }>,
  frame: CallFrame,
  run: Run,
): Promise<Completion> {
  run.shared.tryDepth++;
  let caught: SqlError;
  try {
    return await run.execute(statement.body, frame, run);
  } catch (error) {
    if (!(error instanceof SqlError) || error.reach === 'connection') throw error;
    caught = error;
  } finally {
    run.shared.tryDepth--;
  }
  if (caught.reach === 'scope' && (caught.frame === undefined || caught.frame === frame)) throw uncaught(caught, frame);
  frame.caught.push({
    number: caught.number,
    severity: caught.severity,
    state: caught.state,
    line: caught.line ?? 1,
    procedure: caught.procedure === undefined || caught.procedure === '' ? null : caught.procedure,
    text: caught.message,
  });
  try {
    return await run.execute(statement.handler, frame, run);
  } finally {
    frame.caught.pop();
  }
}

/** It left its own text: from here on it is an error like any other of the caller. */
function uncaught(error: SqlError, frame: CallFrame): SqlError {
  error.frame = frame;
  return error;
}

async function wait(statement: Extract<ControlStatement, { kind: 'wait' }>, frame: CallFrame, run: Run): Promise<void> {
  const delay = await prepare(run, frame, (binding) =>
    convertExpression(binding.expression(statement.delay), nvarchar(30)),
  );
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/.exec(String(delay.evaluate(emptyFrame)));
  if (!match) throw sqlError(148, String(delay.evaluate(emptyFrame)));
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1, 4).map((part) => Number(part ?? 0));
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[4] ?? '').padEnd(3, '0'));
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new Attention());
    };
    const timer = setTimeout(() => {
      run.signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    run.signal.addEventListener('abort', onAbort, { once: true });
    if (run.signal.aborted) onAbort();
  });
}
