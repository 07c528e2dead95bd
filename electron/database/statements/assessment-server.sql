-- The server and this login's rights: what every login may read, on every version. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

-- 1 server
SELECT
    CONVERT(nvarchar(128), SERVERPROPERTY(N'MachineName')) AS machine,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ServerName')) AS instance,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ProductVersion')) AS version,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ProductLevel')) AS product_level,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'Edition')) AS edition,
    CONVERT(int, SERVERPROPERTY(N'EngineEdition')) AS engine_edition,
    CONVERT(int, SERVERPROPERTY(N'IsIntegratedSecurityOnly')) AS windows_only,
    CONVERT(int, SERVERPROPERTY(N'IsHadrEnabled')) AS availability_groups,
    CONVERT(int, SERVERPROPERTY(N'IsClustered')) AS is_clustered,
    ORIGINAL_LOGIN() AS login_name,
    DB_NAME() AS database_name,
    USER_NAME() AS user_name;

-- 2 what this login may read; NULL where the object is not there, or is hidden from this login
SELECT
    IS_SRVROLEMEMBER(N'sysadmin') AS is_sysadmin,
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE') AS view_server_state,
    HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION') AS view_any_definition,
    HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'VIEW DEFINITION') AS view_definition,
    HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'VIEW DATABASE STATE') AS view_database_state,
    HAS_PERMS_BY_NAME(@controller_table, N'OBJECT', N'SELECT') AS select_controllers;

-- 3 settings that decide whether triggers fire
SELECT c.name, CONVERT(int, c.value_in_use) AS value_in_use
FROM sys.configurations AS c
WHERE c.name = N'nested triggers';
