-- Locks for some minutes; the server's own clock opens again unless mortise.commissioning_off confirms the lock before.
-- The register stays as it is: it is made when the lock is meant to stay.
CREATE PROCEDURE mortise.rehearse
    @actor nvarchar(256),
    @reason nvarchar(400),
    @minutes int,
    @expected_version binary(8)
WITH EXECUTE AS N'mortise_agent'
AS
BEGIN
    SET NOCOUNT ON;
    SET XACT_ABORT ON;
    SET LOCK_TIMEOUT 10000;
    DECLARE @controllers int;
    DECLARE @now datetime2(3) = SYSUTCDATETIME();
    BEGIN TRANSACTION;
    SELECT @controllers = COUNT(*) FROM $(ControllerTable) WITH (TABLOCK, HOLDLOCK);
    IF NOT EXISTS (SELECT 1 FROM mortise.site_state AS s WHERE s.only_row = 1 AND s.row_version = @expected_version)
        THROW 50110, N'The state of commissioning mode changed since this was planned. Look again, then decide.', 1;
    UPDATE mortise.site_state
        SET commissioning = 0, changed_at = @now, changed_by = @actor, reason = @reason, open_until = NULL,
            locked_until = DATEADD(minute, @minutes, @now)
        WHERE only_row = 1;
    INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, until, controllers)
        VALUES (@now, @actor, ORIGINAL_LOGIN(), N'rehearse', @reason, DATEADD(minute, @minutes, @now), @controllers);
    IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NULL
        ALTER TABLE mortise.truncate_stop ADD CONSTRAINT FK_truncate_stop
            FOREIGN KEY (controller_key) REFERENCES $(ControllerTable) ($(KeyColumn));
    COMMIT TRANSACTION;
    SELECT @controllers AS controllers;
END;
