import type { Assessment } from '#shared/assessment.ts';
import type { Failure } from '#shared/errors.ts';
import { outOfReach } from '#shared/server-errors.ts';
import { addressText, isLoopback } from '#shared/site-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { judge } from './ground.ts';
import type { FindingsOf, Judged, Purpose } from './ground.ts';

const everything: readonly Purpose[] = ['commissioning mode', 'credential rotation', 'secure mode'];

/** How the server was reached, and whether that way is one that lasts. */
export const endpointFindings: FindingsOf = ({ profile, survey }) => {
  const { connections } = survey;
  const found: Judged[] = [reached(profile, connections.ok ? connections.value.own.port : null)];
  const dynamic = connections.ok
    ? connections.value.registry.filter(
        ({ name, data }) => name.toLowerCase() === 'tcpdynamicports' && data.trim() !== '',
      )
    : [];
  if (dynamic.length > 0 && profile.endpoint.transport.kind === 'tcp')
    found.push(
      judge('endpoint', 'dynamic-port', {
        severity: 'attention',
        title: 'The port is a dynamic one',
        detail:
          'SQL Server chooses it anew when it is taken at its next start. The profile names a port, so Mortise would then not find the server.',
        next: 'Give the instance a fixed port in SQL Server Configuration Manager (TCP Dynamic Ports empty, TCP Port set), or name the instance in the profile.',
        evidence: dynamic.map(({ key, name, data }) => `${key} ${name} = ${data}`),
      }),
    );
  if (!survey.table.ok && survey.table.error.code === 'database-unavailable')
    found.push(
      judge('endpoint', 'database', {
        severity: 'blocking',
        title: `The database ${profile.endpoint.database} cannot be opened`,
        detail: survey.table.error.sentence,
        next: survey.table.error.next,
        bears: everything,
      }),
    );
  return found;
};

function reached({ endpoint }: SiteProfile, port: number | null): Judged {
  const { transport } = endpoint;
  const ways = {
    tcp: 'over TCP, by the port that the profile names',
    instance: 'over TCP, by the port that the SQL Server Browser named for this instance',
    pipe: 'through a named pipe of this machine',
  } as const;
  return judge('endpoint', 'reached', {
    severity: 'good',
    title: 'The server answers',
    detail: `${addressText(endpoint)}, ${ways[transport.kind]}.`,
    evidence: [`Database ${endpoint.database}`, ...(port === null ? [] : [`Port ${port} of the server`])],
  });
}

/** False where nobody could log in: the report then says only why. */
export function wasReached({ findings }: Pick<Assessment, 'findings'>): boolean {
  return findings.every(({ id }) => id !== 'endpoint.unreachable');
}

/** At a first visit there is no login of Mortise's own yet. */
const asSetup = 'Assess as a login that is there already: an administrator, or any that may read (--setup-login).';

/** The one finding of a report on a server that could not be reached. */
export function unreachable({ endpoint }: SiteProfile, cause: Failure): Judged {
  return judge('endpoint', 'unreachable', {
    severity: 'blocking',
    title: 'The server could not be read',
    detail: cause.sentence,
    next: cause.code === 'secret-unknown' ? asSetup : cause.next,
    evidence: outOfReach.has(cause.code) ? hints(endpoint) : [],
    bears: everything,
  });
}

function hints({ host, transport }: SiteProfile['endpoint']): readonly string[] {
  const common = [
    'TCP/IP is switched off in a new Express or Developer installation: SQL Server Configuration Manager, Protocols, TCP/IP, Enabled; then restart the instance.',
  ];
  const local = isLoopback(host)
    ? [
        'On this machine the port stands in the registry: HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\<instance>\\MSSQLServer\\SuperSocketNetLib\\Tcp\\IPAll (TcpPort, or TcpDynamicPorts).',
      ]
    : [];
  switch (transport.kind) {
    case 'tcp':
      return [
        `A named instance listens on a dynamic port unless it was given one: ${transport.port} may be that of another instance or of an earlier start.`,
        ...common,
        ...local,
      ];
    case 'instance':
      return [
        'The SQL Server Browser service (UDP 1434) names the port; it is often stopped, and blocked by firewalls. Name the port in the profile instead.',
        ...common,
        ...local,
      ];
    case 'pipe':
      return ['Named pipes are switched off in most installations. Name a TCP port in the profile instead.', ...common];
  }
}
