-- The database, in columns that SQL Server has since 2012. No row where it is hidden from this login. Reads only.
SET NOCOUNT ON;
SET LOCK_TIMEOUT 5000;

SELECT
    d.name, d.compatibility_level, d.state_desc, d.user_access_desc, d.is_read_only, d.is_read_committed_snapshot_on,
    d.snapshot_isolation_state_desc, d.containment_desc, d.is_recursive_triggers_on, d.is_trustworthy_on,
    d.is_published, d.is_cdc_enabled, d.collation_name,
    CASE WHEN d.source_database_id IS NULL THEN 0 ELSE 1 END AS is_snapshot,
    CASE WHEN d.replica_id IS NULL THEN 0 ELSE 1 END AS is_replica
FROM sys.databases AS d
WHERE d.database_id = DB_ID();
