-- Every session of a program but this one, each with its connection: a session's number is given to somebody else as
-- soon as it has ended, a connection's identifier never is.
SET NOCOUNT ON;
SELECT
    s.session_id, CONVERT(nvarchar(36), c.connection_id) AS connection_id, s.login_name, s.program_name, s.host_name,
    c.client_net_address, c.local_net_address, c.net_transport
FROM sys.dm_exec_sessions AS s
INNER JOIN sys.dm_exec_connections AS c ON c.session_id = s.session_id
WHERE s.is_user_process = 1 AND s.session_id <> @@SPID;
