import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { largestProfile } from '#shared/vocabulary.ts';
import { noOutsideProbe } from '#electron/firewall/no-outside-probe.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { openStateFolder } from '#electron/machine/state-folder.ts';
import { readTrustedFile } from '#electron/machine/trusted-file.ts';
import { noFaults } from '#electron/operations/training-fault.ts';
import { keytarSecretStore } from '#electron/secrets/keytar-secret-store.ts';
import { platformServices } from '#electron/services/platform-services.ts';
import type { OpenedSite } from './opened-site.ts';
import { platformNetwork } from './platform-network.ts';
import { profileInvalid, readProfile } from './profile/read-profile.ts';
import { journalFolder } from './profile/site-library.ts';
import type { SiteLibrary } from './profile/site-library.ts';

/** Which real site is wanted: a profile's file, or a site of the library. */
export type WantedSite = { readonly file: string } | { readonly id: string };

/** A real site, and where its journals belong: not among another site's, which would be continued here. */
export interface RealSite {
  readonly site: OpenedSite;
  /** Its name in the library; null for a file. */
  readonly id: string | null;
  readonly journals: string;
}

/** Opens a real site: secrets in the keychain; services, firewall and listeners by this machine's own. */
export async function openRealSite(wanted: WantedSite, library: SiteLibrary, clock: Clock): Promise<Result<RealSite>> {
  const profile = 'file' in wanted ? await profileFromFile(wanted.file) : await profileFromLibrary(library, wanted.id);
  if (!profile.ok) return profile;
  const id = 'id' in wanted ? wanted.id : null;
  const journals = await makeJournalFolder(library, journalFolder(id ?? `file-${endpointDigest(profile.value)}`));
  if (!journals.ok) return journals;
  const site: OpenedSite = {
    kind: 'real',
    profile: profile.value,
    ...platformNetwork(profile.value, journals.value, clock),
    probe: noOutsideProbe,
    services: platformServices(clock),
    // Two sites of one name must not meet in the keychain; the id stays when the name is mended.
    store: keytarSecretStore({ site: id ?? profile.value.name }),
    lent: undefined,
    faults: noFaults,
    close: async () => await Promise.resolve(),
  };
  return succeed({ site, id, journals: journals.value });
}

/** A profile's file: only one that nobody else can write is trusted. */
async function profileFromFile(path: string): Promise<Result<SiteProfile>> {
  const bytes = await readTrustedFile(path, { mostBytes: largestProfile });
  if (!bytes.ok) return bytes;
  const { profile, faults } = readProfile(bytes.value);
  return profile === null ? failed(profileInvalid(faults, path)) : succeed(profile);
}

async function profileFromLibrary(library: SiteLibrary, id: string): Promise<Result<SiteProfile>> {
  const stored = await library.read(id);
  if (!stored.ok) return stored;
  const { profile, faults } = stored.value;
  return profile === null ? failed(profileInvalid(faults, id)) : succeed(profile);
}

async function makeJournalFolder(library: SiteLibrary, name: string): Promise<Result<string>> {
  return await openStateFolder(join(library.folder, name), { create: true });
}

/** The same for every file that describes the same database. */
const endpointDigest = ({ endpoint }: SiteProfile) =>
  createHash('sha256')
    .update(JSON.stringify([endpoint.host.toLowerCase(), endpoint.transport, endpoint.database]))
    .digest('hex')
    .slice(0, 16);
