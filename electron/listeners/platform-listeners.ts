import { known } from '#shared/reading.ts';
import type { SqlTransport } from '#shared/server-address.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { addressTranslations, legacyTranslations } from './linux/address-translations.ts';
import type { RulesetReader } from './linux/address-translations.ts';
import { mssqlConfiguration, mssqlPlaces } from './linux/mssql-conf.ts';
import { openSockets } from './linux/open-sockets.ts';
import { dockerProxies } from './linux/proxies.ts';
import type { SavedTables } from './linux/saved-tables.ts';
import type { MachineListeners } from './listener-source.ts';
import { instanceConfiguration, remotePipes } from './windows/instance-settings.ts';
import { portProxies } from './windows/port-proxies.ts';

/** Both forms in which the kernel's rules are read. */
export interface KernelRules {
  readonly nftables: RulesetReader;
  readonly iptables: SavedTables;
}

export interface ListenersOptions {
  /** The profile's way to SQL Server, which says which instance is meant. */
  readonly transport: SqlTransport;
  readonly clock: Clock;
  /** On Linux: the rules that may pass ports on; undefined elsewhere. */
  readonly rules: KernelRules | undefined;
  readonly platform?: NodeJS.Platform;
}

/** Who knows on this machine where SQL Server accepts connections. Elsewhere than on Windows and Linux: nobody. */
export function platformListeners(options: ListenersOptions): MachineListeners {
  const { transport, clock, rules, platform = process.platform } = options;
  if (platform === 'win32')
    return {
      sources: [
        instanceConfiguration(windowsRegistryReader, transport, clock),
        portProxies(windowsRegistryReader, clock),
      ],
      remotePipes: async () => await remotePipes(windowsRegistryReader, transport, clock),
    };
  return {
    sources:
      platform === 'linux'
        ? [
            mssqlConfiguration(mssqlPlaces(), clock),
            openSockets('/proc', clock),
            dockerProxies('/proc', clock),
            ...(rules === undefined
              ? []
              : [
                  addressTranslations(rules.nftables, rules.iptables, clock),
                  legacyTranslations(rules.iptables, clock),
                ]),
          ]
        : [],
    // SQL Server on Linux has no named pipes.
    remotePipes: async () => await Promise.resolve(known(false, clock.now())),
  };
}
