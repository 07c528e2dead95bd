EXEC mortise.adopt_server @actor = @actor, @reason = @reason, @server_name = @server_name, @recovery_fork = @recovery_fork, @expected_version = @expected_version;
