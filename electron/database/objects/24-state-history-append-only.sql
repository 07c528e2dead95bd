-- The history only grows.
CREATE TRIGGER mortise.state_history_append_only ON mortise.state_history
AFTER UPDATE, DELETE
AS
BEGIN
    SET NOCOUNT ON;
    IF NOT EXISTS (SELECT 1 FROM deleted) RETURN;
    THROW 50104, N'The history of commissioning mode can only grow: entries are not changed or removed.', 1;
END;
