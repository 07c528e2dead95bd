import type { Reading } from '#shared/reading.ts';
import type { Listener } from '#shared/secure-mode.ts';
import type { SqlTransport } from '#shared/server-address.ts';
import { instanceFor, NoInstance, settingsOf } from '#electron/instance/windows/instance-registry.ts';
import type { AddressSettings, NetworkSettings } from '#electron/instance/windows/instance-registry.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import { clientsPurpose } from '../differences.ts';
import type { ListenerSource } from '../listener-source.ts';
import { sourceReading, Unreadable } from '../source-reading.ts';

const source = "the instance's settings in the registry";

/** What the instance will listen on at its next start, from the registry of Windows. */
export function instanceConfiguration(reader: RegistryReader, transport: SqlTransport, clock: Clock): ListenerSource {
  return {
    source: 'configuration',
    find: async () => await sourceReading(source, clock, () => listenersOf(settings(reader, transport))),
  };
}

/** Whether SQL Server takes named pipes; where it does, other machines reach them over SMB. */
export async function remotePipes(
  reader: RegistryReader,
  transport: SqlTransport,
  clock: Clock,
): Promise<Reading<boolean>> {
  return await sourceReading(source, clock, () => settings(reader, transport).pipes);
}

function settings(reader: RegistryReader, transport: SqlTransport): NetworkSettings {
  try {
    return settingsOf(reader, instanceFor(reader, transport));
  } catch (error) {
    if (error instanceof NoInstance) throw new Unreadable(error.message);
    throw error;
  }
}

const at = (address: string, { ports }: Pick<AddressSettings, 'ports'>, purpose: string) =>
  ports.map((port): Listener => ({ protocol: 'tcp', address, port, purpose }));

function listenersOf({ tcp, everyAddress, all, addresses, adminPorts }: NetworkSettings): readonly Listener[] {
  if (!tcp) return [];
  return [
    ...(everyAddress
      ? ['0.0.0.0', '::'].flatMap((address) => at(address, all, clientsPurpose))
      : addresses.filter(({ enabled }) => enabled).flatMap((each) => at(each.address, each, clientsPurpose))),
    // Which addresses it takes is a setting of the server (remote admin connections), not one of these.
    ...at('127.0.0.1', { ports: adminPorts }, 'dedicated admin connection'),
  ];
}
