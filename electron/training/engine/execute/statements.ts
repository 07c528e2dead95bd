import { assertNever } from '#shared/assert-never.ts';
import type { Statement } from '../ast.ts';
import type { CallFrame, Completion, Run } from '../evaluate/run.ts';
import { performDefinition } from '../define/definition.ts';
import { performSecurity } from '../define/security-statement.ts';
import { SqlError, sqlError } from '../sql-error.ts';
import { Attention } from './abort.ts';
import { performControl } from './control-flow.ts';
import { performDelete } from './delete.ts';
import { performInsert } from './insert.ts';
import { performMerge } from './merge.ts';
import { releaseStatementLocks } from './prepare.ts';
import { raise, tellTransaction } from './raise.ts';
import { performSelect } from './select-statement.ts';
import { performSet } from './set-options.ts';
import { commit, begin, rollBack, rollBackTo, save } from './transactions.ts';
import { truncate } from './truncate.ts';
import { performUpdate } from './update.ts';

/** Runs statements one after the other until one of them leaves the list. */
export async function executeStatements(
  statements: readonly Statement[],
  frame: CallFrame,
  run: Run,
): Promise<Completion> {
  for (const statement of statements) {
    const completion = await executeStatement(statement, frame, run);
    if (completion !== 'end') return completion;
  }
  return 'end';
}

const turn = 200;

async function executeStatement(statement: Statement, frame: CallFrame, run: Run): Promise<Completion> {
  if (run.signal.aborted) throw new Attention();
  // A long loop must not keep the rest of the process from its work.
  if (++run.shared.sinceTurn >= turn) {
    run.shared.sinceTurn = 0;
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  if (frame.settings.noExecute && statement.kind !== 'set-switch') return 'end';
  run.now = run.server.now();
  try {
    const completion = await perform(statement, frame, run);
    if (!keepsError.has(statement.kind)) run.session.lastError = 0;
    return completion;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return raise(error, statement.line, frame, run);
  } finally {
    if (!containers.has(statement.kind)) releaseStatementLocks(run);
    tellTransaction(run);
  }
}

/** Statements that consist of others: what those did stands. */
const containers: ReadonlySet<Statement['kind']> = new Set(['if', 'while', 'block', 'try', 'execute', 'execute-text']);
const keepsError: ReadonlySet<Statement['kind']> = new Set([...containers, 'raiserror', 'return']);

async function perform(statement: Statement, frame: CallFrame, run: Run): Promise<Completion> {
  switch (statement.kind) {
    case 'select-statement':
      await performSelect(statement, frame, run);
      return 'end';
    case 'insert':
      await performInsert(statement, frame, run);
      return 'end';
    case 'update':
      await performUpdate(statement, frame, run);
      return 'end';
    case 'delete':
      await performDelete(statement, frame, run);
      return 'end';
    case 'merge':
      await performMerge(statement, frame, run);
      return 'end';
    case 'truncate':
      await truncate(statement, frame, run);
      return 'end';
    case 'begin-transaction':
    case 'commit-transaction':
    case 'rollback-transaction':
    case 'save-transaction':
      return performTransaction(statement, frame, run);
    case 'set-variable':
    case 'set-switch':
    case 'set-value':
    case 'set-isolation':
    case 'set-identity-insert':
      await performSet(statement, frame, run);
      return 'end';
    case 'declare':
    case 'declare-table':
    case 'if':
    case 'while':
    case 'break':
    case 'continue':
    case 'block':
    case 'try':
    case 'throw':
    case 'raiserror':
    case 'print':
    case 'return':
    case 'wait':
    case 'execute':
    case 'execute-text':
    case 'use':
      return performControl(statement, frame, run);
    case 'create-login':
    case 'alter-login':
    case 'drop-login':
    case 'create-user':
    case 'alter-user':
    case 'drop-user':
    case 'create-role':
    case 'drop-role':
    case 'alter-role':
    case 'permission':
    case 'alter-database-access':
    case 'kill':
    case 'reconfigure':
    case 'backup-database':
      await performSecurity(statement, frame, run);
      return 'end';
    case 'create-trigger':
    case 'create-procedure':
    case 'create-function':
    case 'create-view':
    case 'create-schema':
    case 'create-table':
    case 'alter-table':
    case 'create-index':
    case 'drop-index':
    case 'drop':
    case 'drop-schema':
    case 'switch-trigger':
      await performDefinition(statement, frame, run);
      return 'end';
    default:
      return assertNever(statement);
  }
}

type TransactionStatement = Extract<Statement, { kind: `${string}-transaction` }>;

function performTransaction(statement: TransactionStatement, frame: CallFrame, run: Run): Completion {
  const { session, server } = run;
  const name = transactionName(statement.name, frame);
  session.rowCount = 0;
  const error = ((): SqlError | undefined => {
    switch (statement.kind) {
      case 'begin-transaction':
        begin(session);
        return undefined;
      case 'commit-transaction':
        return commit(server, session);
      case 'save-transaction':
        return save(session, name ?? '');
      case 'rollback-transaction':
        if (!session.transaction) return sqlError(3903);
        // A name that was never saved is the outermost transaction's.
        if (name !== undefined && session.transaction.hasSavepoint(name)) return rollBackTo(session, name);
        rollBack(server, session);
        return undefined;
    }
  })();
  if (error) throw error;
  return 'end';
}

function transactionName(name: string | undefined, frame: CallFrame): string | undefined {
  if (name === undefined || !name.startsWith('@')) return name;
  const variable = frame.variables.get(name.toLowerCase());
  if (!variable) throw sqlError(137, name);
  return String(variable.value ?? '');
}
