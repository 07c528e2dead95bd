import type { InstanceLayer } from '#shared/secure-mode.ts';

/** What is said of the three places that SQL Server can accept connections from. */
export const bindText = {
  title: {
    everywhere: 'Let SQL Server listen for other machines again',
    'this-machine': 'Have SQL Server listen on this machine only',
    'tcp-off': 'Switch TCP of SQL Server off',
  },
  so: {
    everywhere: 'SQL Server listens for other machines',
    'this-machine': 'SQL Server listens on this machine only',
    'tcp-off': 'TCP of SQL Server is off',
  },
  summary: {
    everywhere: 'SQL Server itself accepts connections from other machines; only the firewall may stop them.',
    'this-machine': 'SQL Server itself accepts connections from this machine only, whatever the firewall does.',
    'tcp-off': 'SQL Server accepts no connection over TCP, not even from this machine.',
  },
  warnings: {
    everywhere: [],
    'this-machine': [
      'A service on this machine that connects by its name or its network address, and not by localhost, loses its way; then what was before is put back.',
    ],
    'tcp-off': ['Services have to connect by shared memory or a named pipe; otherwise what was before is put back.'],
  },
  takeBack: {
    everywhere: 'Choose this machine only again; SQL Server is started again for it.',
    'this-machine': 'Let it listen for other machines again; what stood in its settings comes back as it was.',
    'tcp-off': 'Let it listen for other machines again; what stood in its settings comes back as it was.',
  },
} satisfies Readonly<Record<string, Readonly<Record<InstanceLayer, string | string[]>>>>;
