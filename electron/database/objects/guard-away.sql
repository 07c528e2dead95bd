-- Makes room for the guard's modules, which are created anew right after, in the same transaction.
DROP TRIGGER IF EXISTS $(ControllerSchema).[mortise_guard_identity];
DROP TRIGGER IF EXISTS $(ControllerSchema).[mortise_guard_membership];
DROP TRIGGER IF EXISTS mortise.state_history_append_only;
DROP PROCEDURE IF EXISTS mortise.adopt_server;
DROP PROCEDURE IF EXISTS mortise.renew_register;
DROP PROCEDURE IF EXISTS mortise.rehearse;
DROP PROCEDURE IF EXISTS mortise.commissioning_on;
DROP PROCEDURE IF EXISTS mortise.commissioning_off;
DROP FUNCTION IF EXISTS mortise.effective_state;
