import type { OutsideProbe } from '#electron/firewall/firewall.ts';
import type { ControlClient } from './control/control-client.ts';

/** The outside probe of the training site: its remote workstation, another address of the loopback network. */
export function trainingOutsideProbe(client: ControlClient): OutsideProbe {
  return { probe: (listeners) => client.call('probe', { listeners: [...listeners] }) };
}
