-- Opens the guard, at most until a time of the server's clock. Also moves that time, and ends a rehearsal early.
CREATE PROCEDURE mortise.commissioning_on
    @actor nvarchar(256),
    @reason nvarchar(400),
    @open_until datetime2(3),
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
        SET commissioning = 1, changed_at = @now, changed_by = @actor, reason = @reason, open_until = @open_until,
            locked_until = NULL
        WHERE only_row = 1;
    INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, until, controllers)
        VALUES (@now, @actor, ORIGINAL_LOGIN(), N'on', @reason, @open_until, @controllers);
    IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NOT NULL
        ALTER TABLE mortise.truncate_stop DROP CONSTRAINT FK_truncate_stop;
    COMMIT TRANSACTION;
    SELECT @controllers AS controllers;
END;
