-- The controller table as the catalogue shows it to this login. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

-- 1 what stands under the name: at most one row
SELECT
    o.object_id, RTRIM(o.type) AS type, o.type_desc, o.is_published,
    COALESCE(USER_NAME(o.principal_id), USER_NAME(s.principal_id)) AS owner_name,
    (SELECT SUM(p.rows) FROM sys.partitions AS p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)) AS row_count,
    (SELECT COUNT(*) FROM sys.partitions AS p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)) AS partition_count
FROM sys.objects AS o
INNER JOIN sys.schemas AS s ON s.schema_id = o.schema_id
WHERE s.name = @schema AND o.name = @table;

-- 2 columns; a type of the vendor's own is shown as the one that it stands for
SELECT
    c.name, COALESCE(b.name, t.name) AS type_name, c.max_length, c.[precision], c.scale, c.is_nullable, c.is_identity, c.is_computed
FROM sys.columns AS c
INNER JOIN sys.types AS t ON t.user_type_id = c.user_type_id
LEFT JOIN sys.types AS b ON b.user_type_id = c.system_type_id
WHERE c.object_id = OBJECT_ID(@controller_table)
ORDER BY c.column_id;

-- 3 unique keys, column by column
SELECT i.name AS index_name, c.name AS column_name, i.is_primary_key, i.has_filter, i.is_disabled
FROM sys.indexes AS i
INNER JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
INNER JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
WHERE i.object_id = OBJECT_ID(@controller_table) AND i.is_unique = 1 AND ic.is_included_column = 0
ORDER BY i.index_id, ic.key_ordinal;

-- 4 triggers, event by event
SELECT t.name, t.is_disabled, t.is_instead_of_trigger, e.type_desc AS event_name, e.is_first, e.is_last
FROM sys.triggers AS t
INNER JOIN sys.trigger_events AS e ON e.object_id = t.object_id
WHERE t.parent_id = OBJECT_ID(@controller_table)
ORDER BY t.name, e.type;

-- 5 foreign keys in both directions
SELECT
    f.name,
    CONCAT(SCHEMA_NAME(p.schema_id), N'.', p.name) AS from_table,
    CONCAT(SCHEMA_NAME(r.schema_id), N'.', r.name) AS to_table,
    CASE WHEN f.referenced_object_id = OBJECT_ID(@controller_table) THEN 1 ELSE 0 END AS is_incoming
FROM sys.foreign_keys AS f
INNER JOIN sys.tables AS p ON p.object_id = f.parent_object_id
INNER JOIN sys.tables AS r ON r.object_id = f.referenced_object_id
WHERE f.parent_object_id = OBJECT_ID(@controller_table) OR f.referenced_object_id = OBJECT_ID(@controller_table)
ORDER BY f.name;

-- 6 what is there under Mortise's names
SELECT s.name AS schema_name, o.name, o.type_desc
FROM sys.objects AS o
INNER JOIN sys.schemas AS s ON s.schema_id = o.schema_id
WHERE s.name = N'mortise' OR o.name LIKE N'mortise[_]guard[_]%'
ORDER BY s.name, o.name;

-- 7 whether the schema is there, with objects in it or without
SELECT COUNT(*) AS schemas FROM sys.schemas AS s WHERE s.name = N'mortise';
