import { systemClock } from '#electron/machine/clock.ts';
import type { Firewall } from '#electron/firewall/firewall.ts';
import { known, unknown } from '#shared/reading.ts';
import type { ControlClient } from './control/control-client.ts';
import { describeRules } from './firewall-rules.ts';
import { done } from './control/done.ts';

/** The firewall port of the training site: a simulated firewall in front of the simulated server. */
export function trainingFirewall(client: ControlClient, clock = systemClock): Firewall {
  return {
    describe: describeRules,
    read: async () => {
      const answer = await client.call('firewall.read', {});
      return answer.ok ? known(answer.value, clock.now()) : unknown(answer.error, clock.now());
    },
    block: async (listeners) => done(await client.call('firewall.block', { listeners: [...listeners] })),
    unblock: async () => done(await client.call('firewall.unblock', {})),
  };
}
