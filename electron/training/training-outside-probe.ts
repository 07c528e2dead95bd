import type { OutsideProbe } from '#electron/firewall/firewall.ts';
import type { ControlClient } from './control/control-client.ts';

/** The outside probe of the training site: its remote workstation, another address of the loopback network. */
export function trainingOutsideProbe(client: ControlClient): OutsideProbe {
  return {
    possible: true,
    probe: async (listeners) =>
      await client.call('probe', {
        listeners: listeners.map(({ address, port, protocol, purpose }) => ({ address, port, protocol, purpose })),
      }),
  };
}
