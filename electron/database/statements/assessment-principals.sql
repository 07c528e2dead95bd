-- Logins with what they may do to the controller table, as far as this login sees it. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

-- 1 logins with their users in this database
SELECT
    p.principal_id, p.name, p.type_desc, p.is_disabled, u.principal_id AS user_id,
    CASE WHEN p.sid = d.owner_sid THEN 1 ELSE 0 END AS owns_database
FROM sys.server_principals AS p
CROSS JOIN (SELECT o.owner_sid FROM sys.databases AS o WHERE o.database_id = DB_ID()) AS d
LEFT JOIN sys.database_principals AS u ON u.sid = p.sid
WHERE p.type IN ('S', 'U', 'G') AND p.name NOT LIKE N'##%';

-- 2 members of server roles
SELECT m.member_principal_id, r.name AS role_name
FROM sys.server_role_members AS m
INNER JOIN sys.server_principals AS r ON r.principal_id = m.role_principal_id;

-- 3 rights on the server
SELECT p.grantee_principal_id, p.permission_name, RTRIM(p.state) AS state
FROM sys.server_permissions AS p
WHERE p.class = 100;

-- 4 members of database roles
SELECT m.member_principal_id, m.role_principal_id, r.name AS role_name
FROM sys.database_role_members AS m
INNER JOIN sys.database_principals AS r ON r.principal_id = m.role_principal_id;

-- 5 rights on the database, the schema and the table as a whole
SELECT p.grantee_principal_id, p.class_desc, p.permission_name, RTRIM(p.state) AS state
FROM sys.database_permissions AS p
WHERE p.minor_id = 0 AND (
    p.class = 0
    OR (p.class = 1 AND p.major_id = OBJECT_ID(@controller_table))
    OR (p.class = 3 AND p.major_id = SCHEMA_ID(@schema))
);

-- 6 SQL logins: what decides whether a password can be changed
SELECT
    l.name, l.is_disabled, l.is_policy_checked,
    CONVERT(int, LOGINPROPERTY(l.name, N'IsLocked')) AS is_locked
FROM sys.sql_logins AS l
WHERE l.name NOT LIKE N'##%';
