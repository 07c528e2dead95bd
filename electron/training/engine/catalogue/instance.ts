import type { ConfigurationModel } from '../model.ts';
import type { ListenerFacts, Surroundings, SystemView } from '../registry.ts';
import { bigint, bit, datetime, int, nvarchar, smallint, sysname } from '../values/types.ts';
import { always, type Column, column, flag, nameColumn, numberColumn, required, smallColumn, view } from './view.ts';
import { roundToDatetime } from '../values/dates.ts';

/** The instance itself: its configuration, its listeners, its host. */

const STATE = { on: 'server', permission: 'VIEW SERVER STATE' } as const;

interface Listener extends ListenerFacts {
  readonly id: number;
}

const LISTENERS: readonly Column<Listener>[] = [
  numberColumn('listener_id', (one) => one.id),
  required('ip_address', nvarchar(48), (one) => one.address),
  flag('is_ipv4', (one) => !one.address.includes(':')),
  numberColumn('port', (one) => one.port),
  always('type', smallint, 0),
  always('type_desc', nvarchar(20), 'TSQL'),
  always('state', smallint, 0),
  always('state_desc', nvarchar(16), 'ONLINE'),
  column('start_time', datetime, (_one, { serverStarted }) => roundToDatetime(serverStarted)),
];

const CONFIGURATIONS: readonly Column<ConfigurationModel>[] = [
  numberColumn('configuration_id', (one) => one.configurationId),
  required('name', nvarchar(35), (one) => one.name),
  column('value', int, (one) => one.value),
  column('minimum', int, (one) => one.minimum),
  column('maximum', int, (one) => one.maximum),
  column('value_in_use', int, (one) => one.valueInUse),
  required('description', nvarchar(255), (one) => one.description),
  flag('is_dynamic', (one) => one.isDynamic),
  flag('is_advanced', (one) => one.isAdvanced),
];

/** A view of one row that says something of the whole server. */
function single(name: string, columns: readonly Column<Surroundings>[], requires?: SystemView['requires']): SystemView {
  return view<Surroundings>({
    name,
    ...(requires === undefined ? {} : { requires }),
    columns,
    items: (surroundings) => [surroundings],
  });
}

export const instanceViews: readonly SystemView[] = [
  view({ name: 'configurations', columns: CONFIGURATIONS, items: ({ model }) => model.instance.configurations }),
  view<Listener>({
    name: 'dm_tcp_listener_states',
    requires: STATE,
    columns: LISTENERS,
    items: (surroundings) => surroundings.listeners().map((one, index) => ({ ...one, id: index + 1 })),
  }),
  // What the configuration tool wrote of TCP: a port of its own for all addresses, none that is dynamic.
  view<{ readonly key: string; readonly name: string; readonly data: string }>({
    name: 'dm_server_registry',
    requires: STATE,
    columns: [
      required('registry_key', nvarchar(256), (one) => `HKLM\\Software\\Microsoft\\Microsoft SQL Server\\${one.key}`),
      required('value_name', nvarchar(256), (one) => one.name),
      required('value_data', nvarchar(4000), (one) => one.data),
    ],
    items: (surroundings) => {
      const { model } = surroundings;
      const major = model.instance.productVersion.split('.')[0] ?? '';
      const tcp = `MSSQL${major}.${model.instance.instanceName ?? 'MSSQLSERVER'}\\MSSQLServer\\SuperSocketNetLib\\Tcp`;
      const all = `${tcp}\\IPAll`;
      return [
        { key: tcp, name: 'Enabled', data: '1' },
        { key: all, name: 'TcpPort', data: String(surroundings.listeners()[0]?.port ?? '') },
        { key: all, name: 'TcpDynamicPorts', data: '' },
      ];
    },
  }),
  single('dm_os_host_info', [
    required('host_platform', nvarchar(256), ({ model }) => model.instance.hostPlatform),
    required('host_distribution', nvarchar(256), ({ model }) => model.instance.hostDistribution),
    always('host_release', nvarchar(256), ''),
    always('host_service_pack_level', nvarchar(256), ''),
    always('host_sku', int, null),
    always('os_language_version', int, 0),
    always('host_architecture', nvarchar(256), 'X64'),
  ]),
  single(
    'dm_os_sys_info',
    [
      always('cpu_count', int, 2),
      always('physical_memory_kb', bigint, 8_388_608n),
      required('sqlserver_start_time', datetime, ({ serverStarted }) => roundToDatetime(serverStarted)),
      always('virtual_machine_type', int, 0),
      always('virtual_machine_type_desc', nvarchar(60), 'NONE'),
    ],
    STATE,
  ),
  view<Surroundings>({
    name: 'servers',
    columns: [
      always('server_id', int, 0),
      nameColumn('name', serverName),
      always('product', sysname, 'SQL Server'),
      always('provider', sysname, 'SQLNCLI'),
      column('data_source', nvarchar(4000), serverName),
      always('is_linked', bit, false),
      always('is_remote_login_enabled', bit, true),
    ],
    items: (surroundings) => [surroundings],
  }),
  // No server is linked: only the local one stands in sys.servers.
  view<never>({
    name: 'linked_logins',
    columns: [
      always('server_id', int, 0),
      always('local_principal_id', int, 0),
      always('uses_self_credential', bit, false),
      always('remote_name', sysname, ''),
    ],
    items: () => [],
  }),
  view<Listener>({
    name: 'tcp_endpoints',
    columns: [
      always('name', sysname, 'TSQL Default TCP'),
      always('endpoint_id', int, 4),
      always('principal_id', int, 1),
      smallColumn('protocol', () => 2),
      always('protocol_desc', nvarchar(60), 'TCP'),
      smallColumn('type', () => 2),
      always('type_desc', nvarchar(60), 'TSQL'),
      smallColumn('state', () => 0),
      always('state_desc', nvarchar(60), 'STARTED'),
      always('is_admin_endpoint', bit, false),
      always('port', int, 0),
      always('is_dynamic_port', bit, false),
      always('ip_address', nvarchar(45), null),
    ],
    items: (surroundings) =>
      surroundings
        .listeners()
        .slice(0, 1)
        .map((one) => ({ ...one, id: 1 })),
  }),
];

/** MACHINE or MACHINE\INSTANCE, as @@SERVERNAME answers. */
export function serverName(surroundings: Surroundings): string {
  const { machineName, instanceName } = surroundings.model.instance;
  return instanceName === undefined ? machineName : `${machineName}\\${instanceName}`;
}
