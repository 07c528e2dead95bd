-- What kind of table it is, in columns that SQL Server has since 2016. Reads only.
SET NOCOUNT ON;

SELECT
    t.is_memory_optimized, t.temporal_type_desc, t.is_external, t.is_filetable,
    COALESCE(t.is_tracked_by_cdc, CONVERT(bit, 0)) AS is_tracked_by_cdc,
    COALESCE(t.is_replicated, CONVERT(bit, 0)) AS is_replicated,
    COALESCE(t.is_merge_published, CONVERT(bit, 0)) AS is_merge_published
FROM sys.tables AS t
WHERE t.object_id = OBJECT_ID(@controller_table);
