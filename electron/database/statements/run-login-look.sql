-- Read by the setup principal before Mortise's own login is created: what it may do itself, and what of the login is there.
SET NOCOUNT ON;

-- 1 the setup principal, and what decides whether a login of SQL Server's own is of use
SELECT
    IS_SRVROLEMEMBER(N'sysadmin') AS is_sysadmin,
    HAS_PERMS_BY_NAME(NULL, NULL, N'CONTROL SERVER') AS control_server,
    HAS_PERMS_BY_NAME(NULL, NULL, N'ALTER ANY LOGIN') AS alter_any_login,
    HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'CONTROL') AS control_database,
    CONVERT(int, SERVERPROPERTY(N'IsIntegratedSecurityOnly')) AS windows_only,
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ServerName')) AS server_name;

-- 2 what was granted to the login, in the shape of rights.sql
SELECT
    s.view_server_state, s.view_server_performance_state, s.view_server_security_state, s.view_any_definition,
    s.alter_any_login, s.alter_any_connection, d.view_database_state, d.backup_database,
    CASE WHEN SCHEMA_ID(N'mortise') IS NULL THEN NULL ELSE ISNULL(d.select_mortise, 0) END AS select_mortise,
    CASE WHEN SCHEMA_ID(N'mortise') IS NULL THEN NULL ELSE ISNULL(d.execute_mortise, 0) END AS execute_mortise
FROM (
    SELECT
        MAX(CASE WHEN g.permission_name = N'VIEW SERVER STATE' THEN 1 ELSE 0 END) AS view_server_state,
        MAX(CASE WHEN g.permission_name = N'VIEW SERVER PERFORMANCE STATE' THEN 1 ELSE 0 END) AS view_server_performance_state,
        MAX(CASE WHEN g.permission_name = N'VIEW SERVER SECURITY STATE' THEN 1 ELSE 0 END) AS view_server_security_state,
        MAX(CASE WHEN g.permission_name = N'VIEW ANY DEFINITION' THEN 1 ELSE 0 END) AS view_any_definition,
        MAX(CASE WHEN g.permission_name = N'ALTER ANY LOGIN' THEN 1 ELSE 0 END) AS alter_any_login,
        MAX(CASE WHEN g.permission_name = N'ALTER ANY CONNECTION' THEN 1 ELSE 0 END) AS alter_any_connection
    FROM sys.server_permissions AS g
    INNER JOIN sys.server_principals AS p ON p.principal_id = g.grantee_principal_id
    WHERE p.name = @login AND g.class = 100 AND g.state IN ('G', 'W')
) AS s
CROSS JOIN (
    SELECT
        MAX(CASE WHEN g.class = 0 AND g.permission_name = N'VIEW DATABASE STATE' THEN 1 ELSE 0 END) AS view_database_state,
        (SELECT COUNT(*) FROM sys.database_role_members AS m
            INNER JOIN sys.database_principals AS r ON r.principal_id = m.role_principal_id
            INNER JOIN sys.database_principals AS u ON u.principal_id = m.member_principal_id
            WHERE u.name = @login AND r.name = N'db_backupoperator') AS backup_database,
        MAX(CASE WHEN g.class = 3 AND g.major_id = SCHEMA_ID(N'mortise') AND g.permission_name = N'SELECT' THEN 1 ELSE 0 END) AS select_mortise,
        MAX(CASE WHEN g.class = 3 AND g.major_id = SCHEMA_ID(N'mortise') AND g.permission_name = N'EXECUTE' THEN 1 ELSE 0 END) AS execute_mortise
    FROM sys.database_permissions AS g
    INNER JOIN sys.database_principals AS u ON u.principal_id = g.grantee_principal_id
    WHERE u.name = @login AND g.state IN ('G', 'W')
) AS d;

-- 3 the columns, in the shape of rights.sql
SELECT
    c.name,
    CASE WHEN EXISTS (
        SELECT 1 FROM sys.database_permissions AS g
        INNER JOIN sys.database_principals AS u ON u.principal_id = g.grantee_principal_id
        WHERE u.name = @login AND g.class = 1 AND g.major_id = OBJECT_ID($(ControllerTableText)) AND g.permission_name = N'SELECT'
            AND g.state IN ('G', 'W') AND (g.minor_id = 0 OR g.minor_id = COLUMNPROPERTY(OBJECT_ID($(ControllerTableText)), c.name, N'ColumnId'))
    ) THEN 1 ELSE 0 END AS may_select
FROM (VALUES $(UsedColumnsText)) AS c (name);

-- 4 the login
SELECT
    p.name, RTRIM(p.type) AS type, p.is_disabled, IS_SRVROLEMEMBER(N'sysadmin', p.name) AS is_sysadmin,
    CONVERT(int, LOGINPROPERTY(p.name, N'IsLocked')) AS is_locked,
    CONVERT(datetime2(3), LOGINPROPERTY(p.name, N'PasswordLastSetTime')) AS password_set_at
FROM sys.server_principals AS p
WHERE p.name = @login;

-- 5 the users of its name, and of its identity
SELECT u.name, CASE WHEN u.sid = SUSER_SID(@login) THEN 1 ELSE 0 END AS is_its_own
FROM sys.database_principals AS u
WHERE u.name = @login OR u.sid = SUSER_SID(@login);
