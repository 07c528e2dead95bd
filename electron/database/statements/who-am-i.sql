-- Proof of a fresh login: what the server calls us, and on which session. Needs no right: a service login has none to
-- look at connections.
SET NOCOUNT ON;
SELECT ORIGINAL_LOGIN() AS login_name, @@SPID AS session_id, DB_NAME() AS database_name;
