-- For the vendor's upgrade: the guard and the truncate stop are taken down; state, register and history stay.
DROP TRIGGER IF EXISTS $(ControllerSchema).[mortise_guard_identity];
DROP TRIGGER IF EXISTS $(ControllerSchema).[mortise_guard_membership];
IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NOT NULL
    ALTER TABLE mortise.truncate_stop DROP CONSTRAINT FK_truncate_stop;
UPDATE mortise.site_state SET upgrade_since = SYSUTCDATETIME() WHERE only_row = 1;
INSERT INTO mortise.state_history (changed_at, changed_by, sql_login, event, reason, controllers)
    SELECT SYSUTCDATETIME(), @actor, ORIGINAL_LOGIN(), N'guard-down', @reason, COUNT(*) FROM $(ControllerTable);
