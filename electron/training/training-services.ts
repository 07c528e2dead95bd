import { systemClock } from '#electron/machine/clock.ts';
import type { Services } from '#electron/services/services.ts';
import { known, unknown } from '#shared/reading.ts';
import type { ControlClient } from './control/control-client.ts';
import { done } from './control/done.ts';

/** The site answers when the service's own limit is over; its answer gets this long on top, in milliseconds. */
const answerLimit = 5000;

/** The services port of the training site: its one service is a real process. */
export function trainingServices(client: ControlClient, clock = systemClock): Services {
  return {
    inspect: async (name) => {
      const answer = await client.call('services.inspect', { name });
      return answer.ok ? known(answer.value, clock.now()) : unknown(answer.error, clock.now());
    },
    stop: async (name, limit) => done(await client.call('services.stop', { name, limit }, limit + answerLimit)),
    // Its one service is needed by no other.
    runningDependants: async () => await Promise.resolve(known([], clock.now())),
    start: async (name, limit) => done(await client.call('services.start', { name, limit }, limit + answerLimit)),
  };
}
