-- Texts of the plan cache that mention the controller table, those run last first. Needs VIEW SERVER STATE. The cache holds
-- what ran since the server started, as far as it was not thrown out: proof of what is there, never of what is not.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

SELECT TOP (@most) t.text, q.last_execution_time, q.executions
FROM (
    SELECT s.sql_handle, MAX(s.last_execution_time) AS last_execution_time, MAX(s.execution_count) AS executions
    FROM sys.dm_exec_query_stats AS s
    GROUP BY s.sql_handle
) AS q
CROSS APPLY sys.dm_exec_sql_text(q.sql_handle) AS t
WHERE t.objectid IS NULL AND (t.dbid IS NULL OR t.dbid = DB_ID())
    AND CHARINDEX(@table, t.text COLLATE Latin1_General_100_CI_AS) > 0
ORDER BY q.last_execution_time DESC;
