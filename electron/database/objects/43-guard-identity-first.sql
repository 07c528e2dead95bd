-- As the guard of membership: it runs before every other trigger of its action.
EXEC sp_settriggerorder @triggername = $(IdentityGuardText), @order = N'First', @stmttype = N'UPDATE';
