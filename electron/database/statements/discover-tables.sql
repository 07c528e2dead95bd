-- The tables of a database that is looked at for the first time, as the catalogue shows them to this login. Reads only, and
-- no row of any table.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

-- 1 tables
SELECT TOP (@most)
    t.object_id, s.name AS schema_name, t.name,
    (SELECT SUM(p.rows) FROM sys.partitions AS p WHERE p.object_id = t.object_id AND p.index_id IN (0, 1)) AS row_count,
    (SELECT COUNT(*) FROM sys.partitions AS p WHERE p.object_id = t.object_id AND p.index_id IN (0, 1)) AS partition_count,
    (SELECT COUNT(*) FROM sys.triggers AS g WHERE g.parent_id = t.object_id AND g.is_instead_of_trigger = 1) AS instead_of_triggers,
    COALESCE(USER_NAME(t.principal_id), USER_NAME(s.principal_id)) AS owner_name,
    t.is_memory_optimized, t.temporal_type_desc, t.is_external, t.is_filetable, t.is_published,
    COALESCE(t.is_tracked_by_cdc, CONVERT(bit, 0)) AS is_tracked_by_cdc,
    DB_NAME() AS database_name
FROM sys.tables AS t
INNER JOIN sys.schemas AS s ON s.schema_id = t.schema_id
WHERE t.is_ms_shipped = 0
ORDER BY s.name, t.name;

-- 2 columns
SELECT
    c.object_id, c.name, COALESCE(b.name, y.name) AS type_name, c.max_length, c.[precision], c.scale, c.is_nullable, c.is_identity, c.is_computed
FROM sys.columns AS c
INNER JOIN sys.tables AS t ON t.object_id = c.object_id
INNER JOIN sys.types AS y ON y.user_type_id = c.user_type_id
LEFT JOIN sys.types AS b ON b.user_type_id = c.system_type_id
WHERE t.is_ms_shipped = 0
ORDER BY c.object_id, c.column_id;

-- 3 unique keys, column by column
SELECT i.object_id, i.name AS index_name, c.name AS column_name, i.is_primary_key, i.has_filter, i.is_disabled
FROM sys.indexes AS i
INNER JOIN sys.tables AS t ON t.object_id = i.object_id
INNER JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
INNER JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
WHERE i.is_unique = 1 AND ic.is_included_column = 0 AND t.is_ms_shipped = 0
ORDER BY i.object_id, i.index_id, ic.key_ordinal;

-- 4 who refers to whom
SELECT f.referenced_object_id AS object_id, p.name AS from_table
FROM sys.foreign_keys AS f
INNER JOIN sys.tables AS p ON p.object_id = f.parent_object_id
WHERE f.referenced_object_id <> f.parent_object_id
ORDER BY f.referenced_object_id, p.name;
