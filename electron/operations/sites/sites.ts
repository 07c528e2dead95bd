import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { CheckedProfile, ProfileDifference, SiteEntry, SiteTemplate } from '#shared/sites.ts';
import type { DocumentSaver, FileChooser } from '#electron/machine/consent.ts';
import { differencesOf } from '#electron/site/profile/profile-difference.ts';
import { checkProfile, profileInvalid, readProfile, usable } from '#electron/site/profile/read-profile.ts';
import { profileFile, profileText } from '#electron/site/profile/site-library.ts';
import type { SiteLibrary } from '#electron/site/profile/site-library.ts';
import { siteTemplates } from '#electron/site/profile/templates.ts';

export interface SitesParts {
  readonly library: SiteLibrary;
  readonly saver: DocumentSaver;
  readonly chooser: FileChooser;
  /** Opens another site in this window; undefined where the door has none. */
  readonly openSite: ((id: string | null) => Promise<Result<undefined>>) | undefined;
  /** The site that is open; null for the training site and for a file. */
  readonly siteId: string | null;
}

/** What can be asked about the library of sites. None of it changes a site, or the library. */
export class Sites {
  readonly #parts: SitesParts;

  constructor(parts: SitesParts) {
    this.#parts = parts;
  }

  async list(): Promise<Result<SiteEntry[]>> {
    return await this.#parts.library.list(this.#parts.siteId);
  }

  async templates(): Promise<Result<SiteTemplate[]>> {
    return await Promise.resolve(succeed(siteTemplates()));
  }

  async check({ text }: { readonly text: string }): Promise<Result<CheckedProfile>> {
    return await Promise.resolve(succeed(checkProfile(text)));
  }

  async chooseFile(): Promise<Result<CheckedProfile & { path: string | null }>> {
    const chosen = await this.#parts.chooser.choose('profile');
    if (!chosen.ok) return chosen;
    if (chosen.value === null) return succeed({ profile: null, faults: [], path: null });
    return succeed({ ...readProfile(chosen.value.bytes), path: chosen.value.path });
  }

  async difference(sides: { readonly left: string; readonly right: string }): Promise<Result<ProfileDifference[]>> {
    const [left, right] = await Promise.all([this.#profile(sides.left), this.#profile(sides.right)]);
    if (!left.ok) return left;
    return right.ok ? succeed(differencesOf(left.value, right.value)) : right;
  }

  async export({ id }: { readonly id: string }): Promise<Result<{ path: string | null }>> {
    const profile = await this.#profile(id);
    if (!profile.ok) return profile;
    const content = profileText(profile.value);
    const saved = await this.#parts.saver.save({ suggestedName: profileFile(id), content });
    return saved.ok ? succeed({ path: saved.value }) : saved;
  }

  /** A site that cannot be opened is refused before the one that is open is put away. */
  async open({ id }: { readonly id: string | null }): Promise<Result<Record<string, never>>> {
    const { openSite } = this.#parts;
    if (openSite === undefined)
      return failed(
        failure('not-allowed', {
          why: 'Another site is opened in the Mortise window, or on the command line with --site.',
        }),
      );
    if (id !== null) {
      const profile = await this.#profile(id);
      if (!profile.ok) return profile;
    }
    const opened = await openSite(id);
    return opened.ok ? succeed({}) : opened;
  }

  async #profile(id: string) {
    const stored = await this.#parts.library.read(id);
    if (!stored.ok) return stored;
    return stored.value.profile === null ? failed(profileInvalid(stored.value.faults, id)) : usable(stored.value);
  }
}
