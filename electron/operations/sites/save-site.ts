import { join } from 'node:path';
import type { ChangeInput } from '#shared/contract.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { addressText } from '#shared/site-profile.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { profileFile, profileText } from '#electron/site/profile/site-library.ts';
import { textDiff } from '#electron/site/profile/text-diff.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, verified } from '../outcome.ts';
import { questionFor } from './changeable.ts';
import type { ChangeableParts } from './changeable.ts';

export interface SiteChangeParts extends ChangeableParts {
  readonly clock: Clock;
}

/** Keeps a profile in the library: a new site, or another profile of one that is there. */
export class SaveSite implements Change<ChangeInput<'sites.save'>> {
  readonly #parts: SiteChangeParts;

  constructor(parts: SiteChangeParts) {
    this.#parts = parts;
  }

  async plan({ id: given, profile }: ChangeInput<'sites.save'>): Promise<Result<Draft>> {
    const { library, clock, siteId } = this.#parts;
    const question = given === null ? succeed(null) : await questionFor(given, 'changed', this.#parts);
    if (!question.ok) return question;
    const stored = given === null ? undefined : await library.read(given);
    if (stored?.ok === false) return stored;
    const free = given === null ? await library.freeId(profile.name) : succeed(given);
    if (!free.ok) return free;
    const id = free.value;
    const [before, after] = [stored?.value.text ?? '', profileText(profile)];
    if (before === after) return failed(failure('already-so', { what: `the library holds exactly this profile` }));
    const isNew = stored === undefined;
    const path = join(library.folder, profileFile(id));
    const title = isNew ? 'Keep a new site' : 'Change the profile of a site';
    return succeed({
      body: {
        title,
        summary: `"${profile.name}" (${addressText(profile.endpoint)}, database ${profile.endpoint.database}) is kept as ${id}.`,
        steps: [
          {
            id: 'write',
            title: `Write ${profileFile(id)}`,
            changes: [{ kind: 'file', path, diff: textDiff(showable(before), after) }],
          },
        ],
        affected: [{ who: 'The library of sites of this machine', how: 'Nothing on the server is changed.' }],
        warnings: [
          ...(stored !== undefined && stored.value.profile === null
            ? ['The stored file cannot be used as it is, and is replaced.']
            : []),
          ...(id === siteId ? ['This site is open: the change counts when it is opened again.'] : []),
        ],
        takeBack: isNew
          ? { possible: true, how: 'Remove the site from the library.' }
          : { possible: true, how: 'Save the profile as it was; the former text stands in this plan.' },
        consent: question.value,
      },
      // What is in the file, byte for byte: the diff does not show how it ends.
      rests: before,
      apply: async (run): Promise<Result<ReturnType<typeof outcomeOf>>> => {
        run.mark('write', 'running');
        const written = await library.write(id, profile);
        if (!written.ok) return written;
        const now = await library.read(id);
        if (!now.ok) return now;
        if (now.value.text !== after)
          return failed(failure('proof-failed', { what: `${path} does not hold what was written` }));
        run.mark('write', 'done');
        const claim = verified(`${path} holds the profile`, 'Read back from the disk', clock);
        return succeed(outcomeOf(title, `The library holds "${profile.name}" as ${id}.`, [claim], clock));
      },
    });
  }
}

/** A damaged file as it can be shown: nothing in it acts on the screen. */
export const showable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (found) =>
    found === '\n' ? found : `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`,
  );
