-- Registers the controllers, and what else acts on their table, as they are now, while commissioning mode stays off: for differences that somebody reviewed.
CREATE PROCEDURE mortise.renew_register
    @actor nvarchar(256),
    @reason nvarchar(400),
    @other_triggers varbinary(32),
    @expected_version binary(8)
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
        SET changed_at = @now, changed_by = @actor, reason = @reason, other_triggers = @other_triggers
        WHERE only_row = 1;
    INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, controllers)
        VALUES (@now, @actor, ORIGINAL_LOGIN(), N'renew-register', @reason, @controllers);
    COMMIT TRANSACTION;
    SELECT @controllers AS controllers;
END;
