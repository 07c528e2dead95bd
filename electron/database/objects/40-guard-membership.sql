-- Refuses added and deleted controllers while commissioning mode is off, whoever asks.
-- A missing or unreadable state refuses too. A statement that touches no row passes.
-- XACT_ABORT is on inside a trigger: a refusal undoes the caller's whole transaction.
CREATE TRIGGER $(ControllerSchema).[mortise_guard_membership] ON $(ControllerTable)
AFTER INSERT, DELETE
AS
BEGIN
    SET NOCOUNT ON;
    IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    IF EXISTS (SELECT 1 FROM mortise.effective_state() AS e WHERE e.is_open = 1) RETURN;
    THROW 50101, N'Commissioning mode is off at this site: controllers cannot be added or deleted. Switch commissioning mode on in Mortise first.', 1;
END;
