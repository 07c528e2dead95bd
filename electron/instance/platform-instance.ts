import { join } from 'node:path';
import type { SqlTransport } from '#shared/server-address.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { keptJson } from '#electron/machine/kept-json.ts';
import { windowsRegistry } from '#electron/machine/windows-registry.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import type { InstanceNetwork } from './instance-network.ts';
import { keptSettingsSchema, MssqlInstance } from './linux/mssql-instance.ts';
import { noInstance } from './no-instance.ts';
import { keptValuesSchema, WindowsInstance } from './windows/windows-instance.ts';

export interface InstanceOptions {
  /** The profile's way to SQL Server, which says which instance is meant. */
  readonly transport: SqlTransport;
  /** Where what stood before the first change is kept: a folder of Mortise's own for this site. */
  readonly folder: string;
  readonly clock: Clock;
  readonly platform?: NodeJS.Platform;
}

/** The settings of SQL Server on this machine; elsewhere than on Windows and Linux there are none. */
export function platformInstance({
  transport,
  folder,
  clock,
  platform = process.platform,
}: InstanceOptions): InstanceNetwork {
  const path = join(folder, 'instance-settings.json');
  if (platform === 'win32')
    return new WindowsInstance({
      reader: windowsRegistryReader,
      registry: windowsRegistry,
      transport,
      kept: keptJson(path, keptValuesSchema),
      clock,
    });
  if (platform === 'linux')
    return new MssqlInstance({
      settings: '/var/opt/mssql/mssql.conf',
      kept: keptJson(path, keptSettingsSchema),
      clock,
    });
  return noInstance(clock);
}
