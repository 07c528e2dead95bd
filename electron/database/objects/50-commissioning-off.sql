-- The controller table is locked first: an insert that is still uncommitted then either commits before the register is
-- made, or meets the guard. (The reverse order deadlocks with the guard.)
CREATE PROCEDURE mortise.commissioning_off
    @actor nvarchar(256),
    @reason nvarchar(400),
    @server_name nvarchar(128),
    @recovery_fork uniqueidentifier,
    @other_triggers varbinary(32),
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
    DELETE FROM mortise.controller_register;
    INSERT INTO mortise.controller_register ($(IdentityColumns), bound_at, digest)
        SELECT $(IdentityColumns), @now, HASHBYTES(N'SHA2_256', CONCAT($(IdentityText)))
        FROM $(ControllerTable);
    UPDATE mortise.site_state
        SET commissioning = 0, changed_at = @now, changed_by = @actor, reason = @reason, open_until = NULL,
            locked_until = NULL, server_name = @server_name, recovery_fork = @recovery_fork,
            other_triggers = @other_triggers
        WHERE only_row = 1;
    INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, controllers)
        VALUES (@now, @actor, ORIGINAL_LOGIN(), N'off', @reason, @controllers);
    IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NULL
        ALTER TABLE mortise.truncate_stop ADD CONSTRAINT FK_truncate_stop
            FOREIGN KEY (controller_key) REFERENCES $(ControllerTable) ($(KeyColumn));
    COMMIT TRANSACTION;
    SELECT @controllers AS controllers;
END;
