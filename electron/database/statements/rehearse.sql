EXEC mortise.rehearse @actor = @actor, @reason = @reason, @minutes = @minutes, @expected_version = @expected_version;
