import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SqlServerSurveyor } from '#electron/database/assessment/sql-server-surveyor.ts';
import { credentialOf, openSurveyedSite, strangerPassword, valueOf } from './surveyed-site.ts';
import type { SurveyedSite } from './surveyed-site.ts';

describe('A first visit, read over the wire', () => {
  let site: SurveyedSite;
  beforeAll(async () => {
    site = await openSurveyedSite();
    await site.run(
      `CREATE LOGIN stranger WITH PASSWORD = '${strangerPassword}'`,
      'CREATE USER stranger FOR LOGIN stranger',
      `CREATE LOGIN outsider WITH PASSWORD = '${strangerPassword}'`,
      `CREATE LOGIN reader WITH PASSWORD = '${strangerPassword}'`,
      'CREATE USER reader FOR LOGIN reader',
      'GRANT SELECT ON dbo.Controllers TO reader',
    );
  });
  afterAll(async () => {
    await site.close();
  });

  const table = (changed: Partial<SurveyedSite['profile']['controllerTable']>) => ({
    ...site.profile,
    controllerTable: { ...site.profile.controllerTable, ...changed },
  });

  it('reads every part of a site as the run login', async () => {
    const survey = await site.survey();
    for (const [part, reading] of Object.entries(survey)) expect(reading, part).toMatchObject({ ok: true });
    const { object, columns, keys, foreignKeys } = valueOf(survey.table);
    expect(object).toMatchObject({ type: 'U', owner: 'dbo', rows: 24, partitions: 1 });
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toContain('SerialNumber nvarchar(32)');
    expect(keys).toEqual([{ name: 'PK_Controllers', primary: true, whole: true, columns: ['ControllerId'] }]);
    expect(foreignKeys).toMatchObject([{ from: 'dbo.Doors', to: 'dbo.Controllers', incoming: true }]);
    expect(valueOf(survey.controllers).models.reduce((sum, { controllers }) => sum + controllers, 0)).toBe(24);
    expect(valueOf(survey.connections).own.encrypted).toBe(true);
  });

  it('changes nothing: the site is the same, byte by byte', async () => {
    const before = await site.image();
    await site.survey();
    await site.survey('stranger');
    await site.survey('site_admin');
    expect(await site.image()).toBe(before);
  });

  it('needs no more than the right to enter: what else is missing is unknown, each with its GRANT', async () => {
    const findings = await site.findings('stranger');
    expect(findings.get('version.version')).toBe('good');
    expect([...findings].filter(([, severity]) => severity === 'unknown').map(([id]) => id)).toEqual(
      expect.arrayContaining([
        'encryption.sessions',
        'listeners.unread',
        'controller-table.exists',
        'refused-programs.sessions',
        'output-clause.modules',
        'output-clause.plans',
        'logins.rights',
        'models.unread',
        'objects.there',
      ]),
    );
    const good = [...findings].filter(([, severity]) => severity === 'good').map(([id]) => id);
    expect(good).toEqual([
      'endpoint.reached',
      'version.version',
      'encryption.certificate',
      'controller-table.database',
      'controller-table.nested-triggers',
    ]);
  });

  it('reads the controllers with no more than SELECT on them', async () => {
    const findings = await site.findings('reader');
    expect(findings.get('controller-table.columns')).toBe('good');
    expect(findings.get('controller-table.key')).toBe('good');
    expect(findings.get('controller-table.rows')).toBe('note');
    expect(findings.get('models.dropped')).toBe('attention');
    expect(findings.get('objects.there')).toBe('unknown');
  });

  it('says what the server says where the database is closed to the login, and all else is unknown', async () => {
    const findings = await site.findings('outsider');
    expect(findings.get('endpoint.database')).toBe('blocking');
    expect(findings.get('version.version')).toBe('good');
    expect(findings.get('controller-table.unread')).toBe('unknown');
  });

  it('fails where nobody can log in, after one attempt', async () => {
    const surveyor = new SqlServerSurveyor(site.profile);
    const answer = await surveyor.survey({ ...credentialOf('stranger'), login: 'nobody' }, new Date());
    expect(answer).toMatchObject({ ok: false, error: { code: 'login-refused' } });
  });

  it.each([
    ['there is no such table', { table: 'Panels' }, 'controller-table.exists'],
    ['a column is not there', { displayName: 'Nickname' }, 'controller-table.columns'],
    ['a type differs', { identifying: [{ column: 'SerialNumber', type: 'nvarchar(31)' }] }, 'controller-table.types'],
    ['the key is not unique', { key: { column: 'Name', type: 'nvarchar(100)' } }, 'controller-table.key'],
  ])('finds that %s', async (_what, changed, id) => {
    expect((await site.findings('mortise_run', table(changed))).get(id)).toBe('blocking');
  });

  it('counts models that are numbers', async () => {
    const survey = await site.survey('mortise_run', table({ model: 'ControllerId' }));
    expect(valueOf(survey.controllers).models).toContainEqual({ model: '7', controllers: 1 });
  });

  it('asks for names that are hostile to T-SQL without anything happening', async () => {
    const before = await site.image();
    const findings = await site.findings(
      'mortise_run',
      table({
        schema: "x]; DROP TABLE dbo.Doors;--'",
        table: "y'); DELETE dbo.Controllers;--]",
        serial: 'Serial]Number',
      }),
    );
    expect(findings.get('controller-table.exists')).toBe('blocking');
    expect(await site.image()).toBe(before);
  });

  it('finds a view, triggers, what is left over, and statements in modules and plans', async () => {
    await site.run(
      'CREATE VIEW dbo.Panels AS SELECT ControllerId, SerialNumber FROM dbo.Controllers',
      'CREATE TRIGGER dbo.vendor_log ON dbo.Controllers AFTER UPDATE AS RETURN',
      `CREATE PROCEDURE dbo.drop_controller @id int AS
         -- DELETE dbo.Doors
         DELETE FROM dbo.Controllers OUTPUT deleted.ControllerId WHERE ControllerId = @id`,
      'CREATE SCHEMA mortise',
    );
    const view = await site.findings('mortise_run', table({ table: 'Panels' }));
    expect(view.get('controller-table.exists')).toBe('blocking');
    const findings = await site.findings();
    expect(findings.get('controller-table.triggers')).toBe('note');
    expect(findings.get('objects.there')).toBe('blocking');
    expect(findings.get('output-clause.membership')).toBe('blocking');
    await site.run('DROP PROCEDURE dbo.drop_controller');
    expect((await site.findings()).get('output-clause.membership')).toBeUndefined();
    await site.run(
      'DROP TRIGGER dbo.vendor_log',
      "UPDATE dbo.Controllers SET Name = N'x' OUTPUT inserted.Name WHERE ControllerId = 1",
    );
    const ran = await site.findings();
    expect(ran.get('output-clause.updates')).toBe('blocking');
  });

  it('finds a service login that could take the guard down', async () => {
    expect((await site.findings()).get('logins.rights')).toBe('good');
    await site.run('ALTER ROLE db_owner ADD MEMBER acs_service');
    expect((await site.findings()).get('logins.rights.acs_service')).toBe('attention');
  });
});

