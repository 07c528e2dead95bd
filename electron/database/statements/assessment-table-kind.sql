-- What kind of table it is, in columns that SQL Server has since 2016. Reads only.
SET NOCOUNT ON;

SELECT
    t.is_memory_optimized, t.temporal_type_desc, t.is_tracked_by_cdc, t.is_replicated, t.is_merge_published,
    t.is_external, t.is_filetable
FROM sys.tables AS t
WHERE t.object_id = OBJECT_ID(@controller_table);
