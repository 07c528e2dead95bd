/** Scripts that are T-SQL and in the subset, by what they are about. Microsoft's parser must accept every one of them, too. */
export const acceptedScripts: Readonly<Record<string, readonly string[]>> = {
  'variables and settings': [
    `DECLARE @a int, @b nvarchar(20) = N'x', @c decimal(9, 2) = 1.5; SET @a = 1; SET @a += 2; SET @c *= 3`,
    `DECLARE @t TABLE (id int NOT NULL PRIMARY KEY, name sysname NULL, UNIQUE (name));`,
    `DECLARE @v AS varbinary(max) = 0x; DECLARE @w binary(8) = 0xABC`,
    `SET NOCOUNT ON; SET XACT_ABORT OFF; SET ANSI_NULLS, QUOTED_IDENTIFIER ON; SET STATISTICS IO, TIME OFF`,
    `SET LOCK_TIMEOUT 10000 SET LOCK_TIMEOUT -1 SET TEXTSIZE 2147483647 SET DATEFORMAT mdy SET DATEFIRST 7`,
    `set language us_english; set deadlock_priority low; set rowcount 0; set context_info 0x01`,
    `SET TRANSACTION ISOLATION LEVEL READ COMMITTED; set transaction isolation level serializable`,
    `SET IDENTITY_INSERT dbo.Events ON; USE Acs; use [Acs]`,
  ],
  // What tedious 20 sends after login, and what FreeTDS's tsql sends.
  'what clients send when they log in': [
    `set ansi_nulls on
set ansi_null_dflt_on on
set ansi_padding on
set ansi_warnings on
set arithabort on
set concat_null_yields_null on
set cursor_close_on_commit off
set datefirst 7
set dateformat mdy
set implicit_transactions off
set language us_english
set numeric_roundabort off
set quoted_identifier on
set textsize 2147483647
set transaction isolation level read committed
set xact_abort off`,
    `SET TEXTSIZE 64512 SET ANSI_DEFAULTS ON`,
    `SELECT @@VERSION`,
    // SSMS, and DBeaver through Microsoft's JDBC driver.
    `DECLARE @edition sysname;
SET @edition = cast(SERVERPROPERTY(N'EDITION') as sysname);
SELECT case when @edition = N'SQL Azure' then 2 else 1 end as 'DatabaseEngineType',
SERVERPROPERTY('EngineEdition') AS DatabaseEngineEdition, @@MICROSOFTVERSION AS MicrosoftVersion;
select host_platform from sys.dm_os_host_info
if @edition = N'SQL Azure'
  select 'TCP' as ConnectionProtocol
else
  exec ('select CONVERT(nvarchar(40),CONNECTIONPROPERTY(''net_transport'')) as ConnectionProtocol')`,
    `select db_name(), schema_name(), original_login(); SELECT dtb.name AS [Name] FROM master.sys.databases AS dtb ORDER BY [Name] ASC`,
    `SELECT s.*, o.name FROM sys.all_objects o INNER JOIN sys.schemas s ON o.schema_id = s.schema_id LEFT OUTER JOIN sys.extended_properties ep ON ep.class = 1 AND ep.major_id = o.object_id`,
    `select @@SPID;select SERVERPROPERTY('ProductVersion')`,
  ],
  'control of flow': [
    `IF 1 = 1 PRINT N'yes' ELSE PRINT N'no'`,
    `IF EXISTS (SELECT 1 FROM t) BEGIN SELECT 1; SELECT 2 END ELSE IF 2 > 1 SELECT 3; ELSE SELECT 4;`,
    `WHILE @i < 10 BEGIN SET @i += 1; IF @i = 5 BREAK; ELSE CONTINUE; END`,
    `BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH THROW END CATCH`,
    `BEGIN TRY; THROW 50000, N'a', 1; END TRY BEGIN CATCH; END CATCH;`,
    `BEGIN TRY SELECT 1 END TRY
BEGIN CATCH
    IF XACT_STATE() <> 0 ROLLBACK;
    THROW;
END CATCH`,
    `IF @x IS NULL THROW 50001, @message, @state;`,
    `RAISERROR (N'%d of %s', 16, 1, 5, N'x') WITH NOWAIT; raiserror('plain', @severity, -1)`,
    `WAITFOR DELAY '00:00:01'; RETURN`,
    `;;SELECT 1;;`,
    `BEGIN BEGIN SELECT 1 END END`,
  ],
  transactions: [
    `BEGIN TRAN; COMMIT; BEGIN TRANSACTION t1; COMMIT TRANSACTION t1; ROLLBACK WORK; COMMIT TRAN`,
    `BEGIN TRAN SAVE TRAN s1 ROLLBACK TRAN s1 COMMIT`,
    `SAVE TRANSACTION @name; ROLLBACK TRANSACTION @name`,
  ],
  procedures: [
    `sp_who`,
    `sp_executesql N'SELECT @a', N'@a int', @a = 5`,
    `EXEC dbo.p 1, -2.5, N'x', NULL, DEFAULT, @v OUTPUT, word; EXECUTE @rc = p @a = 1, @b = @c OUT`,
    `DECLARE @answer int; EXEC @answer = sp_getapplock @Resource = N'mortise', @LockTimeout = 0; SELECT @answer AS answer`,
    `EXEC (N'SELECT ' + @columns); EXEC @procedure 1; EXEC Acs..p; EXEC p WITH RECOMPILE`,
  ],
  expressions: [
    `SELECT 1, -1, +1, ~1, 1.5, .5, 1., 1e3, 1.5E-3, 0x, 0xFF, 'it''s', N'ü', '', NULL, @x, @@ROWCOUNT`,
    `SELECT (1 + 2) * 3 - 4 / 5 % 6 & 7 | 8 ^ 9, ((a)), -(-1), - -1, a.b, [a].[b c], "q", a..b.c, [x]]y]`,
    `SELECT CASE a WHEN 1 THEN 2 ELSE 3 END, CASE WHEN a > 1 AND NOT b = 2 THEN 1 END, IIF(a = 1 OR b IS NULL, 1, 0)`,
    `SELECT CAST(a AS nvarchar(max)), CONVERT(datetime2(3), a, 126), TRY_CAST(a AS int), TRY_CONVERT(decimal(10, 2), a)`,
    `SELECT COALESCE(a, b, 1), NULLIF(a, 1), ISNULL(a, N''), LEFT(a, 1), RIGHT(a, 1), REPLACE(a, b, c), NEWID(), dbo.f(1)`,
    `SELECT DATEADD(second, -5, SYSUTCDATETIME()), DATEDIFF(dd, a, b), DATEPART(year, a), CURRENT_TIMESTAMP, SYSTEM_USER`,
    `SELECT a COLLATE Latin1_General_100_BIN2 + b COLLATE DATABASE_DEFAULT, N'x' + N'y'`,
    `SELECT COUNT(*), COUNT(DISTINCT a), COUNT_BIG(*), SUM(ALL a), MIN(a), MAX(a), AVG(a), STRING_AGG(a, N', ') WITHIN GROUP (ORDER BY a DESC)`,
    `SELECT ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY c DESC, d), SUM(x) OVER (), COUNT(*) OVER (PARTITION BY a), RANK() OVER (ORDER BY a)`,
    `SELECT (SELECT MAX(a) FROM t), ((SELECT 1) + 2), ((SELECT 1) UNION (SELECT 2))`,
    `SELECT 3END, 1e, 1.5e+, 2147483647, 2147483648; SELECT TOP 3000000000 1; CREATE TABLE t (a bigint IDENTITY(3000000000, 1))`,
    `SELECT 1 -- comment
/* block /* nested */ comment */ , 2`,
  ],
  conditions: [
    `SELECT 1 WHERE a = 1 AND (b = 2 OR c <> 3) AND NOT (d != 4) AND (a + 1) * 2 > 3 AND ((a)) = 1 AND ((a = 1))`,
    `SELECT 1 WHERE a IS NULL OR b IS NOT NULL OR (a) IS NULL OR (a) IN (1, 2) OR (a) NOT LIKE 'x'`,
    `SELECT 1 WHERE a BETWEEN 1 AND 2 AND b NOT BETWEEN 1 + 1 AND 5 AND a LIKE N'%x!%' ESCAPE '!' AND a NOT IN (SELECT b FROM c)`,
    `SELECT 1 WHERE EXISTS (SELECT * FROM t) AND NOT EXISTS (SELECT 1 FROM u) AND (SELECT COUNT(*) FROM t) = 1 AND (EXISTS (SELECT 1))`,
    `SELECT 1 WHERE a !< 1 AND a !> 2 AND a <= 3 AND a >= 4`,
  ],
  queries: [
    `SELECT TOP 5 * FROM t; SELECT TOP (@n) PERCENT WITH TIES a FROM t ORDER BY a; SELECT DISTINCT TOP (1) t.* FROM dbo.t AS t`,
    `SELECT a x, b AS y, c AS [z z], d 'w', e AS N'v', q = f, 'r' = g, dbo.t.* FROM t`,
    `SELECT @a = a, @b += b FROM t WHERE c = 1 ORDER BY d`,
    `SELECT a INTO #copy FROM t`,
    `SELECT * FROM a, b AS c INNER JOIN d ON d.x = c.x LEFT OUTER JOIN e ON e.x = d.x RIGHT JOIN f ON 1 = 1 FULL JOIN g ON 1 = 1 CROSS JOIN h`,
    `SELECT * FROM a JOIN b JOIN c ON c.x = b.x ON b.x = a.x; SELECT * FROM (a JOIN b ON a.x = b.x) JOIN c ON 1 = 1`,
    `SELECT * FROM a CROSS APPLY (SELECT TOP 1 * FROM b WHERE b.x = a.x ORDER BY b.y) AS q OUTER APPLY dbo.f(a.x) AS r`,
    `SELECT * FROM (SELECT 1 AS a UNION ALL SELECT 2) AS q; SELECT * FROM (VALUES (1, N'a'), (2, N'b')) AS v (id, name)`,
    `SELECT * FROM f(1, @x) AS g (a, b); SELECT * FROM dbo.f() g; SELECT * FROM @t AS t`,
    `SELECT * FROM t WITH (TABLOCK, HOLDLOCK); SELECT * FROM t AS a WITH (NOLOCK) JOIN u (NOLOCK) ON 1 = 1; SELECT * FROM t WITH (UPDLOCK ROWLOCK)`,
    `SELECT a, COUNT(*) FROM t WHERE a > 1 GROUP BY a, b + 1 HAVING COUNT(*) > 1 ORDER BY 2 DESC, a ASC`,
    `SELECT a FROM t ORDER BY a OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY; SELECT a FROM t ORDER BY a OFFSET @n ROW`,
    `SELECT a FROM t UNION SELECT b FROM u EXCEPT SELECT c FROM v INTERSECT SELECT d FROM w ORDER BY 1`,
    `(SELECT 1) UNION ALL (SELECT 2)`,
    `WITH a AS (SELECT 1 AS x), b (y) AS (SELECT x FROM a) SELECT * FROM b OPTION (RECOMPILE, MAXDOP 1)`,
    `SELECT name FROM Acs.sys.tables; SELECT name FROM sys.databases ORDER BY name; SELECT * FROM [server].[db].[dbo].[t]`,
    `SELECT t.name, [user] = 1, t.[key] FROM t AS "t"`,
    `SELECT a FROM t WHERE b = 1 OPTION (MAXRECURSION 10)`,
  ],
  'writing rows': [
    `INSERT INTO t (a, b) VALUES (1, N'x'), (2, DEFAULT); INSERT t VALUES (1); INSERT INTO t DEFAULT VALUES`,
    `INSERT INTO t (a) SELECT a FROM u UNION SELECT 1; INSERT INTO t SELECT 1; INSERT INTO t (SELECT 1); INSERT t (a) EXEC dbo.p 1`,
    `INSERT INTO t WITH (TABLOCK) (a) OUTPUT inserted.a, inserted.* VALUES (1); INSERT TOP (5) INTO t SELECT 1`,
    `INSERT INTO t (a) OUTPUT inserted.a INTO @t (a) VALUES (1); INSERT INTO #t (a) VALUES (1)`,
    `UPDATE t SET a = 1, t.b += 2, @v = c = 3, @w = d, e = DEFAULT FROM u AS t JOIN v ON v.x = t.x WHERE t.a = 1`,
    `UPDATE TOP (1) dbo.t WITH (ROWLOCK) SET a = a + 1 OUTPUT deleted.a, inserted.a AS new WHERE a IS NOT NULL OPTION (RECOMPILE)`,
    `DELETE t; DELETE FROM t WHERE a = 1; DELETE x FROM t AS x JOIN u ON u.a = x.a; DELETE TOP (10) FROM t OUTPUT deleted.* WHERE 1 = 1`,
    `WITH q AS (SELECT TOP 1 * FROM t ORDER BY a) DELETE FROM q; WITH q AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM q`,
    `MERGE INTO t WITH (HOLDLOCK) AS x USING (VALUES (1, 2)) AS s (a, b) ON s.a = x.a
WHEN MATCHED AND x.b <> s.b THEN UPDATE SET b = s.b
WHEN MATCHED THEN DELETE
WHEN NOT MATCHED BY TARGET THEN INSERT (a, b) VALUES (s.a, DEFAULT)
WHEN NOT MATCHED BY SOURCE THEN DELETE
OUTPUT $action, inserted.a;`,
    `MERGE t USING u ON t.a = u.a WHEN NOT MATCHED THEN INSERT VALUES (u.a);`,
    `TRUNCATE TABLE dbo.t`,
  ],
  'definitions of tables': [
    `CREATE TABLE dbo.t (a int IDENTITY(1, 1) NOT NULL PRIMARY KEY, b nvarchar(20) COLLATE Latin1_General_BIN2 NULL DEFAULT (N'x'), c rowversion,
    d datetime2(3) NOT NULL CONSTRAINT DF_d DEFAULT SYSUTCDATETIME(), e int CONSTRAINT CK_e CHECK (e > 0) CONSTRAINT UQ_e UNIQUE,
    f int REFERENCES u (a) ON DELETE CASCADE ON UPDATE NO ACTION, g int FOREIGN KEY REFERENCES u,
    CONSTRAINT PK_t PRIMARY KEY CLUSTERED (a ASC, b DESC) WITH (PAD_INDEX = OFF) ON [PRIMARY], UNIQUE NONCLUSTERED (b),
    CHECK (a < e AND e <> 5), CONSTRAINT FK_t FOREIGN KEY (a, b) REFERENCES dbo.u (x, y) ON DELETE SET NULL,) ON [PRIMARY]`,
    `CREATE TABLE #t (a float(24), b double precision, c character varying(5), d national character varying(5), e dec(5), f varchar(max), g timestamp)`,
    `ALTER TABLE t ADD a int NULL, b int NOT NULL DEFAULT 0, CONSTRAINT CK CHECK (a > 0); ALTER TABLE t ADD DEFAULT 1 FOR a`,
    `ALTER TABLE t WITH NOCHECK ADD CONSTRAINT FK FOREIGN KEY (a) REFERENCES u (b); ALTER TABLE t WITH CHECK CHECK CONSTRAINT ALL`,
    `ALTER TABLE t NOCHECK CONSTRAINT FK, CK; ALTER TABLE t DROP CONSTRAINT FK; ALTER TABLE t DROP COLUMN IF EXISTS a, b; ALTER TABLE t DROP CK`,
    `ALTER TABLE t ALTER COLUMN a nvarchar(50) NOT NULL; ALTER TABLE t ENABLE TRIGGER ALL; ALTER TABLE t DISABLE TRIGGER a, b; ALTER TABLE a SWITCH TO b`,
    `CREATE UNIQUE NONCLUSTERED INDEX i ON dbo.t (a DESC, b) INCLUDE (c) WITH (ONLINE = ON); CREATE INDEX j ON t (a); DROP INDEX IF EXISTS i ON t`,
    `DROP TABLE t, u; DROP TABLE IF EXISTS dbo.t; DROP SCHEMA IF EXISTS s; DROP VIEW v; DROP PROC IF EXISTS p; DROP FUNCTION f; DROP TRIGGER a, b`,
    `CREATE SCHEMA s AUTHORIZATION dbo;`,
    `IF 1 = 1 CREATE TABLE t (a int)`,
  ],
  'definitions of modules': [
    `CREATE TRIGGER dbo.tr ON dbo.t WITH EXECUTE AS OWNER FOR INSERT, UPDATE, DELETE AS IF UPDATE(a) OR UPDATE([b]) RETURN; SELECT * FROM inserted`,
    `CREATE OR ALTER TRIGGER tr ON t INSTEAD OF DELETE AS SET NOCOUNT ON`,
    `ALTER PROC p (@a int = 1, @b AS nvarchar(5) OUTPUT) WITH RECOMPILE, EXECUTE AS N'x' AS SELECT @a; RETURN -1`,
    `CREATE PROCEDURE p AS BEGIN SELECT 1; END; SELECT 2;`,
    `CREATE FUNCTION f (@a int, @b int = 2) RETURNS TABLE AS RETURN (SELECT @a AS a);`,
    `CREATE FUNCTION f () RETURNS TABLE RETURN SELECT 1 AS a`,
    `CREATE OR ALTER VIEW v (a, b) AS SELECT TOP (10) 1, 2 FROM t ORDER BY a;`,
    `ENABLE TRIGGER dbo.tr ON dbo.t; DISABLE TRIGGER ALL ON t`,
  ],
  'logins, users, rights': [
    `CREATE LOGIN [a b] WITH PASSWORD = N'x' MUST_CHANGE, CHECK_POLICY = ON, CHECK_EXPIRATION = ON, DEFAULT_DATABASE = [Acs], SID = 0x01`,
    `ALTER LOGIN a WITH PASSWORD = 'new' OLD_PASSWORD = 'old'; ALTER LOGIN a WITH PASSWORD = N'x' UNLOCK, CHECK_POLICY = OFF; ALTER LOGIN a DISABLE`,
    `ALTER LOGIN sa WITH NAME = nobody; ALTER LOGIN a ENABLE; DROP LOGIN a`,
    `CREATE USER u FOR LOGIN l WITH DEFAULT_SCHEMA = dbo; CREATE USER u WITHOUT LOGIN; CREATE USER u; ALTER USER u WITH LOGIN = l, NAME = v; DROP USER IF EXISTS u`,
    `CREATE ROLE r AUTHORIZATION dbo; ALTER ROLE db_datareader ADD MEMBER u; ALTER ROLE r DROP MEMBER u; ALTER ROLE r WITH NAME = s; DROP ROLE r; ALTER SERVER ROLE sysadmin ADD MEMBER l`,
    `GRANT SELECT, INSERT, UPDATE (a, b) ON OBJECT::dbo.t TO u, public WITH GRANT OPTION; GRANT EXEC ON dbo.p TO u; GRANT SELECT ON t (a) TO u`,
    `GRANT VIEW ANY COLUMN ENCRYPTION KEY DEFINITION TO u; DENY VIEW ANY COLUMN MASTER KEY DEFINITION TO u`,
    `GRANT VIEW SERVER STATE TO l; DENY ALTER ANY LOGIN TO l CASCADE; REVOKE GRANT OPTION FOR SELECT ON SCHEMA::dbo FROM u CASCADE; REVOKE CONNECT TO u`,
    `GRANT CONTROL ON DATABASE::Acs TO u; GRANT ALTER ON LOGIN::l TO m; GRANT CREATE TABLE TO u; GRANT ALL PRIVILEGES ON t TO u; DENY VIEW DEFINITION ON USER::u TO r`,
  ],
  "the server's own affairs": [
    `ALTER DATABASE Acs SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE CURRENT SET MULTI_USER; ALTER DATABASE [Acs] SET SINGLE_USER WITH ROLLBACK AFTER 30 SECONDS`,
    `ALTER DATABASE Acs SET MULTI_USER WITH NO_WAIT; KILL 53`,
    `BACKUP DATABASE [Acs] TO DISK = N'C:\\x.bak', DISK = @file WITH COPY_ONLY, CHECKSUM, INIT, NAME = N'x', STATS = 10; BACKUP DATABASE @name TO DISK = @path`,
  ],
};
