import { describe, expect, it } from 'vitest';
import { errorCodes, failure } from '#shared/errors.ts';
import type { ErrorCode, Failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { Commissioning, Snapshot } from '#shared/snapshot.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { RemoveSite } from '#electron/operations/sites/remove-site.ts';
import { SaveSite } from '#electron/operations/sites/save-site.ts';
import { quietRun } from '#electron/operations/run.ts';
import { SiteLibrary, profileText } from '#electron/site/profile/site-library.ts';
import { siteTemplates } from '#electron/site/profile/templates.ts';
import type { SiteFiles } from '#electron/site/profile/site-files.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { storedProfile } from './stored-profile.ts';

/** A disk in memory that can refuse, and can lie about what it wrote. */
class FakeDisk implements SiteFiles {
  readonly folder = '/sites';
  readonly contents = new Map<string, string>();
  refuses: { readonly write?: Failure; readonly remove?: Failure } = {};
  loses = false;

  list = async () => await Promise.resolve(succeed([...this.contents.keys()]));
  read = async (name: string): Promise<Result<Uint8Array | undefined>> => {
    const text = this.contents.get(name);
    return await Promise.resolve(succeed(text === undefined ? undefined : Buffer.from(text)));
  };
  write = async (name: string, content: string) => {
    const refused = this.refuses.write;
    if (refused !== undefined) return await Promise.resolve(failed(refused));
    if (!this.loses) this.contents.set(name, content);
    return await Promise.resolve(succeed());
  };
  remove = async (name: string) => {
    const refused = this.refuses.remove;
    if (refused !== undefined) return await Promise.resolve(failed(refused));
    if (!this.loses) this.contents.delete(name);
    return await Promise.resolve(succeed());
  };
}

type State = Commissioning['state'];
type Reading = Snapshot['commissioning'];

const at = new Date('2026-11-21T20:00:00.000Z');
const stateKnown = (state: State): Reading =>
  known(
    (state === 'not-prepared'
      ? { state }
      : state === 'half-prepared'
        ? { state, found: [] }
        : {
            state,
            since: at.toISOString(),
            by: 'a',
            reason: 'b',
            until: null,
            registered: 0,
            unreviewed: 0,
            drift: [],
          }) as Commissioning,
    at,
  );

function world(options: { readonly siteId?: null; readonly commissioning?: Reading } = {}) {
  const { siteId = 'harbour', commissioning = stateKnown('on') } = options;
  const disk = new FakeDisk();
  disk.contents.set('harbour.json', profileText(storedProfile));
  const library = new SiteLibrary(disk);
  const parts = { library, siteId, clock: systemClock, snapshot: async () => await Promise.resolve({ commissioning }) };
  return { disk, library, save: new SaveSite(parts), remove: new RemoveSite(parts) };
}

const mended: SiteProfile = { ...storedProfile, runLogin: 'mortise_other' };
const openStates: readonly State[] = ['on', 'not-prepared', 'half-prepared', 'rehearsal-over', 'upgrading'];
const lockedStates: readonly State[] = ['off', 'locked-by-time', 'rehearsing'];

describe('The profile of the site that is open', () => {
  it.each(openStates)('may be changed and removed while its commissioning mode is %s', async (state) => {
    const { save, remove } = world({ commissioning: stateKnown(state) });
    expect(valueOf(await save.plan({ id: 'harbour', profile: mended })).body.consent).toBeNull();
    expect(valueOf(await remove.plan({ id: 'harbour' })).body.consent).toBeNull();
  });

  it.each(lockedStates)('may be neither changed nor removed while its commissioning mode is %s', async (state) => {
    const { save, remove, disk } = world({ commissioning: stateKnown(state) });
    const before = [...disk.contents];
    expect(codeOf(await save.plan({ id: 'harbour', profile: mended }))).toBe('not-allowed');
    expect(sentenceOf(await remove.plan({ id: 'harbour' }))).toContain('Commissioning mode of this site is off');
    expect([...disk.contents]).toEqual(before);
  });

  it('may be mended, after a question, whatever a wrong profile makes unreadable', async () => {
    const passing: readonly ErrorCode[] = ['lock-timeout', 'connection-lost', 'busy', 'keychain-locked', 'internal'];
    for (const code of errorCodes) {
      const { save, library } = world({ commissioning: unknown({ code, sentence: 'A reason.', next: 'A way.' }, at) });
      await library.keepSeen('harbour', { at: at.toISOString(), commissioning: 'off', controllers: 1, drift: 0 });
      const planned = await save.plan({ id: 'harbour', profile: mended });
      if (passing.includes(code)) {
        expect(codeOf(planned), code).toBe('not-allowed');
        continue;
      }
      const { consent } = valueOf(planned).body;
      expect(consent, code).toContain('Whether this site is locked cannot be read');
      expect(consent, code).toContain('commissioning was "off"');
    }
  });

  it('counts when the site is opened again, which the plan says', async () => {
    const { save } = world();
    expect(valueOf(await save.plan({ id: 'harbour', profile: mended })).body.warnings).toEqual([
      'This site is open: the change counts when it is opened again.',
    ]);
  });
});

describe('The profile of a site that is not open', () => {
  it.each([...openStates, ...lockedStates, 'a word of another version'])(
    'is judged by what was last seen of it: %s',
    async (state) => {
      const { save, remove, library } = world({ siteId: null, commissioning: stateKnown('off') });
      await library.keepSeen('harbour', { at: at.toISOString(), commissioning: state, controllers: 1, drift: 0 });
      const allowed = (openStates as readonly string[]).includes(state);
      expect((await save.plan({ id: 'harbour', profile: mended })).ok).toBe(allowed);
      expect((await remove.plan({ id: 'harbour' })).ok).toBe(allowed);
    },
  );

  it('may be changed where nothing was ever seen of it', async () => {
    const { save } = world({ siteId: null, commissioning: stateKnown('off') });
    expect((await save.plan({ id: 'harbour', profile: mended })).ok).toBe(true);
  });
});

describe('Keeping a profile', () => {
  it('is planned with the file and the difference, and changes nothing until it is applied', async () => {
    const { save, disk } = world();
    const before = [...disk.contents];
    const draft = valueOf(await save.plan({ id: 'harbour', profile: mended }));
    expect(draft.body.steps).toEqual([
      {
        id: 'write',
        title: 'Write harbour.json',
        changes: [
          {
            kind: 'file',
            path: '/sites/harbour.json',
            diff: expect.stringContaining('-  "runLogin": "mortise_run",\n+  "runLogin": "mortise_other",'),
          },
        ],
      },
    ]);
    expect([...disk.contents]).toEqual(before);
    const outcome = valueOf(await draft.apply(quietRun('run')));
    expect(outcome.claims).toMatchObject([{ verdict: 'verified' }]);
    expect(disk.contents.get('harbour.json')).toBe(profileText(mended));
  });

  it('makes a new site where none is named, also of the same name', async () => {
    const { save, disk } = world();
    for (const id of ['harbour-office', 'harbour-office-2']) {
      const draft = valueOf(await save.plan({ id: null, profile: storedProfile }));
      valueOf(await draft.apply(quietRun('run')));
      expect(disk.contents.has(`${id}.json`)).toBe(true);
    }
  });

  it('has nothing to do where the library holds exactly that', async () => {
    const { save } = world();
    expect(codeOf(await save.plan({ id: 'harbour', profile: storedProfile }))).toBe('already-so');
  });

  it('rests on every byte of the file that it replaces', async () => {
    const { save, disk } = world();
    const rests = async () => valueOf(await save.plan({ id: 'harbour', profile: mended })).rests;
    const before = await rests();
    disk.contents.set('harbour.json', `${profileText(storedProfile)} `);
    expect(await rests()).not.toBe(before);
  });

  it('of a site that is gone meanwhile is refused', async () => {
    const { save } = world();
    expect(codeOf(await save.plan({ id: 'nobody', profile: mended }))).toBe('site-unknown');
  });

  it('on a full disk fails with that, and leaves the file as it was', async () => {
    const { save, remove, disk } = world();
    disk.refuses = {
      write: failure('disk-full', { path: '/sites' }),
      remove: failure('state-folder-unusable', { path: '/sites', cause: 'it is read-only' }),
    };
    const before = [...disk.contents];
    const draft = valueOf(await save.plan({ id: 'harbour', profile: mended }));
    expect(codeOf(await draft.apply(quietRun('run')))).toBe('disk-full');
    const removal = valueOf(await remove.plan({ id: 'harbour' }));
    expect(codeOf(await removal.apply(quietRun('run')))).toBe('state-folder-unusable');
    expect([...disk.contents]).toEqual(before);
  });

  it('is not called done where the disk does not hold it', async () => {
    const { save, remove, disk } = world();
    disk.loses = true;
    const draft = valueOf(await save.plan({ id: 'harbour', profile: mended }));
    expect(codeOf(await draft.apply(quietRun('run')))).toBe('proof-failed');
    const removal = valueOf(await remove.plan({ id: 'harbour' }));
    expect(codeOf(await removal.apply(quietRun('run')))).toBe('proof-failed');
  });
});

describe('Removing a site', () => {
  it('shows the whole text that goes, and keeps what lies beside it', async () => {
    const { remove, disk } = world();
    disk.contents.set('north.json', '{}');
    const draft = valueOf(await remove.plan({ id: 'harbour' }));
    expect(JSON.stringify(draft.body.steps)).toContain('-  \\"runLogin\\": \\"mortise_run\\",');
    valueOf(await draft.apply(quietRun('run')));
    expect([...disk.contents.keys()]).toEqual(['north.json']);
  });

  it('is possible where the stored file is damaged, and shows it without obeying it', async () => {
    const { remove, disk } = world();
    disk.contents.set('harbour.json', '\u001b[2J\u202e{');
    const draft = valueOf(await remove.plan({ id: 'harbour' }));
    expect(draft.body.summary).toContain('harbour');
    expect(JSON.stringify(draft.body)).not.toMatch(/\u202e|\\u001b/);
    valueOf(await draft.apply(quietRun('run')));
    expect(disk.contents.size).toBe(0);
  });
});

describe('A template', () => {
  it('is never kept as it is: a profile with holes does not reach the library', () => {
    expect(siteTemplates().every(({ draft }) => JSON.stringify(draft).includes('""'))).toBe(true);
  });
});
