-- The only place that decides what holds now. Guards, procedures and status all ask it; times are the server's own.
-- READCOMMITTEDLOCK: under row versioning a reader would otherwise see the state from before an uncommitted switch.
CREATE FUNCTION mortise.effective_state()
RETURNS TABLE
AS
RETURN
    SELECT
        CASE
            WHEN s.upgrade_since IS NOT NULL THEN N'upgrading'
            WHEN s.commissioning = 0 AND s.locked_until <= SYSUTCDATETIME() THEN N'rehearsal-over'
            WHEN s.commissioning = 0 AND s.locked_until IS NOT NULL THEN N'rehearsing'
            WHEN s.commissioning = 0 THEN N'off'
            WHEN s.open_until <= SYSUTCDATETIME() THEN N'locked-by-time'
            ELSE N'on'
        END AS state,
        CASE
            WHEN s.commissioning = 0 AND s.locked_until <= SYSUTCDATETIME() THEN 1
            WHEN s.commissioning = 0 THEN 0
            WHEN s.open_until <= SYSUTCDATETIME() THEN 0
            ELSE 1
        END AS is_open,
        s.changed_at,
        s.changed_by,
        s.reason,
        s.open_until,
        s.locked_until,
        s.server_name,
        s.recovery_fork,
        s.row_version
    FROM mortise.site_state AS s WITH (READCOMMITTEDLOCK)
    WHERE s.only_row = 1;
