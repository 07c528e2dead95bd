import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changed, damages } from '#tests/unit/site/profile/damages.ts';
import { storedProfile } from '#tests/unit/site/profile/stored-profile.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { codeOf, sentenceOf } from '#tests/unit/shared/result-of.ts';
import { change, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';

let stateFolder: string;
beforeEach(async () => {
  stateFolder = await newStateFolder();
});
afterEach(async () => {
  await removeStateFolder(stateFolder);
});

const fileOf = (id: string) => join(stateFolder, 'sites', `${id}.json`);

const entriesOf = (trail: Snapshot['trail']) => (trail.state === 'known' ? trail.value.entries : undefined);

describe('The library of sites', () => {
  it('keeps a new site, changes it, compares it, and takes it away again', async () => {
    const mortise = await openMortise({ stateFolder });
    const { sites } = mortise.client;
    try {
      expect(valueOf(await sites.list({}))).toEqual([]);
      const plan = valueOf(await sites.save.plan({ id: null, profile: storedProfile }));
      expect(plan.consent).toBeNull();
      expect(plan.steps[0]?.changes[0]).toMatchObject({ kind: 'file', path: fileOf('harbour-office') });
      valueOf(await sites.save.apply({ planId: plan.planId }));
      expect(valueOf(await sites.list({}))).toEqual([
        { id: 'harbour-office', profile: storedProfile, faults: [], lastSeen: null, open: false },
      ]);

      const renamed = { ...storedProfile, name: 'Harbour Office 2' };
      valueOf(await change(sites.save, { id: null, profile: storedProfile }));
      valueOf(await change(sites.save, { id: 'harbour-office-2', profile: renamed }));
      expect(valueOf(await sites.difference({ left: 'harbour-office', right: 'harbour-office-2' }))).toEqual([
        { path: 'name', left: 'Harbour Office', right: 'Harbour Office 2' },
      ]);
      valueOf(await change(sites.remove, { id: 'harbour-office' }));
      expect(valueOf(await sites.list({})).map(({ id }) => id)).toEqual(['harbour-office-2']);
    } finally {
      await mortise.close();
    }
  });

  it('gives the second of two windows that save at once an outdated plan, and keeps what the first one wrote', async () => {
    const [one, other] = [await openMortise({ stateFolder }), await openMortise({ stateFolder })];
    try {
      valueOf(await change(one.client.sites.save, { id: null, profile: storedProfile }));
      const save = async ({ client }: typeof one, runLogin: string) =>
        valueOf(await client.sites.save.plan({ id: 'harbour-office', profile: { ...storedProfile, runLogin } }));
      const [first, second] = [await save(one, 'mortise_a'), await save(other, 'mortise_b')];
      valueOf(await one.client.sites.save.apply({ planId: first.planId }));
      const kept = await readFile(fileOf('harbour-office'));
      expect(codeOf(await other.client.sites.save.apply({ planId: second.planId }))).toBe('plan-outdated');
      expect(await readFile(fileOf('harbour-office'))).toEqual(kept);
    } finally {
      await one.close();
      await other.close();
    }
  });

  it('lists a damaged file with its faults, and replaces it only where a plan says so', async () => {
    const mortise = await openMortise({ stateFolder });
    const { sites } = mortise.client;
    try {
      valueOf(await change(sites.save, { id: null, profile: storedProfile }));
      const damaged = '{ "name": "Harbour\u202e" ';
      await writeFile(fileOf('harbour-office'), damaged);
      const [entry] = valueOf(await sites.list({}));
      expect(entry).toMatchObject({ id: 'harbour-office', profile: null, faults: [{ code: 'json', path: '' }] });
      const plan = valueOf(await sites.save.plan({ id: 'harbour-office', profile: storedProfile }));
      expect(plan.warnings).toContain('The stored file cannot be used as it is, and is replaced.');
      expect(JSON.stringify(plan)).not.toContain('\u202e');
      expect(await readFile(fileOf('harbour-office'), 'utf8')).toBe(damaged);
      expect(codeOf(await sites.export({ id: 'harbour-office' }))).toBe('profile-invalid');
      valueOf(await sites.save.apply({ planId: plan.planId }));
      expect(valueOf(await sites.list({}))[0]?.profile).toEqual(storedProfile);
    } finally {
      await mortise.close();
    }
  });

  it('is left byte for byte as it was by every profile that is refused', async () => {
    const mortise = await openMortise({ stateFolder });
    const { sites } = mortise.client;
    try {
      valueOf(await change(sites.save, { id: null, profile: storedProfile }));
      const before = await readFile(fileOf('harbour-office'));
      const trail = mortise.snapshot().then((snapshot) => snapshot.trail);
      for (const { what, path, value } of damages) {
        const text = changed(path, value);
        const checked = valueOf(await sites.check({ text }));
        expect(checked.profile, what).toBeNull();
        expect(checked.faults, what).not.toEqual([]);
        for (const id of ['harbour-office', null])
          expect(codeOf(await sites.save.plan({ id, profile: JSON.parse(text) as SiteProfile })), what).toBe(
            'bad-request',
          );
      }
      expect(await readFile(fileOf('harbour-office'))).toEqual(before);
      expect(await readdir(join(stateFolder, 'sites'))).toEqual(['harbour-office.json']);
      expect((await mortise.snapshot()).trail).toMatchObject({ value: { entries: entriesOf(await trail) } });
    } finally {
      await mortise.close();
    }
  });

  it('opens no other site where there is no window, and chooses no file', async () => {
    const mortise = await openMortise({ stateFolder });
    try {
      expect(codeOf(await mortise.client.sites.open({ id: null }))).toBe('not-allowed');
      expect(sentenceOf(await mortise.client.sites.chooseFile({}))).toContain('mortise profile import FILE');
      expect(codeOf(await mortise.client.sites.remove.plan({ id: 'nobody' }))).toBe('site-unknown');
    } finally {
      await mortise.close();
      await rm(join(stateFolder, 'sites'), { recursive: true, force: true });
    }
  });
});
