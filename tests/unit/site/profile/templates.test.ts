import { describe, expect, it } from 'vitest';
import { templateIds } from '#shared/sites.ts';
import { checkProfile } from '#electron/site/profile/read-profile.ts';
import { schemaAt } from '#electron/site/profile/profile-schema.ts';
import { siteTemplates } from '#electron/site/profile/templates.ts';
import { certificate } from './stored-profile.ts';

/** What a person or the server says in the holes of the templates. */
const said: Readonly<Record<string, unknown>> = {
  name: 'A site',
  'endpoint.host': 'localhost',
  'endpoint.transport.port': 1433,
  'endpoint.trust.kind': 'loopback-unverified',
  'endpoint.trust.certificate': certificate,
  'endpoint.database': 'Acs',
  'controllerTable.table': 'Controllers',
  'controllerTable.key.column': 'Id',
  'controllerTable.key.type': 'int',
  'controllerTable.identifying.0.column': 'Serial',
  'controllerTable.identifying.0.type': 'nvarchar(32)',
  'controllerTable.serial': 'Serial',
  'consumers.0.path': '/srv/acs.config',
};

function filled(draft: unknown, paths: readonly string[]): string {
  const copy = structuredClone(draft) as Record<string, unknown>;
  for (const path of paths) {
    if (!Object.hasOwn(said, path)) continue;
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at = copy;
    for (const key of keys) at = at[key] as Record<string, unknown>;
    at[last] = said[path];
  }
  return JSON.stringify(copy);
}

describe.each(siteTemplates())('The template $id', ({ draft, confirm, about }) => {
  it('is a profile but for the holes that it names', () => {
    const { faults } = checkProfile(JSON.stringify(draft));
    expect(faults.length).toBeGreaterThan(0);
    for (const { path, code } of faults) {
      expect(confirm).toContain(path);
      expect(code).toBe('missing');
    }
  });

  it('is a usable profile once everything is confirmed', () => {
    expect(checkProfile(filled(draft, confirm)).faults).toEqual([]);
  });

  it('lets nothing be confirmed that a profile does not have', () => {
    const profile: unknown = JSON.parse(filled(draft, confirm));
    for (const path of confirm) {
      const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      // A certificate is a part of one way to trust only.
      expect(schemaAt(keys, profile), path).toBeDefined();
    }
  });

  it('says in words what it knows and what is left', () => {
    expect(about).toMatch(/[.]$/);
  });
});

describe('The templates', () => {
  it('are the three that the contract names, each once', () => {
    expect(siteTemplates().map(({ id }) => id)).toEqual([...templateIds]);
  });

  it('of Net2 knows what every Net2 server has, and leaves the controller table open', () => {
    const net2 = siteTemplates().find(({ id }) => id === 'net2');
    expect(net2?.draft).toMatchObject({
      endpoint: { transport: { kind: 'instance', instance: 'NET2' }, database: 'Net2' },
      services: [{ name: 'Net2ClientSvc' }, { name: 'Net2 Service' }, { name: 'MSSQL$NET2' }],
      controllerTable: { table: '' },
    });
    expect(net2?.confirm).toEqual(expect.arrayContaining(['controllerTable.table', 'services']));
  });

  it('are given out anew each time: nobody changes what everybody gets', () => {
    for (const { draft } of siteTemplates()) Object.assign(draft as object, { name: 'changed' });
    expect(siteTemplates()[0]?.draft).not.toMatchObject({ name: 'changed' });
  });
});
