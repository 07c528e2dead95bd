import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessmentSchema } from '#shared/assessment.ts';
import { isLoopback } from '#shared/site-profile.ts';
import { siteAdmin } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { mortise as runMortise } from '#tests/mortise.ts';
import { newStateFolder, openMortise, removeStateFolder, siteImage, valueOf } from './open-mortise.ts';
import type { OpenMortise } from './open-mortise.ts';

const setup = { login: siteAdmin.login, password: siteAdmin.password };

describe('A first visit to the training site, over the real composition', () => {
  let mortise: OpenMortise;
  let stateFolder = '';
  const saved: { readonly suggestedName: string; readonly content: string }[] = [];
  beforeAll(async () => {
    stateFolder = await newStateFolder();
    mortise = await openMortise({
      stateFolder,
      saver: {
        save: async (document) => {
          saved.push(document);
          return await Promise.resolve({ ok: true, value: `/home/kim/${document.suggestedName}` });
        },
      },
    });
  });
  afterAll(async () => {
    await mortise.close();
    await removeStateFolder(stateFolder);
  });

  it('has nothing to save before the first assessment', async () => {
    expect(await mortise.client.assessment.save({ format: 'html' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed' },
    });
  });

  it('reads everything as the run login, is ready for everything, and leaves the site byte by byte', async () => {
    const before = await siteImage(stateFolder);
    const report = valueOf(await mortise.client.assessment.run({ setup: null }));
    expect(await siteImage(stateFolder)).toBe(before);
    expect(report.as).toBe('mortise_run');
    expect(report.findings.filter(({ severity }) => severity === 'unknown' || severity === 'blocking')).toEqual([]);
    expect(report.verdicts.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
  });

  it('reads as the setup login where one is given, and says so', async () => {
    const report = valueOf(await mortise.client.assessment.run({ setup }));
    expect(report.as).toBe('site_admin');
  });

  it('saves the report that was made last, as a page and as JSON', async () => {
    const report = valueOf(await mortise.client.assessment.run({ setup: null }));
    const page = valueOf(await mortise.client.assessment.save({ format: 'html' }));
    const json = valueOf(await mortise.client.assessment.save({ format: 'json' }));
    expect(page.path).toMatch(/assessment-training-site-\d{4}-\d\d-\d\d\.html$/);
    expect(json.path).toMatch(/\.json$/);
    expect(saved[0]?.content).toContain('<!doctype html>');
    const { format, ...rest } = JSON.parse(saved[1]?.content ?? '{}') as { readonly format: number };
    expect(format).toBe(1);
    expect(assessmentSchema.parse(rest)).toEqual(report);
  });

  it('is a report too where the login is refused: it says why, and every verdict is blocked', async () => {
    const report = valueOf(await mortise.client.assessment.run({ setup: { ...setup, password: 'wrong' } }));
    expect(report.findings).toMatchObject([{ id: 'endpoint.unreachable', severity: 'blocking' }]);
    expect(report.findings[0]?.detail).toContain('refused the login site_admin');
    expect(JSON.stringify(report)).not.toContain(siteAdmin.password);
  });

  it('discovers the controller table from nothing but an address and a login', async () => {
    const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
    const { host, port, ca } = site.facts;
    await site.close();
    expect(isLoopback(host)).toBe(true);
    const before = await siteImage(stateFolder);
    const address = {
      host,
      transport: { kind: 'tcp', port },
      trust: { kind: 'ca', certificate: ca },
    } as const;
    const servers = valueOf(await mortise.client.sites.discover({ address, database: null, setup }));
    expect(servers).toMatchObject({ candidates: [], databases: [{ name: 'Acs', accessible: true }], unread: [] });
    const found = valueOf(await mortise.client.sites.discover({ address, database: 'Acs', setup }));
    expect(found.candidates[0]).toMatchObject({
      table: 'Controllers',
      rows: 24,
      obstacles: [],
      draft: { key: { column: 'ControllerId', type: 'int' }, serial: 'SerialNumber' },
    });
    expect(found.loginsInUse.length).toBeGreaterThan(0);
    expect(await siteImage(stateFolder)).toBe(before);
  });

  it('knows a prepared site for one', async () => {
    const plan = valueOf(await mortise.client.site.prepare.plan({ setup: null }));
    valueOf(await mortise.client.site.prepare.apply({ planId: plan.planId }));
    const report = valueOf(await mortise.client.assessment.run({ setup: null }));
    expect(report.findings.find(({ id }) => id === 'objects.there')).toMatchObject({
      severity: 'note',
      title: 'The site is prepared',
    });
    expect(report.verdicts[0]).toMatchObject({ what: 'commissioning mode', state: 'ready' });
  });
});

describe('A first visit from the command line', () => {
  let stateFolder = '';
  beforeAll(async () => {
    stateFolder = await newStateFolder();
  });
  afterAll(async () => {
    await removeStateFolder(stateFolder);
  });

  const mortise = async (args: readonly string[], ...typed: readonly string[]) =>
    await runMortise(args, { stateFolder, typed });

  it('assesses with exit code 0, prints one JSON document and saves the page', async () => {
    const path = join(stateFolder, 'report.html');
    const answer = await mortise(['assess', '--json', '--html', path]);
    expect(answer).toMatchObject({ code: 0 });
    expect(JSON.parse(answer.out)).toMatchObject({
      format: 1,
      as: 'mortise_run',
      verdicts: [{ state: 'ready' }, {}, {}],
    });
    expect(await readFile(path, 'utf8')).toContain('Assessment of Training site');
    await rm(path);
  });

  it('takes a setup password from its input, and ends with 5 where it is wrong, 2 where there is none', async () => {
    expect(await mortise(['assess', '--setup-login', 'site_admin'], siteAdmin.password)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Read as site_admin'),
    });
    expect(await mortise(['assess', '--setup-login', 'site_admin'], 'wrong')).toMatchObject({
      code: 5,
      out: expect.stringContaining('refused the login'),
    });
    expect(await mortise(['assess', '--setup-login', 'site_admin'])).toMatchObject({ code: 2 });
  });

  it('discovers a server that has no profile, and ends with 5 where nobody answers', async () => {
    const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
    const { host, port, ca } = site.facts;
    await site.close();
    const file = join(stateFolder, 'ca.pem');
    await writeFile(file, ca);
    const way = ['discover', '--host', host, '--setup-login', 'site_admin', '--database', 'Acs', '--ca', file];
    const found = await mortise([...way, '--port', String(port), '--json'], siteAdmin.password);
    expect(found).toMatchObject({ code: 0 });
    expect(JSON.parse(found.out)).toMatchObject({ as: 'site_admin', candidates: [{ table: 'Controllers' }] });
    expect(await mortise([...way, '--port', '1'], siteAdmin.password)).toMatchObject({ code: 5, out: '' });
  }, 60_000);
});
