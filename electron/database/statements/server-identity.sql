-- Which server and which incarnation of the database this is, so that a restored or moved one is recognised.
SET NOCOUNT ON;
SELECT
    CONVERT(nvarchar(128), SERVERPROPERTY(N'ServerName')) AS server_name,
    (SELECT r.recovery_fork_guid FROM sys.database_recovery_status AS r WHERE r.database_id = DB_ID()) AS recovery_fork;
