-- Everything that Mortise owns lives in this schema. It belongs to dbo, as the controller table does, so that ownership
-- chaining lets a vendor's own statement read the state through the guard without a right of its own.
CREATE SCHEMA mortise AUTHORIZATION dbo;
