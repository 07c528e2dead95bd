import type { Login } from '#shared/snapshot.ts';
import type { Column } from '../../components/data-table.tsx';
import { Moment } from '../../components/moment.tsx';
import type { Text } from '../../text/text.ts';
import { LoginActions } from './login-actions.tsx';
import { Findings } from './login-findings.tsx';
import { LoginName, Places } from './login-cells.tsx';

/** The columns of the table of logins. */
export function credentialColumns({ security: { credentials }, words }: Text): readonly Column<Login>[] {
  const { columns, passwordUnknown, nowhere } = credentials;
  return [
    { id: 'login', title: columns.login, cell: (row) => <LoginName login={row} />, by: (row) => row.name },
    {
      id: 'password',
      title: columns.password,
      cell: (row) => (row.passwordSetAt === null ? passwordUnknown : <Moment at={row.passwordSetAt} />),
      by: (row) => (row.passwordSetAt === null ? 0 : Date.parse(row.passwordSetAt)),
    },
    { id: 'findings', title: columns.findings, cell: (row) => <Findings login={row} /> },
    { id: 'where', title: columns.where, cell: (row) => <Places places={row.consumers} none={nowhere} /> },
    {
      id: 'services',
      title: columns.services,
      cell: (row) => (row.services.length > 0 ? row.services.join(', ') : words.none),
    },
    { id: 'actions', title: columns.actions, cell: (row) => <LoginActions login={row} /> },
  ];
}
