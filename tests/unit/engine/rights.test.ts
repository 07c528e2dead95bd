import { beforeEach, describe, expect, it } from 'vitest';
import { testServer, type Client, type TestServer } from './engine-client.ts';

describe('Rights are checked as SQL Server checks them', () => {
  let server: TestServer;
  let admin: Client;
  let service: Client;
  let reports: Client;
  let run: Client;
  beforeEach(async () => {
    server = testServer();
    admin = await server.connect();
    service = await server.connect('acs_service');
    reports = await server.connect('acs_reports');
    run = await server.connect('mortise_run');
  });

  it('gives each practice login what it is for, and no more', async () => {
    expect(await service.errors("UPDATE dbo.Controllers SET Name = N'x' WHERE ControllerId = 1")).toEqual([]);
    expect(await reports.errors('SELECT * FROM dbo.Doors')).toEqual([]);
    expect(await reports.errors('DELETE FROM dbo.Events')).toEqual([229]);
    expect(await run.errors('SELECT COUNT(*) FROM dbo.Controllers')).toEqual([]);
    expect(await run.errors('SELECT * FROM dbo.Doors')).toEqual([229]);
    expect(await run.errors('SELECT COUNT(*) FROM sys.dm_exec_sessions')).toEqual([]);
    for (const client of [service, reports, run]) {
      expect(await client.errors('DROP TABLE dbo.Events')).toEqual([3701]);
      expect(await client.errors('TRUNCATE TABLE dbo.Events')).toEqual([1088]);
      expect(await client.errors('ALTER TABLE dbo.Events ADD x int')).toEqual([1088]);
      expect(await client.errors('CREATE TABLE dbo.x (id int)')).toEqual([262]);
      expect(await client.errors('DISABLE TRIGGER ALL ON dbo.Events')).toEqual([1088]);
      expect(await client.errors("CREATE LOGIN other WITH PASSWORD = N'Long-Enough-1'")).toEqual([15_247]);
      expect(await client.errors('KILL 51')).toEqual([6102]);
      expect(await client.errors('GRANT SELECT ON dbo.Events TO acs_reports')).not.toEqual([]);
    }
    const backup = "BACKUP DATABASE Acs TO DISK = N'x.bak'";
    for (const client of [service, reports]) expect(await client.errors(backup)).toEqual([262]);
    expect(await run.errors(backup)).toEqual([]);
  });

  it('words a denial as SQL Server does', async () => {
    const seen = await reports.ask('DELETE FROM dbo.Events');
    expect(seen.errors).toMatchObject([
      {
        number: 229,
        severity: 14,
        state: 5,
        text: "The DELETE permission was denied on the object 'Events', database 'Acs', schema 'dbo'.",
      },
    ]);
  });

  it('lets a DENY win over every GRANT', async () => {
    await admin.rows('DENY SELECT ON dbo.Events TO acs_reports');
    expect(await reports.errors('SELECT * FROM dbo.Events')).toEqual([229]);
    await admin.rows('REVOKE SELECT ON dbo.Events TO acs_reports');
    expect(await reports.errors('SELECT * FROM dbo.Events')).toEqual([]);
    await admin.rows('ALTER ROLE db_denydatareader ADD MEMBER acs_reports');
    expect(await reports.errors('SELECT * FROM dbo.Events')).toEqual([229]);
  });

  it('grants and denies single columns', async () => {
    await admin.rows(
      'REVOKE SELECT ON dbo.Controllers FROM mortise_run; GRANT SELECT ON dbo.Controllers (ControllerId, Name) TO mortise_run;',
    );
    expect(await run.errors('SELECT ControllerId, Name FROM dbo.Controllers')).toEqual([]);
    expect(await run.errors('SELECT COUNT(*) FROM dbo.Controllers')).toEqual([]);
    const seen = await run.ask('SELECT ControllerId, SerialNumber FROM dbo.Controllers');
    expect(seen.errors).toMatchObject([
      {
        number: 230,
        text: "The SELECT permission was denied on the column 'SerialNumber' of the object 'Controllers', database 'Acs', schema 'dbo'.",
      },
    ]);
    expect(await run.errors('SELECT * FROM dbo.Controllers')).toEqual([230]);
  });

  it('needs SELECT too where an UPDATE reads', async () => {
    await admin.rows(
      'CREATE ROLE writers; GRANT UPDATE ON dbo.Events TO writers; ALTER ROLE writers ADD MEMBER mortise_run;',
    );
    expect(await run.errors("UPDATE dbo.Events SET Kind = N'x'")).toEqual([]);
    expect(await run.errors("UPDATE dbo.Events SET Kind = N'y' WHERE EventId = 1")).toEqual([229]);
  });

  it('does not ask again along an unbroken chain of owners', async () => {
    await admin.rows('CREATE SCHEMA m AUTHORIZATION dbo;');
    await admin.rows('CREATE TABLE m.secret (id int); INSERT m.secret VALUES (7);');
    await admin.rows('CREATE VIEW m.shown AS SELECT id FROM m.secret;');
    await admin.rows('CREATE FUNCTION m.inlined() RETURNS TABLE AS RETURN SELECT id FROM m.secret;');
    await admin.rows('CREATE PROCEDURE m.read_it AS SELECT id FROM m.secret;');
    await admin.rows("CREATE PROCEDURE m.read_text AS EXEC (N'SELECT id FROM m.secret');");
    await admin.rows(
      "CREATE TRIGGER dbo.reads ON dbo.Events AFTER UPDATE AS IF NOT EXISTS (SELECT 1 FROM m.secret) THROW 50005, N'empty', 1;",
    );
    await admin.rows(
      'GRANT SELECT ON m.shown TO acs_service; GRANT SELECT ON m.inlined TO acs_service; GRANT EXECUTE ON SCHEMA::m TO acs_service;',
    );
    expect(await service.errors('SELECT * FROM m.secret')).toEqual([229]);
    expect(await service.rows('SELECT * FROM m.shown')).toEqual([[7]]);
    expect(await service.rows('SELECT * FROM m.inlined()')).toEqual([[7]]);
    expect(await service.rows('EXEC m.read_it')).toEqual([[7]]);
    expect(await service.errors('EXEC m.read_text')).toEqual([229]);
    expect(await service.errors("UPDATE dbo.Events SET Kind = N'x' WHERE EventId = 1")).toEqual([]);
  });

  it('breaks the chain where owners differ', async () => {
    await admin.rows('CREATE USER other WITHOUT LOGIN;');
    await admin.rows('CREATE SCHEMA o AUTHORIZATION other;');
    await admin.rows('CREATE TABLE dbo.plain (id int);');
    await admin.rows('CREATE PROCEDURE o.reads AS SELECT * FROM dbo.plain;');
    await admin.rows('GRANT EXECUTE ON SCHEMA::o TO mortise_run;');
    expect(await run.errors('EXEC o.reads')).toEqual([229]);
  });

  it('runs a procedure as the user that EXECUTE AS names, and remembers who came in', async () => {
    await admin.rows('CREATE USER agent WITHOUT LOGIN; CREATE TABLE dbo.child (k int NULL);');
    await admin.rows(
      "CREATE PROCEDURE dbo.adds WITH EXECUTE AS N'agent' AS BEGIN SELECT USER_NAME(), ORIGINAL_LOGIN(); ALTER TABLE dbo.child ADD CONSTRAINT FK_child FOREIGN KEY (k) REFERENCES dbo.Controllers (ControllerId); END;",
    );
    await admin.rows('GRANT EXECUTE ON dbo.adds TO mortise_run;');
    expect(await run.errors('EXEC dbo.adds')).toEqual([1088]);
    await admin.rows('GRANT ALTER ON dbo.child TO agent');
    expect(await run.errors('EXEC dbo.adds')).toEqual([229]);
    await admin.rows('GRANT REFERENCES ON dbo.Controllers TO agent');
    const seen = await run.ask('EXEC dbo.adds');
    expect(seen.errors).toEqual([]);
    expect(seen.sets).toEqual([[['agent', 'mortise_run']]]);
    expect(await admin.errors('DROP USER agent')).toEqual([15_136]);
  });

  it('keeps logins out of databases where they are nobody', async () => {
    await admin.rows("CREATE LOGIN nobody WITH PASSWORD = N'Long-Enough-1'");
    const nobody = await server.connect('nobody', { password: 'Long-Enough-1', database: 'master' });
    expect(await nobody.errors('USE Acs')).toEqual([916]);
    expect(await nobody.errors('SELECT * FROM Acs.dbo.Controllers')).toEqual([916]);
    expect(await nobody.errors('USE nowhere')).toEqual([911]);
    const told = await nobody.ask('USE tempdb; SELECT DB_NAME();');
    expect(told.sets).toEqual([[['tempdb']]]);
    expect(told.events).toContainEqual({ kind: 'database', name: 'tempdb' });
  });

  it('drops principals with their rights, and nothing that is still owned', async () => {
    const before = server.engine.image();
    await admin.rows('CREATE USER owner WITHOUT LOGIN; GRANT SELECT ON dbo.Events TO owner;');
    await admin.rows('CREATE SCHEMA owned AUTHORIZATION owner;');
    expect(await admin.errors('DROP USER owner')).toEqual([15_138]);
    await admin.rows('CREATE TABLE owned.t (id int)');
    expect(await admin.errors('DROP SCHEMA owned')).toEqual([3729]);
    await admin.rows('DROP TABLE owned.t; DROP SCHEMA owned; DROP USER owner;');
    expect(server.engine.image()).toBe(before);
  });

  it('ends sessions that an administrator kills', async () => {
    await reports.rows('BEGIN TRAN; SELECT 1;');
    const waiting = reports.ask("WAITFOR DELAY '00:05:00'");
    await admin.rows(`KILL ${reports.session.id}`);
    await waiting;
    expect(reports.farewells).toMatchObject([{ number: 596, severity: 21 }]);
    expect(await admin.errors(`KILL ${reports.session.id}`)).toEqual([6106]);
    expect(await admin.errors(`KILL ${admin.session.id}`)).toEqual([6104]);
  });

  it('closes a database to others', async () => {
    expect(await admin.errors('ALTER DATABASE Acs SET SINGLE_USER WITH NO_WAIT')).toEqual([5070]);
    await admin.rows('ALTER DATABASE Acs SET SINGLE_USER WITH ROLLBACK IMMEDIATE');
    expect(service.farewells).toHaveLength(1);
    expect(await server.attempt('acs_service')).toMatchObject({ ok: false, message: { number: 4060 } });
    await admin.rows('ALTER DATABASE Acs SET MULTI_USER');
    expect(await server.attempt('acs_service')).toMatchObject({ ok: true });
  });

  it('keeps a record of backups', async () => {
    await admin.rows("BACKUP DATABASE [Acs] TO DISK = N'C:\\Backup\\acs.bak' WITH COPY_ONLY, CHECKSUM, INIT");
    expect(
      await admin.rows('SELECT database_name, type, is_copy_only, has_backup_checksums FROM msdb.dbo.backupset'),
    ).toEqual([['Acs', 'D', true, true]]);
  });
});
