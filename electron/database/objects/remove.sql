-- Takes everything away that Mortise created, also where only a part of it is left. The register and the history go with it.
DROP TRIGGER IF EXISTS $(ControllerSchema).[mortise_guard_identity];
DROP TRIGGER IF EXISTS $(ControllerSchema).[mortise_guard_membership];
DROP PROCEDURE IF EXISTS mortise.adopt_server;
DROP PROCEDURE IF EXISTS mortise.renew_register;
DROP PROCEDURE IF EXISTS mortise.rehearse;
DROP PROCEDURE IF EXISTS mortise.commissioning_on;
DROP PROCEDURE IF EXISTS mortise.commissioning_off;
DROP FUNCTION IF EXISTS mortise.effective_state;
DROP TABLE IF EXISTS mortise.truncate_stop;
DROP TABLE IF EXISTS mortise.state_history;
DROP TABLE IF EXISTS mortise.controller_register;
DROP TABLE IF EXISTS mortise.site_state;
IF USER_ID(N'mortise_agent') IS NOT NULL
    REVOKE REFERENCES ON OBJECT::$(ControllerTable) FROM mortise_agent;
IF SCHEMA_ID(N'mortise') IS NOT NULL AND USER_ID($(RunUserText)) IS NOT NULL
BEGIN
    REVOKE SELECT ON SCHEMA::mortise FROM $(RunUser);
    REVOKE EXECUTE ON SCHEMA::mortise FROM $(RunUser);
END;
DROP USER IF EXISTS mortise_agent;
DROP SCHEMA IF EXISTS mortise;
