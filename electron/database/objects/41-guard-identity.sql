-- Refuses a controller that is given another identity while commissioning mode is off.
-- A heartbeat names none of the identifying columns and leaves at the first line, before anything of Mortise is touched.
-- Old and new rows are compared as sets, both ways, by code point: a join on the key would miss a changed key.
CREATE TRIGGER $(ControllerSchema).[mortise_guard_identity] ON $(ControllerTable)
AFTER UPDATE
AS
BEGIN
    SET NOCOUNT ON;
    IF NOT ($(IdentityUpdated)) RETURN;
    IF NOT EXISTS (SELECT $(IdentityColumnsBinary) FROM inserted EXCEPT SELECT $(IdentityColumnsBinary) FROM deleted)
        AND NOT EXISTS (SELECT $(IdentityColumnsBinary) FROM deleted EXCEPT SELECT $(IdentityColumnsBinary) FROM inserted)
        RETURN;
    IF EXISTS (SELECT 1 FROM mortise.effective_state() AS e WHERE e.is_open = 1) RETURN;
    THROW 50102, N'Commissioning mode is off at this site: a controller cannot be given another identity. Switch commissioning mode on in Mortise first.', 1;
END;