describe('What a server shows that has no profile yet', () => {
  let site: SurveyedSite;
  beforeAll(async () => {
    site = await openSurveyedSite();
    await site.run(`CREATE LOGIN outsider WITH PASSWORD = '${strangerPassword}'`);
  });
  afterAll(async () => {
    await site.close();
  });
  const discover = async (login: string, database: string | null) =>
    await new SqlServerSurveyor(site.profile).discover(site.profile.endpoint, credentialOf(login), database);

  it('is its databases and logins, and with a database its tables; nothing changes', async () => {
    const before = await site.image();
    const found = valueOf(await discover('mortise_run', 'Acs'));
    expect(found.databases).toEqual([{ name: 'Acs', state: 'ONLINE', accessible: true }]);
    expect(found.tables?.ok === true && found.tables.value.map(({ name }) => name)).toEqual([
      'Controllers',
      'Doors',
      'Events',
    ]);
    expect(found.tables).toMatchObject({ value: [{ name: 'Controllers', rows: 24, referredBy: ['Doors'] }, {}, {}] });
    expect(valueOf(await discover('site_admin', null)).tables).toBeUndefined();
    expect(await site.image()).toBe(before);
  });

  it('still is its databases where the one that was named is closed to the login', async () => {
    const found = valueOf(await discover('outsider', 'Acs'));
    expect(found.databases).toEqual([{ name: 'Acs', state: 'ONLINE', accessible: false }]);
    expect(found.tables).toMatchObject({ ok: false, error: { code: 'database-unavailable' } });
    expect(found.viewServerState).toBe(false);
  });

  it('is nothing to who cannot log in', async () => {
    expect(await discover('nobody', null)).toMatchObject({ ok: false, error: { code: 'login-refused' } });
  });
});
