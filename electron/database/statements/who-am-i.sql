-- Proof of a fresh login: what the server calls us, on which session, since when.
SET NOCOUNT ON;
SELECT ORIGINAL_LOGIN() AS login_name, @@SPID AS session_id, DB_NAME() AS database_name, c.connect_time, c.encrypt_option
FROM sys.dm_exec_connections AS c
WHERE c.session_id = @@SPID;
