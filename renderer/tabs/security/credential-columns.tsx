import type { Login } from '#shared/snapshot.ts';
import type { Column } from '../../components/data-table.tsx';
import type { Text } from '../../text/text.ts';
import { LoginActions } from './login-actions.tsx';
import { Findings } from './login-findings.tsx';
import { LoginName, PasswordFacts, Users } from './login-cells.tsx';

/** The columns of the table of logins. */
export function credentialColumns({ security: { credentials } }: Text): readonly Column<Login>[] {
  const { columns } = credentials;
  return [
    { id: 'login', title: columns.login, cell: (row) => <LoginName login={row} />, by: (row) => row.name },
    {
      id: 'password',
      title: columns.password,
      cell: (row) => <PasswordFacts login={row} />,
      by: (row) => (row.passwordSetAt === null ? 0 : Date.parse(row.passwordSetAt)),
    },
    { id: 'findings', title: columns.findings, cell: (row) => <Findings login={row} /> },
    { id: 'users', title: columns.users, cell: (row) => <Users login={row} /> },
    { id: 'actions', title: columns.actions, cell: (row) => <LoginActions login={row} /> },
  ];
}
