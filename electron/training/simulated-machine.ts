import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed } from '#shared/result.ts';
import type { OpenedSite } from '#electron/site/opened-site.ts';
import { systemClock } from '#electron/machine/clock.ts';

/**
 * What the training site does not simulate of a machine: it has no sources of listeners besides SQL Server's own word, its
 * firewall outlasts every start, and SQL Server listens everywhere.
 */
export function simulatedMachine(clock = systemClock): Pick<OpenedSite, 'listeners' | 'atStart' | 'instance'> {
  const notHere = failure('not-allowed', { why: 'The training site does not practise this.' });
  return {
    listeners: {
      sources: [],
      remotePipes: async () => await Promise.resolve(known(false, clock.now())),
    },
    atStart: {
      read: async () => await Promise.resolve(known('not-needed', clock.now())),
      describe: () => [],
      describeRemoval: () => [],
      install: async () => await Promise.resolve(failed(notHere)),
      remove: async () => await Promise.resolve(failed(notHere)),
    },
    instance: {
      service: '',
      layers: [],
      read: async () => await Promise.resolve(known('everywhere', clock.now())),
      describe: async () => await Promise.resolve(failed(notHere)),
      write: async () => await Promise.resolve(failed(notHere)),
    },
  };
}
