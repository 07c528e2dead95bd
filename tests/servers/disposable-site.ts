import { randomBytes } from 'node:crypto';
import mssql from 'mssql';
import { Secret } from '#shared/secret.ts';
import { isLoopback } from '#shared/loopback.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { quoteIdentifier, quoteLiteral } from '#electron/database/quoting.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import type { SiteOnServer } from './site-on-server.ts';

const logins = ['site_admin', 'mortise_run', 'acs_service'] as const;

/** The table, the logins and the rights of a site, as its vendor and its administrator would have made them. */
const siteScript = [
  `CREATE TABLE dbo.Controllers (
    ControllerId int NOT NULL CONSTRAINT PK_Controllers PRIMARY KEY,
    SerialNumber nvarchar(32) NOT NULL,
    Name nvarchar(100) NOT NULL,
    Address nvarchar(64) NOT NULL,
    Model nvarchar(40) NOT NULL,
    Firmware nvarchar(20) NULL,
    LastSeenUtc datetime2(3) NULL
  );`,
  `CREATE TABLE dbo.Doors (
    DoorId int NOT NULL CONSTRAINT PK_Doors PRIMARY KEY,
    ControllerId int NOT NULL CONSTRAINT FK_Doors_Controllers REFERENCES dbo.Controllers (ControllerId),
    Name nvarchar(100) NOT NULL
  );`,
  `CREATE TABLE dbo.Events (
    EventId bigint IDENTITY(1, 1) NOT NULL CONSTRAINT PK_Events PRIMARY KEY,
    HappenedUtc datetime2(3) NOT NULL, DoorId int NULL, Kind nvarchar(40) NOT NULL, Details nvarchar(400) NULL
  );`,
  `WITH numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 24)
   INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model, LastSeenUtc)
   SELECT n, N'SN-' + CONVERT(nvarchar(10), 1000 + n), N'Controller ' + CONVERT(nvarchar(10), n),
     N'10.0.0.' + CONVERT(nvarchar(10), n), N'ACU-4', SYSUTCDATETIME() FROM numbers;`,
  'CREATE USER mortise_run FOR LOGIN mortise_run; CREATE USER acs_service FOR LOGIN acs_service;',
  'GRANT VIEW DATABASE STATE TO mortise_run; GRANT SELECT ON OBJECT::dbo.Controllers TO mortise_run; ALTER ROLE db_backupoperator ADD MEMBER mortise_run;',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO acs_service;',
];

/**
 * A database and three logins of their own on a server that nobody needs. Refuses to run where a login of these names is
 * there already: it would belong to somebody.
 */
export async function openDisposableSite(connectionString: string): Promise<SiteOnServer> {
  const settings = mssql.ConnectionPool.parseConnectionString(connectionString) as mssql.config;
  const admin = new mssql.ConnectionPool({ ...settings, pool: { max: 1, min: 0 }, requestTimeout: 120_000 });
  await admin.connect();
  const run = async (text: string) => await admin.request().batch<Record<string, unknown>>(text);
  const database = `mortise_test_${randomBytes(6).toString('hex')}`;
  const passwords = new Map<string, Secret>(
    logins.map((login) => [login, new Secret(`T3st-${randomBytes(18).toString('base64url')}`)]),
  );
  const there = await run(
    `SELECT name FROM sys.server_principals WHERE name IN (${logins.map((login) => quoteLiteral(login)).join(', ')});`,
  );
  if (there.recordset.length > 0) {
    await admin.close();
    throw new Error(
      `The server has logins of these tests already (${there.recordset.map(({ name }) => String(name)).join(', ')}): drop them, or take a server that nobody needs.`,
    );
  }
  const close = async () => {
    await run(
      `IF DB_ID(${quoteLiteral(database)}) IS NOT NULL BEGIN USE master; ALTER DATABASE ${quoteIdentifier(database)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE ${quoteIdentifier(database)}; END;`,
    );
    for (const login of logins)
      await run(`USE master; IF SUSER_ID(${quoteLiteral(login)}) IS NOT NULL DROP LOGIN ${quoteIdentifier(login)};`);
    await admin.close();
  };
  try {
    await run(`CREATE DATABASE ${quoteIdentifier(database)};`);
    for (const login of logins)
      await run(
        `CREATE LOGIN ${quoteIdentifier(login)} WITH PASSWORD = ${quoteLiteral(passwords.get(login)?.reveal() ?? '')}, CHECK_POLICY = OFF;`,
      );
    await run('ALTER SERVER ROLE sysadmin ADD MEMBER site_admin;');
    await run('USE master; GRANT VIEW SERVER STATE TO mortise_run; GRANT VIEW ANY DEFINITION TO mortise_run;');
    for (const text of siteScript) await run(`USE ${quoteIdentifier(database)}; ${text}`);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    profile: profileOf(settings, database),
    credential: (login) => ({ login, secret: passwords.get(login) ?? new Secret('') }),
    close,
  };
}

function profileOf({ server, port, options }: mssql.config, database: string): SiteProfile {
  const base = trainingProfile({ host: server, port: port ?? 1433, ca: '', serviceConfigPath: '/nowhere' });
  const unverified = options?.trustServerCertificate === true;
  if (unverified && !isLoopback(server))
    throw new Error('TrustServerCertificate=true is taken for a server on this machine only.');
  const instance = options?.instanceName;
  return {
    ...base,
    name: 'Disposable',
    endpoint: {
      host: server,
      transport: instance === undefined ? { kind: 'tcp', port: port ?? 1433 } : { kind: 'instance', instance },
      trust: unverified ? { kind: 'loopback-unverified' } : { kind: 'ca', certificate: null },
      database,
    },
  };
}
