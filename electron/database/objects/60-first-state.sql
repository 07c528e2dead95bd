-- Prepared sites start open: nothing changes for anyone until commissioning mode is switched off.
INSERT INTO mortise.site_state (only_row, commissioning, changed_at, changed_by, reason, server_name, recovery_fork)
VALUES (1, 1, SYSUTCDATETIME(), @actor, N'Site prepared', @server_name, @recovery_fork);
