-- The only place that decides what holds now. Guards, procedures and status all ask it.
-- READCOMMITTEDLOCK: under row versioning a reader would otherwise see the state from before an uncommitted switch.
CREATE FUNCTION mortise.effective_state()
RETURNS TABLE
AS
RETURN
    SELECT
        CASE
            WHEN s.commissioning = 0 THEN N'off'
            WHEN s.open_until IS NOT NULL AND s.open_until <= SYSUTCDATETIME() THEN N'locked-by-time'
            ELSE N'on'
        END AS state,
        s.changed_at,
        s.changed_by,
        s.reason,
        s.open_until,
        s.server_name,
        s.recovery_fork,
        s.row_version
    FROM mortise.site_state AS s WITH (READCOMMITTEDLOCK)
    WHERE s.only_row = 1;
