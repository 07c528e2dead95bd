-- Binds the lock to the server that runs this, after the database was moved or restored. The register stays: what
-- differs from it is then seen.
CREATE PROCEDURE mortise.adopt_server
    @actor nvarchar(256),
    @reason nvarchar(400),
    @server_name nvarchar(128),
    @recovery_fork uniqueidentifier,
    @expected_version binary(8)
AS
BEGIN
    SET NOCOUNT ON;
    SET XACT_ABORT ON;
    SET LOCK_TIMEOUT 10000;
    DECLARE @controllers int;
    DECLARE @now datetime2(3) = SYSUTCDATETIME();
    BEGIN TRANSACTION;
    IF NOT EXISTS (SELECT 1 FROM mortise.site_state AS s WITH (UPDLOCK, HOLDLOCK) WHERE s.only_row = 1 AND s.row_version = @expected_version)
        THROW 50110, N'The state of commissioning mode changed since this was planned. Look again, then decide.', 1;
    SELECT @controllers = COUNT(*) FROM mortise.controller_register;
    UPDATE mortise.site_state
        SET changed_at = @now, changed_by = @actor, reason = @reason, server_name = @server_name,
            recovery_fork = @recovery_fork
        WHERE only_row = 1;
    INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, controllers)
        VALUES (@now, @actor, ORIGINAL_LOGIN(), N'adopt-server', @reason, @controllers);
    COMMIT TRANSACTION;
    SELECT @controllers AS controllers;
END;
