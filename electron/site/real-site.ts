import { readFile } from 'node:fs/promises';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { noFaults } from '#electron/operations/training-fault.ts';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';
import { noServices } from '#electron/services/no-services.ts';
import type { OpenedSite } from './opened-site.ts';
import { parseSiteProfile } from './site-profile.ts';

/** A site profile is some kilobytes; a file larger than this is something else. */
const largestProfile = 256 * 1024;

/** A real site from its profile: secrets in the keychain; firewall and services unknown until their adapters come. */
export async function openRealSite(path: string, clock: Clock): Promise<Result<OpenedSite>> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(failure('profile-invalid', { what: `${path} cannot be read` }));
  if (text.length > largestProfile) return failed(failure('profile-invalid', { what: `${path} is too large` }));
  const profile = parseSiteProfile(text);
  if (!profile.ok) return profile;
  const network = noFirewall(clock);
  return succeed({
    kind: 'real',
    profile: profile.value,
    firewall: network,
    probe: network,
    services: noServices(clock),
    store: keytarSecretStore({ site: profile.value.name }),
    lent: undefined,
    faults: noFaults,
    close: async () => await Promise.resolve(),
  });
}
