import { join } from 'node:path';
import type { ChangeInput } from '#shared/contract.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { profileFile } from '#electron/site/profile/site-library.ts';
import { textDiff } from '#electron/site/profile/text-diff.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, verified } from '../outcome.ts';
import { questionFor } from './changeable.ts';
import { showable } from './save-site.ts';
import type { SiteChangeParts } from './save-site.ts';

/** Takes a site out of the library. The site itself, its journals and its passwords stay. */
export class RemoveSite implements Change<ChangeInput<'sites.remove'>> {
  readonly #parts: SiteChangeParts;

  constructor(parts: SiteChangeParts) {
    this.#parts = parts;
  }

  async plan({ id }: ChangeInput<'sites.remove'>): Promise<Result<Draft>> {
    const { library, clock, siteId } = this.#parts;
    const stored = await library.read(id);
    if (!stored.ok) return stored;
    const question = await questionFor(id, 'removed', this.#parts);
    if (!question.ok) return question;
    const { text, profile } = stored.value;
    const name = profile === null ? id : `"${profile.name}"`;
    const path = join(library.folder, profileFile(id));
    const title = 'Remove a site from the library';
    return succeed({
      body: {
        title,
        summary: `${name} is taken out of the library of this machine.`,
        steps: [
          {
            id: 'remove',
            title: `Delete ${profileFile(id)}`,
            changes: [{ kind: 'file', path, diff: textDiff(showable(text ?? ''), '') }],
          },
        ],
        affected: [
          {
            who: 'The library of sites of this machine',
            how: 'Nothing on the server is changed. Journals, and passwords in the keychain, stay.',
          },
        ],
        warnings: [
          ...(text === undefined ? ['The stored file cannot be read, so what it holds is not shown.'] : []),
          ...(id === siteId ? ['This site is open, and stays so until another one is opened.'] : []),
        ],
        takeBack: {
          possible: true,
          how: 'Import the profile again; its text stands in this plan. Export it first to be sure.',
        },
        consent: question.value,
      },
      rests: text ?? 'unreadable',
      apply: async (run): Promise<Result<ReturnType<typeof outcomeOf>>> => {
        run.mark('remove', 'running');
        const removed = await library.remove(id);
        if (!removed.ok) return removed;
        const left = await library.ids();
        if (!left.ok) return left;
        if (left.value.includes(id)) return failed(failure('proof-failed', { what: `${path} is still there` }));
        run.mark('remove', 'done');
        const claim = verified(`${path} is gone`, 'The folder was listed again', clock);
        return succeed(outcomeOf(title, `${name} is no longer in the library.`, [claim], clock));
      },
    });
  }
}
