import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { ProfileFault, SiteProfile } from '#shared/site-profile.ts';
import { siteIdSchema } from '#shared/sites.ts';
import type { CheckedProfile, SiteEntry } from '#shared/sites.ts';
import { readProfile } from './read-profile.ts';
import type { SiteFiles } from './site-files.ts';

/** A stored site as it is in the folder now. */
export interface StoredSite extends CheckedProfile {
  readonly id: string;
  /** The file as text; undefined where it cannot be read as text. */
  readonly text: string | undefined;
}

export type LastSeen = NonNullable<SiteEntry['lastSeen']>;

const seenSchema = z.strictObject({
  at: z.iso.datetime(),
  commissioning: z.string().max(40),
  controllers: z.int().nonnegative(),
  drift: z.int().nonnegative(),
});

/** What a site's files are called. Journals of a site lie in a folder of its own, `<id>.journals`. */
export const profileFile = (id: string) => `${id}.json`;
const seenFile = (id: string) => `${id}.seen.json`;
export const journalFolder = (id: string) => `${id}.journals`;

/** As it is stored and exported: one text for one profile, so that files can be compared. */
export const profileText = (profile: SiteProfile): string => `${JSON.stringify(profile, null, 2)}\n`;

/**
 * The sites that an engineer looks after: `<id>.json` each, and beside it what was last seen of it. A damaged file is
 * listed with its faults and never overwritten by itself. Writers hold the machine's lock; readers need none.
 */
export class SiteLibrary {
  readonly #files: SiteFiles;

  constructor(files: SiteFiles) {
    this.#files = files;
  }

  get folder(): string {
    return this.#files.folder;
  }

  async ids(): Promise<Result<readonly string[]>> {
    const names = await this.#files.list();
    if (!names.ok) return names;
    const ids = names.value.flatMap((name) => /^([^.]+)\.json$/.exec(name)?.[1] ?? []);
    return succeed(ids.filter((id) => siteIdSchema.safeParse(id).success).toSorted());
  }

  /** `site-unknown` where the library has no such site. A file that cannot be used is answered with its faults. */
  async read(id: string): Promise<Result<StoredSite>> {
    const bytes = await this.#files.read(profileFile(id));
    if (!bytes.ok) return succeed({ id, text: undefined, profile: null, faults: [unreadable(bytes.error)] });
    if (bytes.value === undefined) return failed(failure('site-unknown', { id }));
    return succeed({ id, text: textOf(bytes.value), ...readProfile(bytes.value) });
  }

  /** Every site, by its id. */
  async list(openId: string | null): Promise<Result<SiteEntry[]>> {
    const ids = await this.ids();
    if (!ids.ok) return ids;
    const entries: SiteEntry[] = [];
    for (const id of ids.value) {
      const stored = await this.read(id);
      // Removed since the folder was listed.
      if (!stored.ok) continue;
      const { profile, faults } = stored.value;
      entries.push({ id, profile, faults: [...faults], lastSeen: await this.lastSeen(id), open: id === openId });
    }
    return succeed(entries);
  }

  /** A new id for a profile's name, which nothing of another site bears. */
  async freeId(name: string): Promise<Result<string>> {
    const names = await this.#files.list();
    if (!names.ok) return names;
    // Windows and macOS do not tell names apart by case.
    const taken = new Set(names.value.map((each) => each.split('.')[0]?.toLowerCase()));
    const base = idOf(name);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (!taken.has(id)) return succeed(id);
    }
  }

  async write(id: string, profile: SiteProfile): Promise<Result<undefined>> {
    return await this.#files.write(profileFile(id), profileText(profile));
  }

  /** Takes the profile away, and what was seen. Journals stay. */
  async remove(id: string): Promise<Result<undefined>> {
    const removed = await this.#files.remove(profileFile(id));
    return removed.ok ? await this.#files.remove(seenFile(id)) : removed;
  }

  /** What was last seen; null where nothing was, or where that cannot be read. */
  async lastSeen(id: string): Promise<LastSeen | null> {
    const bytes = await this.#files.read(seenFile(id));
    if (!bytes.ok || bytes.value === undefined) return null;
    try {
      return seenSchema.safeParse(JSON.parse(Buffer.from(bytes.value).toString('utf8'))).data ?? null;
    } catch {
      return null;
    }
  }

  /** Keeps what was seen, as well as it can: nothing depends on it. */
  async keepSeen(id: string, seen: LastSeen): Promise<void> {
    await this.#files.write(seenFile(id), `${JSON.stringify(seen)}\n`);
  }
}

const unreadable = ({ sentence, next }: Failure): ProfileFault => ({
  code: 'text',
  path: '',
  sentence: `${sentence} ${next}`,
});

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Device names that Windows gives no file, whatever its ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** `Zürich, Depot 2` is `zurich-depot-2`; what has no Latin letter or digit is `site`. */
function idOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' || reserved.test(plain) ? `site${plain === '' ? '' : `-${plain}`}` : plain;
}
