import { isIP } from 'node:net';
import type { BlockedPort } from '#shared/secure-mode.ts';
import { isNonce } from '#electron/probe/nonce.ts';

/** Trying another machine's ports from this one. */
export interface ProbeCommand {
  readonly name: 'probe';
  readonly hosts: readonly string[];
  readonly ports: readonly BlockedPort[];
  readonly nonce: string | null;
}

export const probeOptions = {
  ports: { type: 'string' },
  nonce: { type: 'string' },
} as const;

export interface ProbeValues {
  readonly ports?: string | undefined;
  readonly nonce?: string | undefined;
}

const usualPorts: readonly BlockedPort[] = [
  { protocol: 'tcp', port: 1433 },
  { protocol: 'udp', port: 1434 },
];
const mostPorts = 1000;
const mostHosts = 16;
const hostName = /^(?!-)[A-Za-z0-9_-]{1,63}(?:\.(?!-)[A-Za-z0-9_-]{1,63})*\.?$/;

/** The command, or the sentence that says what is wrong. `hosts` are the words after `probe`. */
export function readProbeCommand(hosts: readonly string[], { ports, nonce }: ProbeValues): ProbeCommand | string {
  if (hosts.length === 0) return '"probe" wants the name or the addresses of the machine to try.';
  if (hosts.length > mostHosts)
    return `"probe" takes up to ${mostHosts} addresses of one machine, not ${hosts.length}.`;
  const wrong = hosts.find((host) => isIP(host) === 0 && (host.length > 253 || !hostName.test(host)));
  if (wrong !== undefined) return `"${wrong}" is no name and no address of a machine.`;
  if (nonce !== undefined && !isNonce(nonce))
    return `--nonce takes the letters, digits and dashes that the site shows, not "${nonce}".`;
  const read = ports === undefined ? usualPorts : readPorts(ports);
  return typeof read === 'string' ? read : { name: 'probe', hosts, ports: read, nonce: nonce ?? null };
}

function readPorts(text: string): readonly BlockedPort[] | string {
  const ports = new Map<string, BlockedPort>();
  for (const word of text.split(',').map((each) => each.trim())) {
    const [, digits, protocol = 'tcp'] = /^(\d{1,5})(?:\/(tcp|udp))?$/.exec(word) ?? [];
    const port = Number(digits);
    if (!(port >= 1 && port <= 65_535) || (protocol !== 'tcp' && protocol !== 'udp'))
      return `--ports takes ports from 1 to 65535 such as 1433,1434/udp, not "${word}".`;
    ports.set(`${port}/${protocol}`, { protocol, port });
  }
  return ports.size > mostPorts ? `--ports takes up to ${mostPorts} ports, not ${ports.size}.` : [...ports.values()];
}

/** An option of this command given to another one: somebody would rely on it. */
export function misplacedProbeOption(
  command: string,
  values: ProbeValues & { readonly port?: string | undefined },
): string | undefined {
  if (command === 'probe') return values.port === undefined ? undefined : '"probe" takes --ports, not --port.';
  if (command === 'help') return undefined;
  const given = (['ports', 'nonce'] as const).find((option) => values[option] !== undefined);
  return given === undefined ? undefined : `--${given} belongs to "probe" alone.`;
}
