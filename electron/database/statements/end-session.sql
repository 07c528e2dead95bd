-- Ends a session, if it is still that connection's. KILL takes no variable; a number is all that goes into its text.
SET NOCOUNT ON;
DECLARE @statement nvarchar(20) = N'KILL ' + CONVERT(nvarchar(11), @session_id);
IF EXISTS (
    SELECT 1 FROM sys.dm_exec_connections AS c
    WHERE c.session_id = @session_id AND c.connection_id = CONVERT(uniqueidentifier, @connection_id)
)
    EXEC (@statement);
