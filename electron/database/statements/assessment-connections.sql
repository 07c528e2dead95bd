-- Who is connected, how, and where the server listens. Needs VIEW SERVER STATE. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

-- 1 sessions, grouped by what they say of themselves
SELECT
    s.login_name, s.program_name, s.host_name, c.client_net_address, c.local_net_address, c.net_transport,
    c.encrypt_option, CASE WHEN s.database_id = DB_ID() THEN 1 ELSE 0 END AS in_database, COUNT(*) AS sessions
FROM sys.dm_exec_sessions AS s
INNER JOIN sys.dm_exec_connections AS c ON c.session_id = s.session_id
WHERE s.is_user_process = 1 AND s.session_id <> @@SPID
GROUP BY
    s.login_name, s.program_name, s.host_name, c.client_net_address, c.local_net_address, c.net_transport,
    c.encrypt_option, CASE WHEN s.database_id = DB_ID() THEN 1 ELSE 0 END;

-- 2 this connection
SELECT c.encrypt_option, c.net_transport, c.auth_scheme, c.local_tcp_port
FROM sys.dm_exec_connections AS c
WHERE c.session_id = @@SPID;

-- 3 listeners
SELECT l.ip_address, l.port, l.type_desc, l.state_desc
FROM sys.dm_tcp_listener_states AS l;

-- 4 what the configuration tool wrote of TCP
SELECT r.registry_key, r.value_name, CONVERT(nvarchar(256), r.value_data) AS value_data
FROM sys.dm_server_registry AS r
WHERE r.registry_key LIKE N'%SuperSocketNetLib%';
