import { assertNever } from '#shared/assert-never.ts';
import type { SecurityStatement } from '../ast.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { prepare } from '../execute/prepare.ts';
import { asStatement } from '../execute/transactions.ts';
import type { Binding } from '../evaluate/binding.ts';
import { alterDatabaseAccess } from './database-access.ts';
import { backUpDatabase } from './backup.ts';
import { reconfigure } from './configure.ts';
import type { DefinitionChange } from './definition.ts';
import { alterLogin, createLogin, dropLogin } from './logins.ts';
import { killSession } from './kill.ts';
import { changePermissions } from './permission-statement.ts';
import { alterRole, createRole, dropRole } from './roles.ts';
import { alterUser, createUser, dropUser } from './users.ts';

/** Logins, users, roles, rights, and the server's own affairs. */
export async function performSecurity(statement: SecurityStatement, frame: CallFrame, run: Run): Promise<void> {
  run.session.rowCount = 0;
  if (statement.kind === 'kill') return killSession(statement.session, frame, run);
  if (statement.kind === 'reconfigure') return reconfigure(frame, run);
  if (statement.kind === 'backup-database') return backUpDatabase(statement, frame, run);
  if (statement.kind === 'alter-database-access') return alterDatabaseAccess(statement, frame, run);
  await asStatement(run.server, run.session, async (transaction) => {
    const change = await prepare(run, frame, (binding) => bindSecurity(statement, binding));
    change(transaction.log);
  });
}

type Transactional = Exclude<
  SecurityStatement,
  { kind: 'kill' | 'reconfigure' | 'backup-database' | 'alter-database-access' }
>;

function bindSecurity(statement: Transactional, binding: Binding): DefinitionChange {
  switch (statement.kind) {
    case 'create-login':
      return createLogin(statement, binding);
    case 'alter-login':
      return alterLogin(statement, binding);
    case 'drop-login':
      return dropLogin(statement, binding);
    case 'create-user':
      return createUser(statement, binding);
    case 'alter-user':
      return alterUser(statement, binding);
    case 'drop-user':
      return dropUser(statement, binding);
    case 'create-role':
      return createRole(statement, binding);
    case 'drop-role':
      return dropRole(statement, binding);
    case 'alter-role':
      return alterRole(statement, binding);
    case 'permission':
      return changePermissions(statement, binding);
    default:
      return assertNever(statement);
  }
}
