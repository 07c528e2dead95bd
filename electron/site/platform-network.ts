import { win32 } from 'node:path';
import { succeed } from '#shared/result.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { nothingAtStart } from '#electron/at-start/nothing-at-start.ts';
import { scheduledTask } from '#electron/at-start/scheduled-task.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';
import { WindowsPowerShell } from '#electron/firewall/netsecurity/powershell-host.ts';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { wholeRuleset } from '#electron/firewall/nftables/whole-ruleset.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import { noInstance } from '#electron/instance/no-instance.ts';
import { platformListeners } from '#electron/listeners/platform-listeners.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { privilegedBy } from '#electron/machine/privileged.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { nativeServiceManager } from '#electron/services/windows/native-service-manager.ts';
import type { OpenedSite } from './opened-site.ts';

export type PlatformNetwork = Pick<OpenedSite, 'firewall' | 'listeners' | 'atStart' | 'instance'>;

/** Firewall, listeners and what belongs to them, of the machine that Mortise runs on; `folder` keeps what they need. */
export function platformNetwork(profile: SiteProfile, folder: string, clock: Clock): PlatformNetwork {
  const { transport } = profile.endpoint;
  switch (process.platform) {
    case 'win32':
      return windowsNetwork(folder, transport, clock);
    case 'linux':
      return linuxNetwork(transport, clock);
    default:
      return {
        firewall: noFirewall(clock),
        listeners: platformListeners({ transport, clock, ruleset: async () => await Promise.resolve(succeed([])) }),
        atStart: nothingAtStart(clock),
        instance: noInstance(clock),
      };
  }
}

function linuxNetwork(transport: SiteProfile['endpoint']['transport'], clock: Clock): PlatformNetwork {
  const privileged = privilegedBy();
  return {
    firewall: nftablesFirewall({ clock, privileged }),
    listeners: platformListeners({ transport, clock, ruleset: async () => await wholeRuleset(privileged) }),
    atStart: nothingAtStart(clock),
    instance: noInstance(clock),
  };
}

function windowsNetwork(
  folder: string,
  transport: SiteProfile['endpoint']['transport'],
  clock: Clock,
): PlatformNetwork {
  const systemRoot = process.env['SystemRoot'] ?? 'C:\\Windows';
  const host = new WindowsPowerShell({ systemRoot });
  const registry = windowsRegistryReader;
  return {
    firewall: netSecurityFirewall({ clock, host, registry, services: nativeServiceManager }),
    listeners: platformListeners({ transport, clock, ruleset: async () => await Promise.resolve(succeed([])) }),
    atStart: scheduledTask({ clock, host, registry, systemRoot, request: win32.join(folder, 'at-start.json') }),
    instance: noInstance(clock),
  };
}
