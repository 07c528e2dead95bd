import type { Listener } from '#shared/secure-mode.ts';
import { decodeRegistryText } from '#electron/consumers/registry-text.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import { leadsToServer } from '../leads-to-server.ts';
import type { ListenerSource } from '../listener-source.ts';
import { sourceReading, Unreadable } from '../source-reading.ts';

/** The kinds of `netsh interface portproxy`: the family that it listens on, and the one that it goes on with. */
const kinds = ['v4tov4', 'v4tov6', 'v6tov4', 'v6tov6'] as const;

/**
 * The ports that Windows itself passes on (netsh interface portproxy) and that lead to one of SQL Server's. It keeps them
 * as values `address/port`, an asterisk for every address.
 */
export function portProxies(reader: RegistryReader, clock: Clock): ListenerSource {
  return {
    source: 'port-proxies',
    find: async (said) =>
      await sourceReading('the port proxies of Windows', clock, () => {
        const passed = kinds.flatMap((kind) => passedOn(reader, kind));
        return leadsToServer(passed, said).map(({ protocol, address, port }): Listener => ({
          protocol,
          address,
          port,
          purpose: 'passed on by Windows',
        }));
      }),
  };
}

function passedOn(reader: RegistryReader, kind: (typeof kinds)[number]) {
  const names = ['SYSTEM', 'CurrentControlSet', 'Services', 'PortProxy', kind, 'tcp'];
  const look = reader.look({ hive: 'HKEY_LOCAL_MACHINE', names, view: '64-bit' });
  return [...(look?.values ?? [])]
    .filter(([name]) => name !== '')
    .map(([name, value]) => {
      const target = decodeRegistryText(value);
      const from = placeIn(name);
      const to = typeof target === 'string' ? undefined : placeIn(target.text);
      if (from === undefined || to === undefined) throw new Unreadable(`the entry ${name} is not understood`);
      const every = kind.startsWith('v4') ? '0.0.0.0' : '::';
      return {
        protocol: 'tcp',
        address: from.address === '*' ? every : from.address,
        port: from.port,
        target: to.port,
      } as const;
    });
}

function placeIn(text: string) {
  const [, address, digits] = /^(.+)\/(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  return address === undefined || port < 1 || port > 65_535 ? undefined : { address, port };
}
