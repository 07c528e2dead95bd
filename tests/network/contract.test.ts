import { describe } from 'vitest';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { itIsAFirewall } from '#tests/unit/firewall/firewall-contract.ts';
import { LabHost } from './lab-host.ts';
import { nft } from './nftables-lab.ts';
import { rightsHere } from './rights-here.ts';

for (const rights of rightsHere()) {
  describe(`nftables, ${rights}`, () => {
    itIsAFirewall(async () => {
      const host = await LabHost.open({ ownUser: rights !== 'as root' });
      return {
        firewall: nftablesFirewall({ clock: systemClock, privileged: host.privileged() }),
        foreign: {
          put: async () => {
            await host.runEach(
              nft,
              `add table inet filter
              add chain inet filter input { type filter hook input priority 0 ; policy drop ; }
              add rule inet filter input tcp dport { 22, 1433 } counter accept`,
            );
          },
          read: async () => await host.run(nft, '-j', 'list', 'ruleset'),
        },
        close: async () => await host.close(),
      };
    });
  });
}
