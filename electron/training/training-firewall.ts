import { systemClock } from '#electron/machine/clock.ts';
import type { Firewall } from '#electron/firewall/firewall.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Listener } from '#shared/secure-mode.ts';
import type { ControlClient } from './control/control-client.ts';
import { describeRules } from './firewall-rules.ts';
import { done } from './control/done.ts';

/** The firewall port of the training site: a simulated firewall in front of the simulated server. */
export function trainingFirewall(client: ControlClient, clock = systemClock): Firewall {
  return {
    kind: 'training',
    describe: describeRules,
    read: async () => {
      const answer = await client.call('firewall.read', {});
      return answer.ok ? known({ ...answer.value, findings: [] }, clock.now()) : unknown(answer.error, clock.now());
    },
    block: async ({ listeners, allowed }) =>
      done(await client.call('firewall.block', { listeners: onePerRule(listeners), allowed: [...allowed] })),
    unblock: async () => done(await client.call('firewall.unblock', {})),
    // Only Mortise's own training site changes it, and it is read every few seconds.
    watch: () => ({ close: async () => await Promise.resolve() }),
  };
}

/** Two listeners of one port and protocol are one rule. */
function onePerRule(listeners: readonly Listener[]): Listener[] {
  const first = new Map(listeners.toReversed().map((each) => [`${each.protocol} ${each.port}`, each]));
  return listeners.filter((each) => first.get(`${each.protocol} ${each.port}`) === each).map(plain);
}

/** Without what else a survey says of it. */
const plain = ({ address, port, protocol, purpose }: Listener): Listener => ({ address, port, protocol, purpose });
