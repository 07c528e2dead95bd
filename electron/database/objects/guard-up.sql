-- The guard stands again: what was decided before holds again. Where the table is locked, the truncate stop returns too.
-- A state row that was lost comes back as off: the safe side, and what the guard does without it.
IF NOT EXISTS (SELECT 1 FROM mortise.site_state)
BEGIN
    INSERT INTO mortise.site_state (only_row, commissioning, changed_at, changed_by, reason, server_name, recovery_fork)
        VALUES (1, 0, SYSUTCDATETIME(), @actor, N'The state was lost', @server_name, @recovery_fork);
    INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, controllers)
        SELECT SYSUTCDATETIME(), @actor, ORIGINAL_LOGIN(), N'off', N'The state was lost', COUNT(*) FROM $(ControllerTable);
END;
UPDATE mortise.site_state SET upgrade_since = NULL WHERE only_row = 1;
IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NOT NULL
    ALTER TABLE mortise.truncate_stop DROP CONSTRAINT FK_truncate_stop;
IF EXISTS (SELECT 1 FROM mortise.site_state AS s WHERE s.commissioning = 0)
    ALTER TABLE mortise.truncate_stop ADD CONSTRAINT FK_truncate_stop
        FOREIGN KEY (controller_key) REFERENCES $(ControllerTable) ($(KeyColumn));
INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, controllers)
    SELECT SYSUTCDATETIME(), @actor, ORIGINAL_LOGIN(), N'guard-up', @reason, COUNT(*) FROM $(ControllerTable);
