-- Procedures, triggers, functions and views that mention the controller table. A text that is NULL is encrypted or hidden
-- from this login. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

SELECT TOP (@most)
    SCHEMA_NAME(o.schema_id) AS schema_name, o.name, o.type_desc, m.definition
FROM sys.sql_modules AS m
INNER JOIN sys.objects AS o ON o.object_id = m.object_id
WHERE CHARINDEX(@table, m.definition COLLATE Latin1_General_100_CI_AS) > 0
ORDER BY o.name;

SELECT SCHEMA_NAME(o.schema_id) AS schema_name, o.name, o.type_desc
FROM sys.sql_modules AS m
INNER JOIN sys.objects AS o ON o.object_id = m.object_id
WHERE m.definition IS NULL
ORDER BY o.name;
