-- A server that is looked at for the first time: who it is, its databases, the logins in use. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

-- 1 server
SELECT
    CONVERT(nvarchar(128), SERVERPROPERTY(N'MachineName')) AS machine,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ServerName')) AS instance,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ProductVersion')) AS version,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'Edition')) AS edition,
    ORIGINAL_LOGIN() AS login_name,
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE') AS view_server_state,
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') AS view_any_definition;

-- 2 databases, without those of the system
SELECT d.name, d.state_desc, COALESCE(HAS_DBACCESS(d.name), 0) AS accessible
FROM sys.databases AS d
WHERE d.name NOT IN (N'master', N'tempdb', N'model', N'msdb')
ORDER BY d.name;

-- 3 sessions; this login's own alone without VIEW SERVER STATE
SELECT s.login_name, s.program_name, s.host_name, COUNT(*) AS sessions
FROM sys.dm_exec_sessions AS s
WHERE s.is_user_process = 1 AND s.session_id <> @@SPID
GROUP BY s.login_name, s.program_name, s.host_name;
