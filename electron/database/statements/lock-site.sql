-- One change of the site's database at a time, across machines: held by this session until it ends.
DECLARE @answer int;
EXEC @answer = sp_getapplock @Resource = N'mortise', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
SELECT @answer AS answer;
