import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed } from '#shared/result.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { OpenedSite } from './opened-site.ts';

/** Firewall, listeners and what belongs to them, of the machine that Mortise runs on. */
export function platformNetwork(
  _profile: SiteProfile,
  _folder: string,
  clock: Clock,
): Pick<OpenedSite, 'firewall' | 'listeners' | 'atStart' | 'instance'> {
  const none = failure('firewall-no-adapter');
  return {
    firewall: noFirewall(clock),
    listeners: { sources: [], remotePipes: async () => await Promise.resolve(known(false, clock.now())) },
    atStart: {
      read: async () => await Promise.resolve(known('not-installed', clock.now())),
      describe: () => [],
      install: async () => await Promise.resolve(failed(none)),
      remove: async () => await Promise.resolve(failed(none)),
    },
    instance: {
      service: '',
      layers: [],
      read: async () =>
        await Promise.resolve(unknown(failure('instance-not-here', { cause: 'there is no adapter' }), clock.now())),
      describe: async () => await Promise.resolve(failed(none)),
      write: async () => await Promise.resolve(failed(none)),
    },
  };
}
