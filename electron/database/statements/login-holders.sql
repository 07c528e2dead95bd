-- What on this server holds a password of this login's own: linked servers that log in as it, and credentials.
SET NOCOUNT ON;
SELECT N'linked server' AS kind, s.name
FROM sys.linked_logins AS l
INNER JOIN sys.servers AS s ON s.server_id = l.server_id
WHERE l.remote_name = @login
UNION ALL
SELECT N'credential' AS kind, c.name
FROM sys.credentials AS c
WHERE c.credential_identity = @login;
