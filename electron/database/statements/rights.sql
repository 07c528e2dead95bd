-- What this login may do, right by right: 1 or 0; NULL where what it is about is not there, or this server is older than
-- the right. Needs no right itself.
SET NOCOUNT ON;
SELECT
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE') AS view_server_state,
    -- From SQL Server 2022 on, these two together do the same.
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER PERFORMANCE STATE') AS view_server_performance_state,
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER SECURITY STATE') AS view_server_security_state,
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') AS view_any_definition,
    HAS_PERMS_BY_NAME(NULL, NULL, N'ALTER ANY LOGIN') AS alter_any_login,
    HAS_PERMS_BY_NAME(NULL, NULL, N'ALTER ANY CONNECTION') AS alter_any_connection,
    HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'VIEW DATABASE STATE') AS view_database_state,
    HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'BACKUP DATABASE') AS backup_database,
    HAS_PERMS_BY_NAME(N'mortise', N'SCHEMA', N'SELECT') AS select_mortise,
    HAS_PERMS_BY_NAME(N'mortise', N'SCHEMA', N'EXECUTE') AS execute_mortise;
-- The name of a column stands without brackets: SQL Server takes none there.
SELECT u.name, HAS_PERMS_BY_NAME($(ControllerTableText), N'OBJECT', N'SELECT', u.name, N'COLUMN') AS may_select
FROM (VALUES $(UsedColumnsText)) AS u (name);
