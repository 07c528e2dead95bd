-- A trigger that runs before the guards could end the transaction and keep what they would undo: they run first.
EXEC sp_settriggerorder @triggername = $(MembershipGuardText), @order = N'First', @stmttype = N'INSERT';
EXEC sp_settriggerorder @triggername = $(MembershipGuardText), @order = N'First', @stmttype = N'DELETE';
