import { existsSync } from 'node:fs';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import { nothingAtStart } from '#electron/at-start/nothing-at-start.ts';
import { systemdAtStart } from '#electron/at-start/systemd-at-start.ts';
import type { Firewall } from '#electron/firewall/firewall.ts';
import { thisWindows } from '#electron/firewall/netsecurity/this-windows.ts';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { wholeRuleset } from '#electron/firewall/nftables/whole-ruleset.ts';
import { rememberReading } from '#electron/firewall/remembered-reading.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import { platformInstance } from '#electron/instance/platform-instance.ts';
import { savedTables } from '#electron/listeners/linux/saved-tables.ts';
import { platformListeners } from '#electron/listeners/platform-listeners.ts';
import type { KernelRules } from '#electron/listeners/platform-listeners.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { privilegedBy } from '#electron/machine/privileged.ts';
import type { OpenedSite } from './opened-site.ts';

/** What differs between the firewalls of the platforms. */
interface Wall {
  readonly firewall: Firewall;
  readonly atStart: AtStart;
  /** Every rule there is, where ports may be passed on by rules; undefined where they are not. */
  readonly rules: KernelRules | undefined;
}

/** Firewall, listeners and what belongs to them, of the machine that Mortise runs on; `folder` keeps what they need. */
export function platformNetwork(
  { endpoint: { transport } }: SiteProfile,
  folder: string,
  clock: Clock,
): Pick<OpenedSite, 'firewall' | 'listeners' | 'atStart' | 'instance'> {
  const { firewall, atStart, rules } = platformWall(transport, folder, clock);
  return {
    firewall,
    atStart,
    listeners: platformListeners({ transport, clock, rules }),
    instance: platformInstance({ transport, folder, clock }),
  };
}

function platformWall(transport: SiteProfile['endpoint']['transport'], folder: string, clock: Clock): Wall {
  switch (process.platform) {
    case 'win32':
      return { ...thisWindows({ clock, transport, stateFolder: folder }), rules: undefined };
    case 'linux': {
      const privileged = privilegedBy();
      return {
        firewall: rememberReading(nftablesFirewall({ clock, privileged }), clock),
        // As systemctl(1) tells whether systemd is what runs this machine.
        atStart: existsSync('/run/systemd/system') ? systemdAtStart({ clock, privileged }) : nothingAtStart(clock),
        rules: { nftables: async () => await wholeRuleset(privileged), iptables: savedTables({ privileged }) },
      };
    }
    default:
      return { firewall: noFirewall(clock), atStart: nothingAtStart(clock), rules: undefined };
  }
}
