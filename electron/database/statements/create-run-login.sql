-- Mortise's own login and its rights: all of it, or nothing.
SET XACT_ABORT ON;
BEGIN TRANSACTION;
USE [master];
$(OnServer)
USE $(Database);
$(InDatabase)
COMMIT TRANSACTION;
