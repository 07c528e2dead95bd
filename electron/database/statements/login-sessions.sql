-- The connections of one login. connect_time, not login_time: a pooled connection that is reset logs in anew.
SET NOCOUNT ON;
SELECT s.session_id, s.program_name, s.host_name, s.host_process_id, c.client_net_address, c.connect_time
FROM sys.dm_exec_sessions AS s
INNER JOIN sys.dm_exec_connections AS c ON c.session_id = s.session_id
WHERE s.login_name = @login AND s.session_id <> @@SPID;
