import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Listener } from '#shared/secure-mode.ts';
import { iniValue } from '#electron/consumers/ini-value.ts';
import { isRefusal } from '#electron/consumers/located-value.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { fileErrorCode } from '#electron/machine/file-failure.ts';
import { clientsPurpose } from '../differences.ts';
import type { ListenerSource } from '../listener-source.ts';
import { sourceReading, Unreadable } from '../source-reading.ts';

/** Where SQL Server on Linux is and keeps its settings ("Configure SQL Server on Linux with the mssql-conf tool"). */
export interface MssqlPlaces {
  readonly program: string;
  readonly settings: string;
}

export function mssqlPlaces(root = '/'): MssqlPlaces {
  return { program: join(root, 'opt/mssql/bin/sqlservr'), settings: join(root, 'var/opt/mssql/mssql.conf') };
}

/** network.tcpport and network.ipaddress where nobody set them, from the same page. */
const defaults = { port: 1433, addresses: ['0.0.0.0', '::'] } as const;

/** What SQL Server on Linux will listen on at its next start; nothing where it is not installed. */
export function mssqlConfiguration({ program, settings }: MssqlPlaces, clock: Clock): ListenerSource {
  return {
    source: 'configuration',
    find: async () =>
      await sourceReading(settings, clock, async (): Promise<readonly Listener[]> => {
        const text = await textAt(settings);
        if (text === undefined) return (await isThere(program)) ? listening(defaults.addresses, defaults.port) : [];
        const address = settingIn(text, 'network', 'ipaddress');
        const port = settingIn(text, 'network', 'tcpport');
        const wanted = port === undefined ? defaults.port : Number(port);
        if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
          throw new Unreadable('its tcpport is not the number of a port');
        return listening(address === undefined ? defaults.addresses : [address], wanted);
      }),
  };
}

const listening = (addresses: readonly string[], port: number): readonly Listener[] =>
  addresses.map((address) => ({ protocol: 'tcp', address, port, purpose: clientsPurpose }));

/** The value of a setting; undefined where it is not set. Throws `Unreadable` where it is not plain what is meant. */
export function settingIn(text: string, section: string, key: string): string | undefined {
  const found = iniValue(section, key).locate(text);
  if (!isRefusal(found)) return found.value;
  if (found.why.startsWith('it has no ')) return undefined;
  throw new Unreadable(found.why);
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
